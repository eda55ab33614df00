use chrono::{DateTime, Utc};
use domain::{ids::CommandId, receipt::Receipt};
use serde::{Deserialize, Serialize};

use crate::{Answer, Rejection};

/// One command of the outbox as the device keeps it. Its envelope lies beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The command's id, the same for every repeat.
    pub id: CommandId,
    /// The device's own count: the order in which items were made.
    pub number: u64,
    /// What it is about, such as a case: items about the same thing keep their order.
    pub about: Option<String>,
    /// The item that this one was made of, after the server sent that one back.
    pub replaces: Option<CommandId>,
    /// When the person tapped, by the device's clock. Shown, never counted from.
    pub kept_at: DateTime<Utc>,
    /// Bytes of the envelope.
    pub bytes: usize,
    /// How far it is.
    pub standing: Standing,
}

/// How far an item is, as far as the device knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// It has never left this device.
    Kept,
    /// It was sent and no answer came: the server may have it.
    Tried,
    /// The server has it.
    Received {
        /// The server's receipt.
        receipt: Receipt,
    },
    /// Its letter was answered for good while its space was locked; what the answer is, is learned when it
    /// is sent readable.
    Delivered,
    /// The server will not take it as it is. It stays until the person edits or discards it.
    NeedsYou {
        /// Why.
        reason: Reason,
    },
}

/// Why an item needs its person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// The server sent it back.
    Rejected {
        /// Why.
        rejection: Rejection,
    },
    /// Somebody changed the thing since the person looked at it.
    Conflict {
        /// The version the person saw.
        expected: u64,
        /// The version there is.
        found: u64,
    },
    /// The server fails with this one while it takes others.
    Trouble {
        /// The HTTP status it failed with.
        status: u16,
    },
}

impl Standing {
    /// True until the server has answered for good.
    pub fn is_waiting(&self) -> bool {
        matches!(self, Self::Kept | Self::Tried)
    }

    /// What an answer means for its item; none where the server asks to try later.
    pub(super) fn of(answer: Answer) -> Option<Self> {
        let reason = match answer {
            Answer::Received { receipt } => return Some(Self::Received { receipt }),
            Answer::Delivered => return Some(Self::Delivered),
            Answer::TryLater { .. } => return None,
            Answer::Rejected { reason } => Reason::Rejected { rejection: reason },
            Answer::Conflict { expected, found } => Reason::Conflict { expected, found },
        };
        Some(Self::NeedsYou { reason })
    }
}

impl Reason {
    /// Whether something new can be made of it. Otherwise what it was about is at the server already.
    pub fn may_be_made_anew(&self) -> bool {
        !matches!(
            self,
            Self::Rejected {
                rejection: Rejection::Replaced { .. } | Rejection::EarlierReceived { .. }
            }
        )
    }

    /// Whether the same may be sent again under its own id. Otherwise what the person makes of it is a
    /// new item: an answer, once given, stays the answer to its id.
    pub fn may_be_repeated(&self) -> bool {
        match self {
            Self::Trouble { .. } => true,
            Self::Rejected { rejection } => matches!(rejection, Rejection::SignInNeeded),
            Self::Conflict { .. } => false,
        }
    }
}
