//! A long answer that was cut goes on from the byte where it stopped.
//!
//! The server names every long answer in the header [`HEADER`]. Whoever got only a part of it asks the same
//! question again, with the name and how many bytes are there. If the server still has that answer, the rest
//! comes, under the same name and with the byte it begins at; if not, the question is answered anew under
//! another name. Bytes are counted in the text as it is read, so each part is compressed for itself.

use std::{fmt, str::FromStr};

use uuid::Uuid;

/// Of answers and of the questions that go on with one: a [`Place`].
pub const HEADER: &str = "huiyin-answer";

/// A byte in an answer: `018f…;16384`. Without the byte it is the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub answer: Uuid,
    /// Bytes before it.
    pub from: usize,
}

impl Place {
    /// Whether what begins here continues these bytes of an answer.
    pub fn continues(&self, answer: Uuid, bytes: usize) -> bool {
        self.answer == answer && self.from == bytes
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.answer.simple())?;
        match self.from {
            0 => Ok(()),
            from => write!(f, ";{from}"),
        }
    }
}

/// The text is no place in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither the name of an answer nor a byte in one")]
pub struct NoPlace;

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (answer, from) = text.split_once(';').unwrap_or((text, "0"));
        Ok(Self {
            answer: answer.parse().map_err(|_| NoPlace)?,
            from: from.parse().map_err(|_| NoPlace)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: Uuid = Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0001);

    #[test]
    fn a_place_is_read_as_it_was_written() {
        for from in [0, 1, 16_384, usize::MAX] {
            let place = Place {
                answer: ANSWER,
                from,
            };
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        let whole = "018f0000000070008000000000000001".parse::<Place>();
        assert_eq!(whole.map(|place| place.from), Ok(0));
    }

    #[test]
    fn whatever_else_is_no_place() {
        for text in [
            "",
            ";",
            "1;2",
            "018f0000000070008000000000000001;",
            "018f0000000070008000000000000001;-1",
            "018f0000000070008000000000000001;1;2",
            "018f0000000070008000000000000001;99999999999999999999999",
        ] {
            assert_eq!(text.parse::<Place>(), Err(NoPlace), "{text:?}");
        }
    }

    #[test]
    fn only_the_next_byte_of_the_same_answer_continues_it() {
        let place = Place {
            answer: ANSWER,
            from: 10,
        };
        assert!(place.continues(ANSWER, 10));
        assert!(!place.continues(ANSWER, 9));
        assert!(!place.continues(Uuid::nil(), 10));
    }
}
