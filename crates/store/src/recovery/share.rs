//! A master key in three shares (Shamir over GF(256)): any two give it back, one says nothing.
//!
//! A share is 27 words of the sheet's list: three that say which share of which set it is, with a
//! checksum over the whole, then its 32 bytes as the sheet writes a key.
//!
//! ```text
//! number (2 bits) ‖ set (20 bits) ‖ checksum (11 bits) ‖ 24 words (BIP-39)
//! ```

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{SetName, SheetError, SheetLanguage, list, list_of, of_bytes, to_bytes};
use crate::crypto::random;
use crate::{MasterKey, StoreError};

/// How many words a share has.
pub const SHARE_WORDS: usize = HEAD + 24;
const HEAD: usize = 3;
const SET_BITS: u32 = 20;
/// In a word of the list.
const WORD_BITS: u32 = 11;
/// How many shares give the key back.
const ENOUGH: blahaj::Sharks = blahaj::Sharks(2);

/// One of three.
pub struct Share {
    /// 1, 2 or 3.
    number: u8,
    set: u32,
    bytes: Zeroizing<[u8; 32]>,
}

/// Three shares of a new set. Another call gives others, which do not go together with these.
///
/// # Errors
/// The system gives no random numbers.
pub fn shares(key: &MasterKey) -> Result<[Share; 3], StoreError> {
    let [a, b, c]: [u8; 3] = random()?;
    let set = u32::from_be_bytes([0, a, b, c]) >> (24 - SET_BITS);
    let mut dealt = ENOUGH.dealer(key.expose());
    let mut next = |number| -> Result<Share, StoreError> {
        let dealt = dealt.next();
        let whole = Zeroizing::new(dealt.as_ref().map(Vec::from).unwrap_or_default());
        let bytes = whole.get(1..).and_then(|bytes| bytes.try_into().ok());
        let bytes = bytes.ok_or_else(|| StoreError::corrupt("a share of the wrong length"))?;
        Ok(Share {
            number,
            set,
            bytes: Zeroizing::new(bytes),
        })
    };
    Ok([next(1)?, next(2)?, next(3)?])
}

impl Share {
    /// 1, 2 or 3.
    #[must_use]
    pub fn number(&self) -> u8 {
        self.number
    }

    /// What is printed on all three, to tell sets apart.
    #[must_use]
    pub fn set(&self) -> SetName {
        SetName(self.set)
    }

    #[must_use]
    pub fn words(&self, language: SheetLanguage) -> Vec<&'static str> {
        let head = (u32::from(self.number) << SET_BITS) | self.set;
        let words = list(language).word_list();
        let at = |place: u32| words[place as usize % words.len()];
        let mut all = vec![at(head >> WORD_BITS), at(head), at(self.checksum())];
        all.extend(of_bytes(&self.bytes, language));
        all
    }

    fn checksum(&self) -> u32 {
        let mut hash = Sha256::new();
        hash.update(b"huiyin share 1");
        hash.update([self.number]);
        hash.update(self.set.to_be_bytes());
        hash.update(&self.bytes[..]);
        let [a, b, ..]: [u8; 32] = hash.finalize().into();
        u32::from(u16::from_be_bytes([a, b]) >> (16 - WORD_BITS))
    }
}

/// A share of 27 words, after `before` others.
pub(super) fn read(words: &[String], before: usize) -> Result<Share, SheetError> {
    let (head, rest) = words.split_at(HEAD);
    let list = list_of(head);
    let mut places = [0; HEAD];
    for ((place, word), nth) in places.iter_mut().zip(head).zip(1..) {
        let found = list.find_word(word);
        *place = u32::from(found.ok_or(SheetError::UnknownWord(before + nth))?);
    }
    let [high, low, checksum] = places;
    let whole = (high << WORD_BITS) | low;
    let share = Share {
        number: (whole >> SET_BITS) as u8,
        set: whole & ((1 << SET_BITS) - 1),
        bytes: Zeroizing::new(to_bytes(rest, before + HEAD)?),
    };
    let right = share.checksum() == checksum && (1..=3).contains(&share.number);
    right.then_some(share).ok_or(SheetError::Checksum)
}

/// Two or three shares, one after another.
pub(super) fn join(words: &[String]) -> Result<MasterKey, SheetError> {
    let shares: Vec<Share> = (0..)
        .zip(words.chunks(SHARE_WORDS))
        .map(|(nth, words)| read(words, nth * SHARE_WORDS))
        .collect::<Result<_, _>>()?;
    for (place, share) in shares.iter().enumerate() {
        let before = &shares[..place];
        if let Some(first) = before.iter().find(|first| first.set != share.set) {
            let (first, other) = (first.set(), share.set());
            return Err(SheetError::OtherSet { first, other });
        }
        if before.iter().any(|known| known.number == share.number) {
            return Err(SheetError::SameShare(share.number));
        }
    }
    let key = recover(&shares[..2])?;
    // A third one says nothing new, unless it was altered.
    if recover(&shares[shares.len() - 2..])?.expose() != key.expose() {
        return Err(SheetError::Unfitting);
    }
    Ok(key)
}

fn recover(two: &[Share]) -> Result<MasterKey, SheetError> {
    let points: Vec<blahaj::Share> = two
        .iter()
        .map(|share| {
            let point = Zeroizing::new([&[share.number], &share.bytes[..]].concat());
            blahaj::Share::try_from(&point[..]).map_err(|_| SheetError::Unfitting)
        })
        .collect::<Result<_, _>>()?;
    let key = ENOUGH.recover(&points).map_err(|_| SheetError::Unfitting)?;
    let key = Zeroizing::new(key);
    let key = key[..].try_into().map_err(|_| SheetError::Unfitting)?;
    Ok(MasterKey::from_bytes(key))
}

#[cfg(test)]
mod tests {
    use super::super::read_words;
    use super::*;

    fn key() -> MasterKey {
        MasterKey::from_bytes([0xA7; 32])
    }

    fn typed(share: &Share, language: SheetLanguage) -> String {
        share.words(language).join(" ") + "\n"
    }

    #[test]
    fn any_two_give_the_key_back_in_either_language_and_order() {
        use SheetLanguage::{Chinese, English};
        let three = shares(&key()).unwrap();
        for (a, b) in [(0, 1), (0, 2), (1, 2), (2, 0)] {
            let mixed = typed(&three[a], Chinese) + &typed(&three[b], English);
            for text in [
                mixed,
                typed(&three[a], English) + &typed(&three[b], English),
                three[a].words(Chinese).concat() + &three[b].words(Chinese).concat(),
            ] {
                assert_eq!(read_words(&text).unwrap().expose(), key().expose());
            }
        }
        let all: String = three.iter().map(|it| typed(it, Chinese)).collect();
        assert_eq!(read_words(&all).unwrap().expose(), key().expose());
    }

    #[test]
    fn one_share_is_told_and_opens_nothing() {
        let [one, ..] = shares(&key()).unwrap();
        let text = typed(&one, SheetLanguage::Chinese);
        assert_eq!(read_words(&text).err(), Some(SheetError::OneShare));
        assert_eq!(
            read_words(&text.repeat(2)).err(),
            Some(SheetError::SameShare(1))
        );
        // Its 24 words alone are a key, but not this one.
        let bytes: Vec<_> = one.words(SheetLanguage::Chinese)[HEAD..].to_vec();
        assert_ne!(
            read_words(&bytes.concat()).unwrap().expose(),
            key().expose()
        );
    }

    /// With one share every key is as likely as any other: for each there is a second share.
    #[test]
    fn one_share_fits_every_key() {
        let [one, ..] = shares(&key()).unwrap();
        let other_key = MasterKey::from_bytes([0x11; 32]);
        // The line through the other key at 0 and this share at 1 has a point at 2.
        let points = [
            [&[0], &other_key.expose()[..]].concat(),
            [&[1], &one.bytes[..]].concat(),
        ];
        // Moving the axis by 2 (addition is XOR) asks for that point.
        let moved = points.map(|point| {
            let moved = [&[point[0] ^ 2], &point[1..]].concat();
            blahaj::Share::try_from(&moved[..]).unwrap()
        });
        let second = ENOUGH.recover(&moved).unwrap();
        let second = Share {
            number: 2,
            set: one.set,
            bytes: Zeroizing::new(second.try_into().unwrap()),
        };
        assert_eq!(
            recover(&[one, second]).unwrap().expose(),
            other_key.expose()
        );
    }

    #[test]
    fn shares_of_two_sets_are_refused() {
        let (first, other) = (shares(&key()).unwrap(), shares(&key()).unwrap());
        let text =
            typed(&first[0], SheetLanguage::English) + &typed(&other[1], SheetLanguage::English);
        let refused = read_words(&text).err().unwrap();
        assert!(matches!(refused, SheetError::OtherSet { .. }), "{refused}");
        let sentence = refused.to_string();
        assert!(sentence.contains(&first[0].set().to_string()), "{sentence}");
        assert!(sentence.contains("different sets"), "{sentence}");
    }

    #[test]
    fn every_wrong_word_is_noticed() {
        // Fixed ones: a checksum of 11 bits misses one change in 2,048.
        let [one, two] = [1, 2].map(|number| Share {
            number,
            set: 0x1_2345,
            bytes: Zeroizing::new([number; 32]),
        });
        let second = typed(&two, SheetLanguage::English);
        for place in 0..SHARE_WORDS {
            let mut words = one.words(SheetLanguage::English);
            words[place] = if words[place] == "zoo" { "able" } else { "zoo" };
            let refused = read_words(&(words.join(" ") + " " + &second)).err();
            assert_eq!(refused, Some(SheetError::Checksum), "word {place}");
        }
        let mut words = one.words(SheetLanguage::English);
        words[20] = "huiyin";
        let refused = read_words(&(second + &words.join(" "))).err();
        assert_eq!(refused, Some(SheetError::UnknownWord(SHARE_WORDS + 21)));
    }
}
