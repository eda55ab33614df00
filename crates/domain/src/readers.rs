//! Who may know of a matter (`people.md` 5, 30). Scoped inside every query, never filtered after.

use serde::{Deserialize, Serialize};

use crate::{
    division::DivisionCode,
    ids::{OfficialId, UnitId},
    text::PersonName,
};

/// One thing a viewer is, or a matter is open to or closed from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReaderKey {
    /// The petition office's intake officers.
    Intake,
    /// The whole petition office.
    PetitionOffice,
    /// A unit's handlers and head.
    Unit(UnitId),
    /// One official.
    Official(OfficialId),
    /// Officials of a township.
    Township(DivisionCode),
    /// Officials and the agent of a village.
    Village(DivisionCode),
    /// Village agents.
    Agents,
    /// Somebody the petitioner named.
    Named(PersonName),
}

/// The readers of one matter: any key of `open_to` opens it, any key of `closed_to` closes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReaderSet {
    /// Whether the matter is sealed: absent from lists, search, counts and figures of all others.
    pub secrecy: Secrecy,
    /// Who may read.
    pub open_to: Vec<ReaderKey>,
    /// Whom the petitioner does not want to know. Wins over `open_to`.
    pub closed_to: Vec<ReaderKey>,
}

/// Ordinary or sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Secrecy {
    /// Closed until read, then open to the readers named.
    Ordinary,
    /// An accusation: named readers only, own number series.
    Sealed,
}

impl ReaderSet {
    /// A new matter: only intake officers may read it until one of them has classified it.
    pub fn closed_until_read(restricted_from: &[ReaderKey]) -> Self {
        Self {
            secrecy: Secrecy::Ordinary,
            open_to: vec![ReaderKey::Intake],
            closed_to: restricted_from.to_vec(),
        }
    }

    /// A sealed matter and its named readers.
    pub fn sealed(readers: Vec<OfficialId>, restricted_from: &[ReaderKey]) -> Self {
        Self {
            secrecy: Secrecy::Sealed,
            open_to: readers.into_iter().map(ReaderKey::Official).collect(),
            closed_to: restricted_from.to_vec(),
        }
    }

    /// True when a viewer with these keys may read.
    pub fn admits(&self, viewer: &[ReaderKey]) -> bool {
        let among = |keys: &[ReaderKey]| keys.iter().any(|key| viewer.contains(key));
        among(&self.open_to) && !among(&self.closed_to)
    }

    /// True when the petitioner does not want this reader to know.
    pub fn excludes(&self, key: &ReaderKey) -> bool {
        self.closed_to.contains(key)
    }

    /// Opens the matter to one more reader.
    pub fn open(&mut self, key: ReaderKey) {
        if !self.open_to.contains(&key) {
            self.open_to.push(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_new_matter_is_closed_to_all_but_intake() {
        let readers = ReaderSet::closed_until_read(&[]);
        assert!(readers.admits(&[ReaderKey::Intake]));
        assert!(!readers.admits(&[ReaderKey::PetitionOffice]));
    }

    #[test]
    fn a_restriction_wins_over_every_opening() {
        let unit = ReaderKey::Unit(UnitId(Uuid::nil()));
        let mut readers = ReaderSet::closed_until_read(std::slice::from_ref(&unit));
        readers.open(unit.clone());
        assert!(!readers.admits(&[unit]));
    }
}
