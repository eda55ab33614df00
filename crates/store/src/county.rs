//! The two keys under which everything is stored: the county and the aggregate.

use std::fmt;

use serde::{Deserialize, Serialize};

use uuid::Uuid;

/// A county's six-digit division code (GB/T 2260), leading every key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct County([u8; 6]);

impl County {
    /// `None` unless `code` is exactly six ASCII digits.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let digits: [u8; 6] = code.as_bytes().try_into().ok()?;
        digits
            .iter()
            .all(u8::is_ascii_digit)
            .then_some(Self(digits))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII digits are ever stored")
    }
}

impl TryFrom<String> for County {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or("a county has six digits")
    }
}

impl From<County> for String {
    fn from(county: County) -> Self {
        county.to_string()
    }
}

impl fmt::Display for County {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for County {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Names one aggregate: a visit, a booking ledger, a registration, a case, a public matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Aggregate<'a> {
    pub county: County,
    /// One of the domain's aggregate names, such as `case`.
    pub kind: &'a str,
    pub id: Uuid,
}

impl<'a> Aggregate<'a> {
    #[must_use]
    pub fn new(county: County, kind: &'a str, id: Uuid) -> Self {
        Self { county, kind, id }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_county_is_six_digits() {
        assert_eq!(County::parse("330726").unwrap().as_str(), "330726");
        for wrong in ["", "33072", "3307266", "33072a", "３３０７２６"] {
            assert_eq!(County::parse(wrong), None, "{wrong}");
        }
    }
}
