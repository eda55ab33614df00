use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{ClockKind, Period};
use crate::calendar::{VersionNameError, checked_name};

/// The name of the rules as the 2022 regulation and our defaults have them.
const DEFAULT_VERSION: &str = "2022";

/// Which rules a date was counted by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct RuleVersion(String);

impl RuleVersion {
    /// # Errors
    /// [`VersionNameError`] when the name is empty, too long or holds other characters.
    pub fn parse(name: impl Into<String>) -> Result<Self, VersionNameError> {
        checked_name(name.into()).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for RuleVersion {
    type Error = VersionNameError;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(name)
    }
}

impl From<RuleVersion> for String {
    fn from(version: RuleVersion) -> Self {
        version.0
    }
}

impl fmt::Display for RuleVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a set of rules was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RuleSetError {
    #[error(
        "\"2022\" names the unchanged rules: rules with other lengths need a name of their own"
    )]
    NameTaken,
    #[error("{0:?} has a length of 0 days")]
    NoDays(ClockKind),
}

/// The lengths in force: the table's own, and those an office has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct RuleSet {
    version: RuleVersion,
    periods: BTreeMap<ClockKind, Period>,
}

/// A set of rules as configuration states it.
#[derive(Deserialize)]
struct Unchecked {
    version: RuleVersion,
    #[serde(default)]
    periods: BTreeMap<ClockKind, Period>,
}

impl TryFrom<Unchecked> for RuleSet {
    type Error = RuleSetError;

    fn try_from(unchecked: Unchecked) -> Result<Self, Self::Error> {
        Self::new(unchecked.version, unchecked.periods)
    }
}

impl RuleSet {
    /// The table's lengths, with those in `periods` in their place.
    ///
    /// # Errors
    /// [`RuleSetError`] when changed rules keep the name of the unchanged ones, or a length is 0.
    pub fn new(
        version: RuleVersion,
        periods: BTreeMap<ClockKind, Period>,
    ) -> Result<Self, RuleSetError> {
        if version.as_str() == DEFAULT_VERSION && !periods.is_empty() {
            return Err(RuleSetError::NameTaken);
        }
        if let Some((kind, _)) = periods.iter().find(|(_, period)| period.length() == 0) {
            return Err(RuleSetError::NoDays(*kind));
        }
        Ok(Self { version, periods })
    }

    pub fn version(&self) -> &RuleVersion {
        &self.version
    }

    pub fn period(&self, kind: ClockKind) -> Period {
        self.periods
            .get(&kind)
            .copied()
            .unwrap_or_else(|| kind.default_period())
    }
}

impl Default for RuleSet {
    /// The rules of 2022, nothing changed.
    fn default() -> Self {
        Self {
            version: RuleVersion(DEFAULT_VERSION.to_owned()),
            periods: BTreeMap::new(),
        }
    }
}
