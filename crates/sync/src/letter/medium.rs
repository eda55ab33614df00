//! A photo or recording closed as a command is, and sent by tus in place of the readable one.
//!
//! It is bytes, not JSON, for it is large: the year of the server's key, the sender's key, and what was
//! closed. What it is of is authenticated beside the text and not repeated in it.

use domain::{
    attachment::AttachmentKind,
    ids::{AttachmentId, CommandId},
};
use serde::{Deserialize, Serialize};

use super::POINT;

/// What it is for: keys made for a command's letter open none of these.
pub const INFO: &[u8] = b"huiyin attachment letter 1";
/// Bytes that a letter has more than what is in it: year, point, and the tag of AES-GCM.
pub const OVERHEAD: u64 = (YEAR + POINT + 16) as u64;

const YEAR: usize = 2;

/// Which photo or recording one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediumName<'a> {
    /// The county it is for.
    pub county: &'a str,
    /// The command whose filing names it.
    pub of: CommandId,
    /// Which.
    pub attachment: AttachmentId,
    /// What it is.
    pub kind: AttachmentKind,
}

/// A letter taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediumLetter<'a> {
    /// Which of the server's keys it is for.
    pub key: u16,
    /// The sender's public key, made for this letter.
    pub sender: &'a [u8],
    /// What was closed.
    pub closed: &'a [u8],
}

/// What the server tells of one that was sent, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MediumFate {
    /// Whether what is in it is kept. It is not yet where it is still arriving or is being looked at.
    pub kept: bool,
}

impl MediumName<'_> {
    /// What is authenticated beside the text: moved to another name, a letter does not open.
    pub fn bound(&self) -> Vec<u8> {
        let Self {
            county,
            of,
            attachment,
            kind,
        } = self;
        let kind = match kind {
            AttachmentKind::Image => "image",
            AttachmentKind::Audio => "audio",
        };
        format!("{county}/{of}/{attachment}/{kind}").into_bytes()
    }
}

impl<'a> MediumLetter<'a> {
    /// As it travels.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.key.to_be_bytes(), self.sender, self.closed].concat()
    }

    /// Takes one apart; none where it is too short to be one.
    pub fn of(bytes: &'a [u8]) -> Option<Self> {
        let (key, rest) = bytes.split_first_chunk::<YEAR>()?;
        let (sender, closed) = rest.split_at_checked(POINT)?;
        Some(Self {
            key: u16::from_be_bytes(*key),
            sender,
            closed,
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_letter_is_put_together_and_taken_apart() {
        let (sender, closed) = ([7; POINT], [9; 20]);
        let letter = MediumLetter {
            key: 2026,
            sender: &sender,
            closed: &closed,
        };
        let bytes = letter.to_bytes();
        assert_eq!(bytes[..2], [0x07, 0xEA]);
        // A tag is 16 bytes: four are left for what is inside.
        assert_eq!(bytes.len() as u64, OVERHEAD + 4);
        assert_eq!(MediumLetter::of(&bytes), Some(letter));
        assert_eq!(MediumLetter::of(&bytes[..YEAR + POINT - 1]), None);
    }

    #[test]
    fn every_part_of_a_name_is_bound() {
        let of = |id| CommandId(Uuid::from_u128(id));
        let attachment = |id| AttachmentId(Uuid::from_u128(id));
        let name = MediumName {
            county: "330726",
            of: of(1),
            attachment: attachment(2),
            kind: AttachmentKind::Image,
        };
        let others = [
            MediumName {
                county: "330727",
                ..name
            },
            MediumName { of: of(3), ..name },
            MediumName {
                attachment: attachment(3),
                ..name
            },
            MediumName {
                kind: AttachmentKind::Audio,
                ..name
            },
        ];
        for other in others {
            assert_ne!(other.bound(), name.bound(), "{other:?}");
        }
    }
}
