//! Who besides the petitioner can see it, as the petitioner is told. Nobody else is.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    access::{AccessGrant, Delegate},
    actor::{HolderRole, Opened},
    case::CaseEvent,
    code::AccessCode,
    ids::GrantId,
    registration::RegistrationEvent,
    text::PersonName,
};
use serde::{Deserialize, Serialize};

use super::{Entry, Happened};

/// Whom the petitioner let in, and what it takes to let in one more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Access {
    /// What the petitioner's code opens.
    pub opens: Opened,
    /// Who can see it now, oldest first.
    pub people: Vec<LetIn>,
    /// True while one more can be let in.
    pub can_grant: bool,
    /// The last day that can be given.
    pub latest: NaiveDate,
    /// All that was given, replaced and ended, newest first.
    pub history: Vec<Entry>,
}

/// Somebody who can see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LetIn {
    /// Their grant.
    pub grant: GrantId,
    /// What stands between them and the petitioner.
    pub holder: HolderRole,
    /// Who.
    pub name: PersonName,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// Their code, while the reading session it was made in lasts.
    pub code: Option<AccessCode>,
}

/// What happened to the codes of a registration or case.
#[derive(Clone, Copy, Debug)]
pub enum AccessEvent<'e> {
    /// One more person was let in.
    Granted(&'e Delegate),
    /// That was ended.
    Revoked(GrantId, DateTime<Utc>),
    /// A lost code was replaced.
    Replaced(&'e AccessGrant),
}

impl<'e> AccessEvent<'e> {
    /// Of a registration's event.
    pub fn of_registration(event: &'e RegistrationEvent) -> Option<Self> {
        match event {
            RegistrationEvent::AccessGranted { delegate } => Some(Self::Granted(delegate)),
            RegistrationEvent::AccessRevoked { grant, at } => Some(Self::Revoked(*grant, *at)),
            RegistrationEvent::AccessReplaced { grant } => Some(Self::Replaced(grant)),
            _ => None,
        }
    }

    /// Of a case's event.
    pub fn of_case(event: &'e CaseEvent) -> Option<Self> {
        match event {
            CaseEvent::AccessGranted { delegate } => Some(Self::Granted(delegate)),
            CaseEvent::AccessRevoked { grant, at } => Some(Self::Revoked(*grant, *at)),
            CaseEvent::AccessReplaced { grant, .. } => Some(Self::Replaced(grant)),
            _ => None,
        }
    }
}

/// The entries of what happened to the codes, newest first.
pub fn access_history<'e>(events: impl IntoIterator<Item = AccessEvent<'e>>) -> Vec<Entry> {
    let mut names = BTreeMap::new();
    let mut entries = Vec::new();
    for event in events {
        let (at, happened) = match event {
            AccessEvent::Granted(Delegate { name, grant }) => {
                names.insert(grant.id, name.clone());
                let (name, until) = (name.clone(), grant.last_day());
                (grant.issued_at, Happened::AccessGranted { name, until })
            }
            AccessEvent::Revoked(grant, at) => match names.get(&grant).cloned() {
                Some(name) => (at, Happened::AccessRevoked { name }),
                None => continue,
            },
            AccessEvent::Replaced(grant) => (grant.issued_at, Happened::CodeReplaced),
        };
        entries.push(Entry { at, happened });
    }
    entries.reverse();
    entries
}
