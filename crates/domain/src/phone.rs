//! Telephone numbers as people here write them.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::ascii_digits;

/// A mobile, landline or overseas number, normalised: `13800138000`, `0579-84100000`, `+39061234567`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

/// Why a number was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PhoneProblem {
    /// Nothing was given.
    #[error("no number")]
    Empty,
    /// It begins like a mobile number, which has 11 digits.
    #[error("a mobile number has 11 digits, this has {digits}")]
    MobileLength {
        /// How many digits were given.
        digits: usize,
    },
    /// It begins with an area code, but the rest is not 7 or 8 digits.
    #[error("a landline number is an area code and 7 or 8 digits")]
    Landline,
    /// None of the three kinds.
    #[error("not a telephone number")]
    Unknown,
}

impl PhoneNumber {
    /// Spaces, hyphens, brackets and full-width digits are accepted.
    ///
    /// # Errors
    /// [`PhoneProblem`] names what is wrong.
    pub fn parse(raw: &str) -> Result<Self, PhoneProblem> {
        let ascii = ascii_digits(raw.trim());
        let kept: String = ascii
            .chars()
            .filter(|c| !" -()（）—－\u{a0}".contains(*c))
            .collect();
        if kept.is_empty() {
            return Err(PhoneProblem::Empty);
        }
        if let Some(overseas) = kept.strip_prefix('+').or_else(|| kept.strip_prefix("00")) {
            return parse_international(overseas);
        }
        if !kept.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PhoneProblem::Unknown);
        }
        match kept.as_bytes()[0] {
            b'0' => parse_landline(&kept),
            b'1' if kept.len() == 11 && kept.as_bytes()[1] >= b'3' => Ok(Self(kept)),
            b'1' if kept.len() != 11 => Err(PhoneProblem::MobileLength { digits: kept.len() }),
            _ => Err(PhoneProblem::Unknown),
        }
    }

    /// The number in its normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for a mainland mobile number, which can receive text messages.
    pub fn is_mobile(&self) -> bool {
        self.0.len() == 11 && self.0.starts_with('1')
    }

    /// The last four digits: the second factor a person has who chose none.
    pub fn last_four(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }

    /// `138********`: never the last four, which are the second factor.
    pub fn masked(&self) -> String {
        let shown: String = self.0.chars().take(3).collect();
        shown + &"*".repeat(self.0.len() - 3)
    }
}

fn parse_international(rest: &str) -> Result<PhoneNumber, PhoneProblem> {
    if !rest.bytes().all(|b| b.is_ascii_digit()) {
        return Err(PhoneProblem::Unknown);
    }
    match rest.strip_prefix("86") {
        Some(home) => PhoneNumber::parse(home),
        // E.164 allows up to 15 digits.
        None if (6..=15).contains(&rest.len()) => Ok(PhoneNumber(format!("+{rest}"))),
        None => Err(PhoneProblem::Unknown),
    }
}

fn parse_landline(digits: &str) -> Result<PhoneNumber, PhoneProblem> {
    // 010 and 02x have three digits, every other area code four.
    let three = digits.starts_with("010") || digits.starts_with("02");
    let (area, number) = digits
        .split_at_checked(if three { 3 } else { 4 })
        .ok_or(PhoneProblem::Landline)?;
    if matches!(number.len(), 7 | 8) {
        Ok(PhoneNumber(format!("{area}-{number}")))
    } else {
        Err(PhoneProblem::Landline)
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = PhoneProblem;

    fn try_from(raw: String) -> Result<Self, PhoneProblem> {
        Self::parse(&raw)
    }
}

impl From<PhoneNumber> for String {
    fn from(phone: PhoneNumber) -> Self {
        phone.0
    }
}

impl std::fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PhoneNumber({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("13800138000", "13800138000")]
    #[case("１３８ ００１３ ８０００", "13800138000")]
    #[case("+86 138-0013-8000", "13800138000")]
    #[case("0579-84100000", "0579-84100000")]
    #[case("(010) 6555 1234", "010-65551234")]
    #[case("+39 06 123 4567", "+39061234567")]
    fn numbers_are_normalised(#[case] raw: &str, #[case] normal: &str) {
        assert_eq!(PhoneNumber::parse(raw).unwrap().as_str(), normal);
    }

    #[rstest]
    #[case("1380013800", PhoneProblem::MobileLength { digits: 10 })]
    #[case("", PhoneProblem::Empty)]
    #[case("0579-123", PhoneProblem::Landline)]
    #[case("８４", PhoneProblem::Unknown)]
    #[case("é123456", PhoneProblem::Unknown)]
    fn others_are_refused_with_what_is_wrong(#[case] raw: &str, #[case] problem: PhoneProblem) {
        assert_eq!(PhoneNumber::parse(raw), Err(problem));
    }

    #[test]
    fn a_masked_number_never_shows_the_last_four() {
        assert_eq!(
            PhoneNumber::parse("13800138000").unwrap().masked(),
            "138********"
        );
    }
}
