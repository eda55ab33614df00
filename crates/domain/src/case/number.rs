use serde::{Deserialize, Serialize};

use crate::{division::CountyCode, given::Dice, readers::Secrecy};

/// How a matter reached the office (art. 17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// This site.
    Web,
    /// At a visit.
    Visit,
    /// At the counter.
    Counter,
    /// By telephone.
    Phone,
    /// By letter.
    Letter,
    /// Through a village agent.
    Agent,
}

/// A case number: `{county}{year}{letter}{8 random digits}`. It carries no countable sequence, so
/// that a sealed matter leaves no gap (`people.md` 11).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct CaseNumber(String);

impl CaseNumber {
    /// A fresh number. The store refuses one that is in use already.
    pub fn fresh(
        county: &CountyCode,
        year: i32,
        channel: Channel,
        secrecy: Secrecy,
        dice: &mut dyn Dice,
    ) -> Self {
        let letter = match (secrecy, channel) {
            (Secrecy::Sealed, _) => 'S',
            (_, Channel::Web) => 'W',
            (_, Channel::Visit) => 'V',
            (_, Channel::Counter) => 'C',
            (_, Channel::Phone) => 'P',
            (_, Channel::Letter) => 'L',
            (_, Channel::Agent) => 'A',
        };
        Self(format!(
            "{county}{year:04}{letter}{:08}",
            dice.below(100_000_000)
        ))
    }

    /// The number as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for CaseNumber {
    fn from(number: String) -> Self {
        Self(number)
    }
}

impl std::fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
