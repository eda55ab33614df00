//! Administrative divisions by their national codes.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The code is not 6 (county), 9 (township) or 12 (village) digits.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("a division code has 6, 9 or 12 digits")]
pub struct DivisionProblem;

macro_rules! digits_type {
    ($($(#[$doc:meta])* $name:ident, $($length:literal)|+;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// # Errors
            /// [`DivisionProblem`] when the number of digits is another.
            pub fn parse(raw: &str) -> Result<Self, DivisionProblem> {
                let fits = matches!(raw.len(), $($length)|+) && raw.bytes().all(|b| b.is_ascii_digit());
                if fits { Ok(Self(raw.to_owned())) } else { Err(DivisionProblem) }
            }

            /// The digits.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = DivisionProblem;

            fn try_from(raw: String) -> Result<Self, DivisionProblem> {
                Self::parse(&raw)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

digits_type! {
    /// The six digits of a county: the first segment of every address.
    CountyCode, 6;
    /// A county, township or village.
    DivisionCode, 6 | 9 | 12;
}

impl DivisionCode {
    /// The township this lies in, or is.
    pub fn township(&self) -> Option<DivisionCode> {
        self.0.get(..9).map(|code| Self(code.to_owned()))
    }

    /// The village, when the code names one.
    pub fn village(&self) -> Option<DivisionCode> {
        (self.0.len() == 12).then(|| self.clone())
    }
}
