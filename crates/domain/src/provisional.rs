//! What a request is called before there is a receipt.

use std::fmt;

use uuid::Uuid;

use crate::{
    code::{CROCKFORD, crockford},
    ids::CommandId,
};

const CHARACTERS: u32 = 12;
/// The version of every id that a device makes.
const VERSION: u64 = 7;

/// Twelve characters made of a command's id, shown 4-4-4. The phone shows it while the request waits;
/// the office finds by it what became of the request. It opens nothing.
///
/// The first 60 bits that say something of a UUIDv7: its millisecond and twelve random bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProvisionalNumber(u64);

impl ProvisionalNumber {
    /// Of the command with this id.
    pub fn of(command: CommandId) -> Self {
        let (high, _) = command.0.as_u64_pair();
        Self((high >> 16) << 12 | (high & 0xfff))
    }

    /// Spaces and hyphens are accepted; I and L read as 1, O as 0. None where it is not twelve characters.
    pub fn parse(raw: &str) -> Option<Self> {
        let typed = crockford(raw);
        if typed.len() != CHARACTERS as usize {
            return None;
        }
        let value = |character| CROCKFORD.iter().position(|known| *known == character);
        let mut bits = 0;
        for character in typed.bytes() {
            bits = bits << 5 | value(character)? as u64;
        }
        Some(Self(bits))
    }

    /// The first and the last id it may be of.
    pub fn ids(self) -> (Uuid, Uuid) {
        let high = (self.0 >> 12) << 16 | VERSION << 12 | (self.0 & 0xfff);
        (
            Uuid::from_u64_pair(high, 0),
            Uuid::from_u64_pair(high, u64::MAX),
        )
    }
}

impl fmt::Display for ProvisionalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..CHARACTERS).rev() {
            let character = CROCKFORD[(self.0 >> (5 * place) & 31) as usize];
            write!(f, "{}", char::from(character))?;
            if place % 4 == 0 && place > 0 {
                f.write_str("-")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> CommandId {
        CommandId(text.parse().unwrap())
    }

    #[test]
    fn it_is_read_as_it_was_shown() {
        let number = ProvisionalNumber::of(id("0193f5a0-1b2c-7d3e-8f40-112233445566"));
        let shown = number.to_string();
        assert_eq!(shown.len(), 14);
        assert_eq!(ProvisionalNumber::parse(&shown), Some(number));
        let as_typed = shown.to_lowercase().replace('-', " ").replace('0', "o");
        assert_eq!(ProvisionalNumber::parse(&as_typed), Some(number));
    }

    #[test]
    fn it_names_the_ids_of_its_millisecond_and_twelve_random_bits() {
        let made = id("0193f5a0-1b2c-7d3e-8f40-112233445566");
        let (first, last) = ProvisionalNumber::of(made).ids();
        assert!(first <= made.0 && made.0 <= last);
        let other = id("0193f5a0-1b2c-7d3f-8f40-112233445566");
        assert_ne!(ProvisionalNumber::of(other), ProvisionalNumber::of(made));
        assert!(other.0 > last);
    }

    #[test]
    fn what_has_another_length_is_none() {
        for raw in ["", "ABC", "0123456789A", "0123456789ABC", "陈水根"] {
            assert_eq!(ProvisionalNumber::parse(raw), None, "{raw}");
        }
    }
}
