//! Text a person wrote: trimmed, bounded in characters, free of characters that cannot be stored.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a text was refused. Nothing of what was typed is kept here.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TextProblem {
    /// Nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// More characters (Unicode scalar values) than fit.
    #[error("{count} characters, at most {max} fit")]
    TooLong {
        /// How many there are.
        count: usize,
        /// How many fit.
        max: usize,
    },
    /// NUL or another control character.
    #[error("the text holds a control character")]
    ControlCharacter,
}

/// White space at the ends removed, line ends as `\n`; one to `max` characters, no control characters.
fn tidy(raw: &str, max: usize, multiline: bool) -> Result<String, TextProblem> {
    let text = raw.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(TextProblem::Empty);
    }
    let allowed = |c: char| !c.is_control() || (multiline && (c == '\n' || c == '\t'));
    if !text.chars().all(allowed) {
        return Err(TextProblem::ControlCharacter);
    }
    let count = text.chars().count();
    if count > max {
        return Err(TextProblem::TooLong { count, max });
    }
    Ok(text.to_owned())
}

macro_rules! text_type {
    ($($(#[$doc:meta])* $name:ident, $max:literal, $multiline:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters that fit.
            pub const MAX: usize = $max;

            /// # Errors
            /// [`TextProblem`] when nothing is left, too much is, or it holds control characters.
            pub fn parse(raw: &str) -> Result<Self, TextProblem> {
                tidy(raw, $max, $multiline).map(Self)
            }

            /// The text as it was understood.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextProblem;

            fn try_from(raw: String) -> Result<Self, TextProblem> {
                Self::parse(&raw)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        // What people wrote does not belong in logs.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({} characters)", stringify!($name), self.0.chars().count())
            }
        }
    )*};
}

text_type! {
    /// The name of a person or organisation, up to 50 characters.
    PersonName, 50, false;
    /// One line: a title, an address, a place; up to 120 characters.
    Line, 120, false;
    /// What the person wants to say, up to 2,000 characters.
    Paragraph, 2000, true;
    /// The body of an official document, up to 10,000 characters.
    LongText, 10000, true;
    /// A reply's plain sentence: what was decided, who does what by when; up to 150 characters.
    PlainSentence, 150, false;
}

impl PersonName {
    /// The name as the public may see it: the first character, then stars (王**).
    pub fn masked(&self) -> String {
        self.0
            .chars()
            .next()
            .into_iter()
            .chain("**".chars())
            .collect()
    }
}

/// Digits of any width as ASCII digits; the rest unchanged.
pub fn ascii_digits(raw: &str) -> String {
    raw.chars()
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_and_its_line_ends_are_one_kind() {
        assert_eq!(Paragraph::parse(" 一\r\n二 ").unwrap().as_str(), "一\n二");
    }

    #[test]
    fn two_thousand_characters_fit_and_one_more_is_refused_with_the_count() {
        assert!(Paragraph::parse(&"路".repeat(2000)).is_ok());
        assert_eq!(
            Paragraph::parse(&"路".repeat(2001)),
            Err(TextProblem::TooLong {
                count: 2001,
                max: 2000
            })
        );
    }

    #[test]
    fn nul_is_refused_and_emoji_and_arabic_are_kept() {
        assert_eq!(Line::parse("a\0b"), Err(TextProblem::ControlCharacter));
        assert_eq!(Line::parse("好👍 مرحبا").unwrap().as_str(), "好👍 مرحبا");
    }

    #[test]
    fn a_lone_surrogate_does_not_deserialise() {
        assert!(serde_json::from_str::<Line>(r#""\ud800""#).is_err());
    }

    #[test]
    fn debug_does_not_show_what_was_written() {
        assert_eq!(
            format!("{:?}", Line::parse("王小明").unwrap()),
            "Line(3 characters)"
        );
    }

    #[test]
    fn a_masked_name_shows_one_character() {
        assert_eq!(PersonName::parse("王小明").unwrap().masked(), "王**");
    }

    #[test]
    fn full_width_digits_are_understood() {
        assert_eq!(ascii_digits("１３８-0013"), "138-0013");
    }
}
