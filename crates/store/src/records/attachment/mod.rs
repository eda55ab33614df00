//! Photos and recordings: how far each has come, and where its sealed bytes lie.
//!
//! The bytes are in an object store of the server's; here are the rows, and the sealing. Everything
//! is sealed under the key of the registration or case that names it, so that erasing that makes
//! all of it unreadable at once, what is still arriving included.

mod day;
mod kept;
mod letter;
mod sealing;
mod token;
mod upload;

use domain::attachment::{AttachmentKind, AttachmentState, Unfit};
use domain::ids::{AttachmentId, CaseId, RegistrationId};
use serde::de::DeserializeOwned;
use uuid::Uuid;

pub use kept::KeptObject;
pub use upload::{Added, Begun, Piece};

use crate::aggregate_log::kind;
use crate::{Aggregate, County, Row, StoreError, Timestamp};

/// The job that looks at what has arrived whole. Its payload is the attachment's id.
pub const CHECK_ATTACHMENT: &str = "check_attachment";

/// The job that opens a letter which has arrived whole. Its payload is the id it is staged under.
pub const OPEN_ATTACHMENT: &str = "open_attachment";
/// Before the kind of what comes closed, in its row.
const CLOSED: &str = "closed_";

/// How an attachment comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As it is.
    Readable,
    /// Closed, so that only this server opens it.
    Letter,
}

/// What named an attachment, and whose key seals it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    Registration(RegistrationId),
    Case(CaseId),
}

/// One attachment of one owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Attachment {
    pub county: County,
    pub owner: Owner,
    pub id: AttachmentId,
}

/// How far an attachment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    pub kind: AttachmentKind,
    pub form: Form,
    pub state: AttachmentState,
    /// Bytes it was announced with.
    pub length: u64,
    /// Bytes that are on the disk.
    pub arrived: u64,
    pub updated_at: Timestamp,
}

impl Form {
    /// A kind as its row has it.
    fn word(self, kind: AttachmentKind) -> Result<String, StoreError> {
        let kind = word(&kind)?;
        Ok(match self {
            Self::Readable => kind,
            Self::Letter => format!("{CLOSED}{kind}"),
        })
    }

    /// What is to be done when all of it is here.
    fn job(self) -> &'static str {
        match self {
            Self::Readable => CHECK_ATTACHMENT,
            Self::Letter => OPEN_ATTACHMENT,
        }
    }
}

impl Owner {
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Registration(id) => id.0,
            Self::Case(id) => id.0,
        }
    }

    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Registration(_) => kind::REGISTRATION,
            Self::Case(_) => kind::CASE,
        }
    }

    #[must_use]
    pub fn aggregate(self, county: County) -> Aggregate<'static> {
        Aggregate::new(county, self.kind(), self.id())
    }

    /// `None` for an aggregate that names no attachments.
    #[must_use]
    pub fn of(aggregate_kind: &str, id: Uuid) -> Option<Self> {
        match aggregate_kind {
            kind::REGISTRATION => Some(Self::Registration(RegistrationId(id))),
            kind::CASE => Some(Self::Case(CaseId(id))),
            _ => None,
        }
    }
}

impl Attachment {
    #[must_use]
    pub fn new(county: County, owner: Owner, id: AttachmentId) -> Self {
        Self { county, owner, id }
    }
}

/// The columns of [`upload_of`], in its order.
macro_rules! upload_columns {
    () => {
        "kind, state, length, arrived, reason, kept_bytes, updated_at"
    };
}
use upload_columns;

/// Reads [`upload_columns`] from a place on.
fn upload_of(row: &Row, from: usize) -> Result<Upload, StoreError> {
    let (length, arrived) = (row.unsigned(from + 2)?, row.unsigned(from + 3)?);
    let state = match row.text(from + 1)? {
        "arriving" => AttachmentState::Arriving {
            bytes: arrived,
            of: length,
        },
        "checking" => AttachmentState::Checking,
        "received" => AttachmentState::Received {
            bytes: row.unsigned(from + 5)?,
        },
        "refused" => AttachmentState::Refused {
            reason: named::<Unfit>(row.text(from + 4)?)?,
        },
        _ => return Err(StoreError::corrupt("an attachment's state")),
    };
    let (form, kind) = match row.text(from)?.strip_prefix(CLOSED) {
        Some(kind) => (Form::Letter, kind),
        None => (Form::Readable, row.text(from)?),
    };
    Ok(Upload {
        kind: named(kind)?,
        form,
        state,
        length,
        arrived,
        updated_at: row.timestamp(from + 6)?,
    })
}

/// A word as the wire has it.
fn named<T: DeserializeOwned>(word: &str) -> Result<T, StoreError> {
    serde_json::from_value(word.into()).map_err(|_| StoreError::corrupt("a word of an attachment"))
}

fn word(value: &impl serde::Serialize) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(StoreError::corrupt("a word of an attachment")),
    }
}
