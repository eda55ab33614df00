use domain::{ids::CommandId, receipt::Receipt, refusal::Refusal};
use serde::{Deserialize, Serialize};

/// What became of a command. *Received* means that the server has it, and nothing more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// It is in the database. A repeat gets this same receipt.
    Received {
        /// What came of it.
        receipt: Receipt,
    },
    /// Its letter was opened and answered for good. What the answer is, is told to whoever sends the same
    /// command readable, or asks with its provisional number.
    Delivered,
    /// It will not be carried out; the reason is one the person can act on.
    Rejected {
        /// Why.
        reason: Rejection,
    },
    /// Somebody changed the thing since the person looked at it.
    Conflict {
        /// The version the person saw.
        expected: u64,
        /// The version there is.
        found: u64,
    },
    /// Not received. The same command may be sent again.
    TryLater {
        /// Seconds to wait at least.
        after_seconds: u32,
    },
}

/// Why a command was rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rejection {
    /// A rule of the domain.
    Refused {
        /// Which.
        refusal: Refusal,
    },
    /// The same id came before with other content; both are kept, neither is mixed.
    SameIdOtherContent,
    /// What it was made into was received in its place.
    Replaced {
        /// That one's id.
        by: CommandId,
    },
    /// What it was made of was received after all, on another way. Nothing was done twice.
    EarlierReceived {
        /// That one's id.
        earlier: CommandId,
    },
    /// The command could not be read.
    Unreadable {
        /// Where reading stopped; nothing of the content.
        detail: String,
    },
    /// Nobody is signed in. It stays with the sender, who signs in and sends it again.
    SignInNeeded,
    /// The sign-in it was captured under is another person's, was over by then, or was revoked.
    /// It stays with the sender: a person looks at it, and sends it again as their own.
    NeedsYou,
    /// The tablet that sends it was said to be lost. Nothing is carried out from it any more, and
    /// it wipes itself.
    TabletLost,
}
