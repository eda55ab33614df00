//! Identifiers. Each is a UUID of its own type, so that one cannot stand in for another.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

id! {
    /// One command, made on the device that queued it (UUIDv7). The idempotency key.
    CommandId;
    /// A leaders' visit (下访) and its booking ledger.
    VisitId;
    /// A party's registration for a visit: the id of the command that made it.
    RegistrationId;
    /// One registered matter (信访事项).
    CaseId;
    /// One request inside a case (诉求).
    IssueId;
    /// A reply or notice to the petitioner.
    ReplyId;
    /// A note, question or answer on the timeline.
    NoteId;
    /// An access grant: who may read or act on a registration and the matters born of it.
    GrantId;
    /// A matter of general interest with a public page (公共事项).
    MatterId;
    /// A promise inside a public matter.
    CommitmentId;
    /// A dated step of a commitment.
    MilestoneId;
    /// An official's account.
    OfficialId;
    /// An organ or unit that receives, handles or answers.
    UnitId;
    /// An image or recording, stored beside the database.
    AttachmentId;
    /// A device that queues commands. A tablet's is made on it for one official's space: random, and known
    /// to nobody else.
    DeviceId;
    /// Something to tell one person.
    TellingId;
    /// A sign-in of an official: a queued command names it and outlives it.
    SignInId;
}
