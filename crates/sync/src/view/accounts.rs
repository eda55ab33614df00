//! What an administrator sees: accounts and units, no case.

use chrono::{DateTime, Utc};
use domain::{
    actor::{Level, Role},
    ids::{OfficialId, UnitId},
};
use serde::{Deserialize, Serialize};

use super::{Division, Tablet, Unit};

/// Accounts and units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accounts {
    /// Accounts by name.
    pub rows: Vec<Account>,
    /// Units.
    pub units: Vec<Unit>,
    /// The officials' tablets, lost ones too.
    #[serde(default)]
    pub tablets: Vec<Tablet>,
    /// Townships and villages, for new units.
    pub divisions: Vec<Division>,
    /// The viewer, who does not end their own account.
    pub me: OfficialId,
    /// The master key whose recovery sheet nobody has confirmed, by the name on the sheet.
    #[serde(default)]
    pub unconfirmed_key: Option<String>,
}

/// An official's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Account {
    /// Which.
    pub id: OfficialId,
    /// The name used to sign in, and on documents.
    pub name: String,
    /// The title.
    pub title: String,
    /// What a leader is responsible for.
    pub portfolio: String,
    /// The unit.
    pub unit: Option<UnitId>,
    /// The unit's name.
    pub unit_name: String,
    /// The level; none for one this program does not know.
    pub level: Option<Level>,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Whether it can sign in.
    pub standing: AccountStanding,
    /// When somebody last signed in with it, as long as sign-ins are remembered.
    pub last_signed_in: Option<DateTime<Utc>>,
}

/// Whether an account can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountStanding {
    /// Its holder has not used the link yet.
    Invited,
    /// It can.
    Active,
    /// It was ended.
    Disabled,
}

/// A link with which the holder of an account sets password and one-time code, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IssuedLink {
    /// Whose account.
    pub account: OfficialId,
    /// Their name.
    pub name: String,
    /// The whole address.
    pub address: String,
    /// The dark modules of its QR code as an SVG path.
    pub qr_path: String,
    /// Modules along one side, with the quiet zone.
    pub qr_size: u32,
}
