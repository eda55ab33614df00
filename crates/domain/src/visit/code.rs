use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{ids::VisitId, text::ascii_digits};

/// A visit in eight digits, for posters, the telephone and text messages. It follows from the id, so
/// that it stays when date or place change. It is a name, not a secret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct VisitCode(String);

/// Among a thousand visits of a county two share a code with a chance of 1 in 200; the newest is
/// the one that is meant.
const CODES: u128 = 100_000_000;

impl VisitCode {
    /// The code of a visit.
    pub fn of(visit: VisitId) -> Self {
        Self(format!("{:08}", visit.0.as_u128() % CODES))
    }

    /// Spaces, hyphens and full-width digits are accepted; `None` unless there are eight digits.
    pub fn parse(raw: &str) -> Option<Self> {
        let digits: String = ascii_digits(raw)
            .chars()
            .filter(|c| !" -\u{a0}".contains(*c))
            .collect();
        let whole = digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit());
        whole.then_some(Self(digits))
    }

    /// The eight digits without separators.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for VisitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", &self.0[..4], &self.0[4..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_keeps_its_code_and_people_may_type_it_as_they_like() {
        let code = VisitCode::of(VisitId(uuid::Uuid::from_u128(7_000_012_345_678)));
        assert_eq!(code.to_string(), "1234 5678");
        assert_eq!(VisitCode::parse(" １２３４-5678 "), Some(code));
        assert_eq!(VisitCode::parse("1234567"), None);
        assert_eq!(VisitCode::parse("1234567a"), None);
    }
}
