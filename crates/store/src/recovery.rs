//! The recovery sheet: a master key as 24 words with a checksum (BIP-39).
//!
//! Each word of the Chinese list is one character, so the sheet is 24 characters to copy.

use bip39::{Language, Mnemonic};

use crate::MasterKey;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetLanguage {
    Chinese,
    English,
}

/// Why typed words are not a sheet. The text never repeats the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    #[error("a recovery sheet has 24 words, these are {0}")]
    WordCount(usize),
    #[error("word {0} is not in the list")]
    UnknownWord(usize),
    #[error("one of the words is wrong or in the wrong place")]
    Checksum,
}

#[must_use]
pub fn words(key: &MasterKey, language: SheetLanguage) -> Vec<&'static str> {
    Mnemonic::from_entropy_in(list(language), key.expose())
        .expect("32 bytes are 24 words")
        .words()
        .collect()
}

/// Reads a sheet in either language, words apart by spaces or, in Chinese, by nothing at all.
pub fn read_words(text: &str) -> Result<MasterKey, SheetError> {
    let english = text.chars().any(|c| c.is_ascii_alphabetic());
    let words: Vec<String> = if english {
        text.split_whitespace()
            .map(str::to_ascii_lowercase)
            .collect()
    } else {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .map(String::from)
            .collect()
    };
    if words.len() != 24 {
        return Err(SheetError::WordCount(words.len()));
    }
    let list = list(if english {
        SheetLanguage::English
    } else {
        SheetLanguage::Chinese
    });
    let parsed = Mnemonic::parse_in_normalized(list, &words.join(" ")).map_err(|e| match e {
        bip39::Error::UnknownWord(place) => SheetError::UnknownWord(place + 1),
        _ => SheetError::Checksum,
    })?;
    let (bytes, _) = parsed.to_entropy_array();
    let mut key = [0; 32];
    key.copy_from_slice(&bytes[..32]);
    Ok(MasterKey::from_bytes(key))
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
