use serde::{Deserialize, Serialize};

use super::{FormErrors, sheet::Sheet};
use crate::{
    code::{QueryCode, SealedCode, SecondFactor},
    phone::PhoneNumber,
    text::ascii_digits,
};

/// Follow my matter, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct LookUpForm {
    /// Ten digits, or 26 characters.
    pub code: String,
    /// Four digits; not asked for with 26 characters.
    pub pin: String,
    /// The whole number on record: asked for only after many failures (`people.md` 22).
    pub phone: String,
}

/// What opens a registration or matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookUp {
    /// Ten digits and the second factor.
    Short {
        /// The code.
        code: QueryCode,
        /// Only the holder knows it.
        second_factor: SecondFactor,
        /// The number on record, when it was asked for.
        phone: Option<PhoneNumber>,
    },
    /// A sealed code or the private QR's secret, which needs no second factor.
    Sealed(SealedCode),
}

/// More characters than this are somebody's try at 26, not at 10.
const SHORT_AT_MOST: usize = 15;

impl LookUpForm {
    /// # Errors
    /// What is to be put right. None of it counts as a failed attempt (`people.md` 22).
    pub fn parse(&self) -> Result<LookUp, FormErrors> {
        let mut sheet = Sheet::default();
        let found = if characters(&self.code) > SHORT_AT_MOST {
            sheet
                .needed("code", &self.code, SealedCode::parse)
                .map(LookUp::Sealed)
        } else {
            let code = sheet.needed("code", &self.code, QueryCode::parse);
            let second_factor = sheet.needed("pin", &self.pin, SecondFactor::parse);
            let phone = sheet.optional("phone", &self.phone, PhoneNumber::parse);
            code.zip(second_factor)
                .map(|(code, second_factor)| LookUp::Short {
                    code,
                    second_factor,
                    phone,
                })
        };
        sheet.finish(found)
    }
}

fn characters(raw: &str) -> usize {
    let ascii = ascii_digits(raw);
    ascii.chars().filter(char::is_ascii_alphanumeric).count()
}
