//! Every word on the screens, in both languages, checked by the compiler.
//!
//! One struct of texts per screen, written with [`texts!`]: a field holds the Chinese first and the
//! English after it, so a missing translation does not compile. Sentences with a number, a name or
//! a date in them are small functions beside the struct.
//!
//! Voice (spec/design.md): short, plain, active; the reader is 您, the office 我们; dates instead of
//! periods; the legal term in brackets after the plain word; no exclamation marks.
//!
//! Invariant: [`office`] is named only by office routes, so that the split keeps it out of a
//! citizen's download.

mod language;
mod when;

pub mod citizen;
pub mod common;
pub mod office;

pub use language::{Language, use_language, use_path};
pub use when::{
    clock, day, day_and_weekday, day_with_year, in_china, moment, month_and_year, month_short,
    span, weekday_short,
};

/// A struct of texts with one constant per language: `field: "中文", "English";`.
macro_rules! texts {
    ($(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $field:ident: $zh:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        pub struct $name {
            $($(#[$note])* pub $field: &'static str,)+
        }

        impl $name {
            const ZH: Self = Self { $($field: $zh,)+ };
            const EN: Self = Self { $($field: $en,)+ };

            /// The texts in one language.
            pub const fn of(language: $crate::i18n::Language) -> &'static Self {
                match language {
                    $crate::i18n::Language::Chinese => &Self::ZH,
                    $crate::i18n::Language::English => &Self::EN,
                }
            }
        }
    };
}
pub(crate) use texts;
