use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What changed of what everybody may read, since a cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Changes {
    /// Where to go on. A word of the server's own; nothing is to be read from it.
    pub next: String,
    /// The cursor was unknown, too old, or of a database that was restored since: everything is to be
    /// fetched, and what was received of late is to be offered again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub afresh: bool,
    /// Each once, in the order of its last change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Changed>,
    /// There are more: ask again from `next`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
}

impl Changes {
    /// What a server means that has nothing to say.
    #[must_use]
    pub fn nothing_new(since: &str) -> Self {
        Self {
            next: since.to_owned(),
            afresh: false,
            changed: Vec::new(),
            more: false,
        }
    }

    /// Nothing is to be fetched: the cursor it was asked with does as well as the next one.
    #[must_use]
    pub fn is_nothing_new(&self) -> bool {
        !self.afresh && !self.more && self.changed.is_empty()
    }
}

/// Something that is to be fetched again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Changed {
    /// What it is.
    pub kind: ChangedKind,
    /// Which.
    pub id: Uuid,
}

/// What a changed thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangedKind {
    /// A visit's notice.
    Visit,
    /// A public matter.
    Matter,
    /// Something this build does not know.
    #[serde(other)]
    Other,
}
