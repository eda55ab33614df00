//! What verification has to say.

use uuid::Uuid;

use crate::County;

/// One break, naming where to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The event's content no longer gives its hash.
    Changed {
        county: County,
        kind: String,
        id: Uuid,
        version: u64,
    },
    /// A version is absent between others.
    Removed {
        county: County,
        kind: String,
        id: Uuid,
        version: u64,
    },
    /// The event does not continue the one before it: inserted, or put in another order.
    OutOfOrder {
        county: County,
        kind: String,
        id: Uuid,
        version: u64,
    },
    /// The head and the last event disagree: the end was cut, or events were added past the head.
    HeadDiffers {
        county: County,
        kind: String,
        id: Uuid,
        head: u64,
        last: u64,
    },
    /// The history no longer holds what a checkpoint had seen of it.
    BehindCheckpoint {
        county: County,
        kind: String,
        id: Uuid,
        version: u64,
    },
    /// The history is whole, but this program cannot read it.
    Unreadable {
        county: County,
        kind: String,
        id: Uuid,
    },
    /// What screens read of it is not what its events say.
    RowsDiffer {
        county: County,
        table: String,
        kind: String,
        id: Uuid,
    },
    /// The heads no longer give the signed root: an aggregate was removed or rolled back.
    RootDiffers { county: County, checkpoint: u64 },
    /// The checkpoint's own signature or its place in the row of checkpoints is wrong.
    BadCheckpoint { county: County, checkpoint: u64 },
    /// A checkpoint that was exported earlier is not in the database any more.
    CheckpointMissing { county: County, checkpoint: u64 },
}

impl Finding {
    /// The history it is about.
    #[must_use]
    pub fn history(&self) -> Option<(&str, Uuid)> {
        match self {
            Self::Changed { kind, id, .. }
            | Self::Removed { kind, id, .. }
            | Self::OutOfOrder { kind, id, .. }
            | Self::HeadDiffers { kind, id, .. }
            | Self::BehindCheckpoint { kind, id, .. }
            | Self::Unreadable { kind, id, .. }
            | Self::RowsDiffer { kind, id, .. } => Some((kind, *id)),
            Self::RootDiffers { .. }
            | Self::BadCheckpoint { .. }
            | Self::CheckpointMissing { .. } => None,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub aggregates: u64,
    pub events: u64,
    /// The folded rows that should be there.
    pub rows: u64,
    pub checkpoints: u64,
    pub findings: Vec<Finding>,
}

impl Report {
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.findings.is_empty()
    }
}
