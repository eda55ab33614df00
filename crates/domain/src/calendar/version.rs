use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest version name, in bytes.
const LONGEST: usize = 40;

/// Why a name cannot name a version.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a version name is 1 to 40 of the characters a-z A-Z 0-9 . _ -, not {0:?}")]
pub struct VersionNameError(String);

/// Names that fit in a file name, a log line and a URL without quoting.
pub(crate) fn checked_name(name: String) -> Result<String, VersionNameError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    if (1..=LONGEST).contains(&name.len()) && name.bytes().all(plain) {
        Ok(name)
    } else {
        Err(VersionNameError(name))
    }
}

/// Which edition of the calendar a date was counted on, such as `cn-2026.1`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct CalendarVersion(String);

impl CalendarVersion {
    /// # Errors
    /// [`VersionNameError`] when the name is empty, too long or holds other characters.
    pub fn parse(name: impl Into<String>) -> Result<Self, VersionNameError> {
        checked_name(name.into()).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CalendarVersion {
    type Error = VersionNameError;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(name)
    }
}

impl From<CalendarVersion> for String {
    fn from(version: CalendarVersion) -> Self {
        version.0
    }
}

impl fmt::Display for CalendarVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
