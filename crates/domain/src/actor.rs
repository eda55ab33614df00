//! Who acts, and what each role may do (`domain.md` §5.5). The one place where roles are enforced.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{CaseId, DeviceId, GrantId, OfficialId, RegistrationId, SignInId, UnitId, VisitId},
    readers::ReaderKey,
    text::PersonName,
};

/// Who performed an act. Stored with every event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Somebody without a code: registers or files.
    Anyone,
    /// Somebody who opened a registration or matter with its code.
    Holder(Holder),
    /// An official who signed in.
    Official(Official),
    /// A tablet at a reception table: guest officials need no account for a day.
    DevicePass {
        /// The pass's device.
        device: DeviceId,
        /// The visit it is for.
        visit: VisitId,
        /// The room it stands in.
        room: u8,
    },
    /// Time passing.
    Clock,
    /// Data brought in from elsewhere.
    Import {
        /// Where from.
        source: String,
    },
}

/// The holder of an access grant (`people.md` 2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The grant that was used.
    pub grant: GrantId,
    /// What stands between the holder and the petitioner.
    pub role: HolderRole,
    /// What it opens.
    pub opens: Opened,
}

/// The registration or matter a grant belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Opened {
    /// A registration and the matters born of it.
    Registration(RegistrationId),
    /// A matter filed without a visit.
    Case(CaseId),
}

/// Who holds a grant. A delegate never withdraws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HolderRole {
    /// The petitioner.
    Petitioner,
    /// A representative of the party.
    Representative,
    /// A family member or friend.
    Relative,
    /// A village agent.
    Agent,
}

/// What a grant allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Read the matter and its answer.
    Read,
    /// Add a note or answer a question.
    Add,
    /// Rate.
    Rate,
    /// Ask for review.
    Review,
    /// Withdraw the matter or cancel the booking.
    Withdraw,
    /// Give one more person access, and end it.
    Grant,
}

impl HolderRole {
    /// The scopes a fresh grant has. Rating and review by a delegate need the petitioner's own act.
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Self::Petitioner => &[
                Scope::Read,
                Scope::Add,
                Scope::Rate,
                Scope::Review,
                Scope::Withdraw,
                Scope::Grant,
            ],
            Self::Representative | Self::Relative | Self::Agent => &[Scope::Read, Scope::Add],
        }
    }
}

/// An official who signed in, as the session knew them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Official {
    /// The account.
    pub id: OfficialId,
    /// The name, as it appears on documents.
    pub name: PersonName,
    /// The unit they act for.
    pub unit: UnitId,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Where the petition office's named readers of sealed matters are concerned: this one is.
    pub sealed_reader: SealedReader,
    /// The sign-in; a queued command outlives it unless it was revoked.
    pub sign_in: SignInId,
}

/// Whether an official is among the named readers of sealed matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealedReader {
    /// No.
    #[default]
    No,
    /// Yes.
    Yes,
}

/// Roles of officials (`domain.md` §5.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Files for villagers, without pay.
    VillageAgent,
    /// Checks in, takes walk-ins, prints.
    DeskClerk,
    /// Records the session at the table.
    RoomClerk,
    /// Decides in session.
    ReceivingLeader,
    /// Registers, classifies, transfers, assigns.
    PetitionOfficer,
    /// Accepts and drafts for a unit.
    UnitHandler,
    /// Signs for a unit.
    UnitHead,
    /// Urges and supervises.
    Supervisor,
    /// Writes and approves notices and public matters.
    Publisher,
    /// Reads the audit trail.
    Auditor,
    /// Accounts, units, calendars, keys; no case data.
    Administrator,
}

/// At which level of the administration an official works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 县.
    County,
    /// 乡镇（街道）.
    Township,
    /// 村（社区）.
    Village,
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 部门.
    Department,
    /// 乡镇（街道）.
    Township,
    /// 村（社区）.
    Village,
}

impl Official {
    /// True when one of the roles is held.
    pub fn has(&self, any_of: &[Role]) -> bool {
        self.roles.iter().any(|role| any_of.contains(role))
    }

    /// What this official is to a [`crate::readers::ReaderSet`].
    pub fn reader_keys(&self) -> Vec<ReaderKey> {
        let mut keys = vec![
            ReaderKey::Official(self.id),
            ReaderKey::Named(self.name.clone()),
        ];
        if self.has(&[Role::PetitionOfficer]) {
            keys.extend([ReaderKey::Intake, ReaderKey::PetitionOffice]);
        }
        if self.has(&[Role::UnitHandler, Role::UnitHead]) {
            keys.push(ReaderKey::Unit(self.unit));
        }
        if self.has(&[Role::VillageAgent]) {
            keys.push(ReaderKey::Agents);
        }
        keys
    }
}
