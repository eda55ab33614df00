//! Photos and recordings: a filing names them, so that the words arrive first; they follow when the
//! signal allows.

use serde::{Deserialize, Serialize};

use crate::{
    filing::{Filing, Statement},
    ids::AttachmentId,
    refusal::Refusal,
};

/// Photos of one filing.
pub const MOST_IMAGES: usize = 9;
/// Recordings of one filing.
pub const MOST_RECORDINGS: usize = 1;
/// A photo as it is sent, bytes. Our own phone sends at most 200 KB.
pub const IMAGE_BYTES: u64 = 10 * 1024 * 1024;
/// A recording as it is sent, bytes: three minutes of Opus at twice the rate a voice needs.
pub const RECORDING_BYTES: u64 = 3 * 1024 * 1024;
/// A recording's length, seconds.
pub const RECORDING_SECONDS: u64 = 180;

/// What an attachment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// A photo.
    Image,
    /// A voice note.
    Audio,
}

impl AttachmentKind {
    /// The most bytes that are taken.
    pub fn most_bytes(self) -> u64 {
        match self {
            Self::Image => IMAGE_BYTES,
            Self::Audio => RECORDING_BYTES,
        }
    }
}

/// Why what was sent cannot be kept. The person can send another one in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// It is no photo of a kind that can be read (JPEG, PNG, WebP).
    NotAnImage,
    /// A HEIC photo: few screens show it. The phone can save it as JPEG.
    Heic,
    /// More than 12,000 points wide or high, or more than fits the memory set aside for it.
    TooManyPixels,
    /// It is no recording in Opus.
    NotARecording,
    /// Longer than three minutes.
    TooLong,
    /// It begins as it should and cannot be read to its end.
    Damaged,
}

/// Where an attachment is. Never stronger than the truth: *received* means that it was checked and
/// is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AttachmentState {
    /// Still on the phone.
    Expected,
    /// On its way.
    Arriving {
        /// Bytes that are here.
        bytes: u64,
        /// Bytes it has.
        of: u64,
    },
    /// All here, not looked at yet.
    Checking,
    /// Checked, and kept.
    Received {
        /// Bytes as it is kept.
        bytes: u64,
    },
    /// Not kept.
    Refused {
        /// Why.
        reason: Unfit,
    },
}

impl AttachmentState {
    /// Whether another one can be sent under the same id.
    pub fn is_refused(self) -> bool {
        matches!(self, Self::Refused { .. })
    }
}

impl Filing {
    /// What was named in it, in the order it was said.
    pub fn attachments(&self) -> Vec<(AttachmentId, AttachmentKind)> {
        let named = self.statement.iter().filter_map(|part| match part {
            Statement::Text(_) => None,
            Statement::Image { attachment, .. } => Some((*attachment, AttachmentKind::Image)),
            Statement::Audio { attachment, .. } => Some((*attachment, AttachmentKind::Audio)),
        });
        named.collect()
    }

    /// # Errors
    /// More photos or recordings than a filing takes, or one id twice.
    pub(crate) fn check_attachments(&self) -> Result<(), Refusal> {
        let named = self.attachments();
        let count = |kind| named.iter().filter(|(_, known)| *known == kind).count();
        let mut ids: Vec<AttachmentId> = named.iter().map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        let fits = count(AttachmentKind::Image) <= MOST_IMAGES
            && count(AttachmentKind::Audio) <= MOST_RECORDINGS
            && ids.len() == named.len();
        if fits {
            return Ok(());
        }
        Err(Refusal::Malformed {
            field: "attachments".to_owned(),
        })
    }
}

/// Opens the way for a filing's attachments, and nothing else: only its sender has it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct UploadToken(pub Box<str>);

/// A log that prints a receipt does not hand it out.
impl std::fmt::Debug for UploadToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UploadToken(…)")
    }
}
