//! The codes a citizen holds: ten digits for most matters, 26 characters for sealed ones.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{given::Dice, text::ascii_digits};

/// Why a typed code is not one. None of these counts as a failed attempt (`people.md` 22).
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum CodeProblem {
    /// Not ten digits (nor 26 characters).
    #[error("a query code has 10 digits, this has {digits}")]
    Length {
        /// How many were given.
        digits: usize,
    },
    /// One digit is wrong, or two neighbours are swapped.
    #[error("one digit is wrong")]
    CheckDigit,
}

/// Ten digits, the last a check digit (ISO/IEC 7064 MOD 11,10), shown 3-3-4.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct QueryCode(String);

impl QueryCode {
    /// A fresh code. The store refuses one that is in use already.
    pub fn fresh(dice: &mut dyn Dice) -> Self {
        let nine = format!("{:09}", dice.below(1_000_000_000));
        let check = check_digit(&nine);
        Self(format!("{nine}{check}"))
    }

    /// Spaces, hyphens and full-width digits are accepted.
    ///
    /// # Errors
    /// [`CodeProblem`] when the length or the check digit is wrong.
    pub fn parse(raw: &str) -> Result<Self, CodeProblem> {
        let digits: String = ascii_digits(raw)
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        if digits.len() != 10 {
            return Err(CodeProblem::Length {
                digits: digits.len(),
            });
        }
        if digits.ends_with(check_digit(&digits[..9])) {
            Ok(Self(digits))
        } else {
            Err(CodeProblem::CheckDigit)
        }
    }

    /// The ten digits without separators.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// ISO/IEC 7064 MOD 11,10 over decimal digits.
fn check_digit(digits: &str) -> char {
    let product = digits.bytes().fold(10u32, |product, byte| {
        let sum = (product + u32::from(byte - b'0')) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    char::from(b'0' + ((11 - product) % 10) as u8)
}

impl fmt::Display for QueryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", &self.0[..3], &self.0[3..6], &self.0[6..])
    }
}

/// 26 characters of Crockford's base 32 (130 bits), the only way to a sealed matter.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct SealedCode(String);

/// Digits and letters that are not taken for one another.
pub const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What was typed of Crockford's base 32: I and L read as 1, O as 0; the rest is passed over.
pub fn crockford(raw: &str) -> String {
    ascii_digits(raw)
        .to_ascii_uppercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        })
        .filter(|c| CROCKFORD.contains(&(*c as u8)))
        .collect()
}

impl SealedCode {
    /// A fresh code of 130 bits.
    pub fn fresh(dice: &mut dyn Dice) -> Self {
        Self(
            (0..26)
                .map(|_| char::from(CROCKFORD[dice.below(32) as usize]))
                .collect(),
        )
    }

    /// Spaces and hyphens are accepted; I and L read as 1, O as 0.
    ///
    /// # Errors
    /// [`CodeProblem::Length`] when it is not 26 characters of the alphabet.
    pub fn parse(raw: &str) -> Result<Self, CodeProblem> {
        let code = crockford(raw);
        if code.len() == 26 {
            Ok(Self(code))
        } else {
            Err(CodeProblem::Length { digits: code.len() })
        }
    }

    /// The characters without separators.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SealedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups: Vec<&str> = (0..26)
            .step_by(5)
            .map(|at| &self.0[at..(at + 5).min(26)])
            .collect();
        f.write_str(&groups.join(" "))
    }
}

macro_rules! secret_string {
    ($($name:ident),*) => {$(
        impl TryFrom<String> for $name {
            type Error = CodeProblem;

            fn try_from(raw: String) -> Result<Self, CodeProblem> {
                Self::parse(&raw)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

secret_string!(QueryCode, SealedCode, SecondFactor);

/// What opens a registration and every matter born of it: one code for life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccessCode {
    /// Ten digits, asked for together with the second factor.
    Short(QueryCode),
    /// 26 characters, for sealed matters.
    Sealed(SealedCode),
}

/// Four digits the person chose; by default the last four of the telephone number.
/// Never printed, spoken, shown or sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct SecondFactor(String);

impl SecondFactor {
    /// # Errors
    /// [`CodeProblem::Length`] unless exactly four digits are given (any width).
    pub fn parse(raw: &str) -> Result<Self, CodeProblem> {
        let digits = ascii_digits(raw.trim());
        if digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(digits))
        } else {
            Err(CodeProblem::Length {
                digits: digits.chars().count(),
            })
        }
    }

    /// In the place of one that is not shown.
    pub fn unknown() -> Self {
        Self("0000".to_owned())
    }

    /// True when both are the same, in a time that does not depend on where they differ.
    pub fn matches(&self, other: &Self) -> bool {
        let difference = self
            .0
            .bytes()
            .zip(other.0.bytes())
            .fold(0, |all, (a, b)| all | (a ^ b));
        difference == 0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::given::SeededDice;

    #[test]
    fn the_check_digit_is_iso_7064_mod_11_10() {
        // The standard's own example: 0794 has check digit 5.
        assert_eq!(check_digit("0794"), '5');
    }

    #[test]
    fn a_code_is_shown_in_groups_of_three_three_and_four() {
        let code = QueryCode::fresh(&mut SeededDice::new(7));
        let shown = code.to_string();
        assert_eq!(
            shown.split(' ').map(str::len).collect::<Vec<_>>(),
            [3, 3, 4]
        );
        assert_eq!(QueryCode::parse(&shown).unwrap(), code);
    }

    #[test]
    fn a_sealed_code_survives_how_people_copy_it() {
        let code = SealedCode::fresh(&mut SeededDice::new(7));
        let copied = code
            .to_string()
            .to_lowercase()
            .replace('1', "l")
            .replace('0', "O");
        assert_eq!(SealedCode::parse(&copied).unwrap(), code);
    }

    proptest! {
        #[test]
        fn any_single_wrong_digit_is_noticed(seed: u64, at in 0usize..10, by in 1u8..10) {
            let code = QueryCode::fresh(&mut SeededDice::new(seed));
            let mut digits = code.as_str().to_owned().into_bytes();
            digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
            let typed = String::from_utf8(digits).unwrap();
            prop_assert_eq!(QueryCode::parse(&typed), Err(CodeProblem::CheckDigit));
        }
    }

    #[test]
    fn a_second_factor_is_four_digits() {
        assert!(
            SecondFactor::parse("１２３４")
                .unwrap()
                .matches(&SecondFactor::parse("1234").unwrap())
        );
        assert!(SecondFactor::parse("123").is_err());
        assert!(
            !SecondFactor::parse("1234")
                .unwrap()
                .matches(&SecondFactor::parse("1235").unwrap())
        );
    }
}
