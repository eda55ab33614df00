//! The recovery sheet: a master key as 24 words with a checksum (BIP-39), or as three shares of
//! which any two give it back.
//!
//! Each word of the Chinese list is one character, so the sheet is 24 characters to copy.

mod share;

use bip39::{Language, Mnemonic};

pub use share::{SHARE_WORDS, Share, shares};

use crate::MasterKey;

/// As many as 32 bytes need.
const SHEET_WORDS: usize = 24;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetLanguage {
    Chinese,
    English,
}

/// Why typed words are not a sheet. The text never repeats the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    #[error(
        "a recovery sheet has 24 words, and two shares have 27 each: these are {0} words in all"
    )]
    WordCount(usize),
    #[error("word {0} is not in the list")]
    UnknownWord(usize),
    #[error("one of the words is wrong or in the wrong place")]
    Checksum,
    #[error("this is one share of three, and opens nothing alone: give a second one with it")]
    OneShare,
    #[error("this is share {0} twice: give two different ones")]
    SameShare(u8),
    #[error(
        "these shares are of different sets ({first} and {other}): take two sheets with the same \
         set printed on them"
    )]
    OtherSet { first: SetName, other: SetName },
    #[error("these shares are of one set and do not fit together: one of them was altered")]
    Unfitting,
}

/// What is printed on the shares that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetName(u32);

impl std::fmt::Display for SetName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:05X}", self.0)
    }
}

#[must_use]
pub fn words(key: &MasterKey, language: SheetLanguage) -> Vec<&'static str> {
    of_bytes(key.expose(), language)
}

/// Reads a sheet, or two or three shares one after another, in either language; words apart by
/// spaces or, in Chinese, by nothing at all.
pub fn read_words(text: &str) -> Result<MasterKey, SheetError> {
    let words = split(text);
    match words.len() {
        SHEET_WORDS => Ok(MasterKey::from_bytes(to_bytes(&words, 0)?)),
        SHARE_WORDS => share::read(&words, 0).and(Err(SheetError::OneShare)),
        count if count % SHARE_WORDS == 0 && (2..=3).contains(&(count / SHARE_WORDS)) => {
            share::join(&words)
        }
        count => Err(SheetError::WordCount(count)),
    }
}

/// English words end at a space, each Chinese character is a word.
fn split(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut in_english = false;
    for c in text.chars() {
        let english = c.is_ascii() && !c.is_whitespace();
        match words.last_mut() {
            Some(word) if english && in_english => word.push(c.to_ascii_lowercase()),
            _ if c.is_whitespace() => {}
            _ => words.push(c.to_ascii_lowercase().to_string()),
        }
        in_english = english;
    }
    words
}

fn of_bytes(bytes: &[u8; 32], language: SheetLanguage) -> Vec<&'static str> {
    Mnemonic::from_entropy_in(list(language), bytes)
        .expect("32 bytes are 24 words")
        .words()
        .collect()
}

/// The 24 words that come after `before` others.
fn to_bytes(words: &[String], before: usize) -> Result<[u8; 32], SheetError> {
    let parsed = Mnemonic::parse_in_normalized(list_of(words), &words.join(" "));
    let parsed = parsed.map_err(|error| match error {
        bip39::Error::UnknownWord(place) => SheetError::UnknownWord(before + place + 1),
        _ => SheetError::Checksum,
    })?;
    let (bytes, _) = parsed.to_entropy_array();
    let mut key = [0; 32];
    key.copy_from_slice(&bytes[..32]);
    Ok(key)
}

/// The list that the first word is of.
fn list_of(words: &[String]) -> Language {
    let english = words.first().is_some_and(|word| word.is_ascii());
    list(if english {
        SheetLanguage::English
    } else {
        SheetLanguage::Chinese
    })
}

fn list(language: SheetLanguage) -> Language {
    match language {
        SheetLanguage::Chinese => Language::SimplifiedChinese,
        SheetLanguage::English => Language::English,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_lead_back_to_the_key() {
        let key = MasterKey::from_bytes([0xA7; 32]);
        for language in [SheetLanguage::Chinese, SheetLanguage::English] {
            let sheet = words(&key, language).join(" ");
            assert_eq!(read_words(&sheet).unwrap().expose(), key.expose());
        }
        let unspaced = words(&key, SheetLanguage::Chinese).concat();
        assert_eq!(read_words(&unspaced).unwrap().expose(), key.expose());
    }

    #[test]
    fn a_wrong_sheet_is_told_by_its_kind() {
        let key = MasterKey::from_bytes([0xA7; 32]);
        let mut sheet = words(&key, SheetLanguage::English);
        assert_eq!(
            read_words(&sheet[1..].join(" ")).err(),
            Some(SheetError::WordCount(23))
        );
        sheet[4] = if sheet[4] == "zoo" { "abandon" } else { "zoo" };
        assert_eq!(
            read_words(&sheet.join(" ")).err(),
            Some(SheetError::Checksum)
        );
        sheet[4] = "huiyin";
        assert_eq!(
            read_words(&sheet.join(" ")).err(),
            Some(SheetError::UnknownWord(5))
        );
    }
}
