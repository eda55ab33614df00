//! Tablets on which officials work without a network.

use chrono::{DateTime, Utc};
use domain::ids::{DeviceId, OfficialId};
use serde::{Deserialize, Serialize};

/// A tablet that its holder registers, or renews.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewTablet {
    /// Made on the tablet.
    pub id: DeviceId,
    /// What its holder calls it, up to 20 characters.
    pub name: String,
}

impl NewTablet {
    /// The most characters of a name.
    pub const NAME_MAX: usize = 20;
}

/// How long a tablet may work without asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TabletPass {
    /// When the sign-in under which it was registered ends at the latest: twelve hours after it began.
    pub until: DateTime<Utc>,
}

/// What a tablet is told when it makes contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TabletStanding {
    /// Said to be lost: it is to wipe itself.
    pub lost: bool,
}

/// A tablet as an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tablet {
    /// Which.
    pub id: DeviceId,
    /// What its holder calls it.
    pub name: String,
    /// Its holder.
    pub holder: OfficialId,
    /// Their name.
    pub holder_name: String,
    /// When it was registered.
    pub registered: DateTime<Utc>,
    /// When it was heard of last.
    pub last_contact: DateTime<Utc>,
    /// Since when it is said to be lost.
    pub lost: Option<DateTime<Utc>>,
}

impl Tablet {
    /// True once a lost one was heard of again: then it was told to wipe itself.
    pub fn was_told(&self) -> bool {
        self.lost.is_some_and(|lost| self.last_contact >= lost)
    }
}
