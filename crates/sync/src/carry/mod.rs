//! Letters in the hands of somebody else: a phone without a signal shows what waits in it as QR codes or writes it
//! into a file, and another phone, which has one, sends it. Only the server opens a letter.
//!
//! A letter is written in Crockford's base 32, which a QR code packs tightly, and is cut into parts:
//!
//! ```text
//! <number>.<part>.<parts>.<piece>
//! ```
//!
//! The number is made of everything the letter says. So parts find each other in any order and however often they
//! come, parts of two letters never mix, and what was changed on the way is told from what was not.
//!
//! Photos and recordings are too large for codes: they lie closed in the file, beside the letters of their words.

mod base32;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    attachment::{IMAGE_BYTES, MOST_IMAGES, MOST_RECORDINGS},
    division::CountyCode,
    ids::{AttachmentId, CommandId},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::letter::{
    Letter, POINT,
    medium::{MediumLetter, OVERHEAD},
};

/// Characters of a letter in one code: with the address before them a code of 85 modules, which a phone reads from
/// another's screen.
pub const PIECE: usize = 800;
/// Codes of one letter. Nobody holds a phone still for more: what is longer goes in a file.
pub const MOST_PARTS: usize = 16;
/// Bytes of a file: a cheap phone reads it at once.
pub const MOST_FILE_BYTES: usize = 8 << 20;
/// Bytes of photos and recordings, closed, in a file. What is more stays on its phone.
pub const MOST_MEDIA_BYTES: usize = 5 << 20;
/// Letters in a file.
pub const MOST_LETTERS: usize = 100;
/// Characters of one letter: longer than any form makes it, shorter than the server reads.
const MOST_CHARACTERS: usize = 128 * 1024;
/// Of 60 bits.
const NUMBER_CHARACTERS: usize = 12;
const VERSION: u8 = 1;
/// Version, id, county, key and sender.
const HEAD: usize = 1 + 16 + COUNTY + 2 + POINT;
const COUNTY: usize = 6;

/// A part of a letter, as it stands in an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    number: String,
    part: usize,
    parts: usize,
    piece: String,
}

/// What came together of one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Collected {
    /// All of it.
    Whole(Letter),
    /// These parts are still to come.
    Missing(Vec<usize>),
}

/// Why something is not carried. Nothing else is touched by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CarryProblem {
    /// It is no letter, nor a part of one.
    NotOne,
    /// It was one, and was changed on the way.
    Changed,
    /// It is for another county.
    OtherCounty,
    /// It is larger than letters are.
    TooLarge,
}

/// A photo or recording in the hands of somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedMedium {
    /// Which.
    pub attachment: AttachmentId,
    /// The command whose filing names it.
    pub of: CommandId,
    /// As it is sent ([`crate::letter::medium`]).
    pub closed: Vec<u8>,
}

/// What a file brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// The words.
    pub letters: Vec<Letter>,
    /// What follows them.
    pub media: Vec<CarriedMedium>,
}

/// A file of letters.
#[derive(Serialize, Deserialize)]
struct File {
    letters: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    media: Vec<WrittenMedium>,
}

/// A photo or recording as it stands in a file.
#[derive(Serialize, Deserialize)]
struct WrittenMedium {
    /// Made of everything else here.
    number: String,
    attachment: AttachmentId,
    of: CommandId,
    /// In base 64.
    closed: String,
}

impl Part {
    /// Of which letter it is.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Which part, from 1.
    pub fn part(&self) -> usize {
        self.part
    }

    /// A whole letter.
    fn whole(letter: &Letter) -> Option<Self> {
        let bytes = packed(letter)?;
        Some(Self {
            number: number_of(&bytes),
            part: 1,
            parts: 1,
            piece: base32::written(&bytes),
        })
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            number,
            part,
            parts,
            piece,
        } = self;
        write!(f, "{number}.{part}.{parts}.{piece}")
    }
}

impl FromStr for Part {
    type Err = CarryProblem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > MOST_CHARACTERS {
            return Err(CarryProblem::TooLarge);
        }
        let mut fields = text.trim().split('.');
        let mut field = || fields.next().ok_or(CarryProblem::NotOne);
        let (number, part, parts, piece) = (field()?, field()?, field()?, field()?);
        let count = |text: &str| text.parse().map_err(|_| CarryProblem::NotOne);
        let part = Self {
            number: base32::read_again(number).ok_or(CarryProblem::NotOne)?,
            part: count(part)?,
            parts: count(parts)?,
            piece: base32::read_again(piece).ok_or(CarryProblem::NotOne)?,
        };
        let fits = (1..=MOST_PARTS).contains(&part.parts) && (1..=part.parts).contains(&part.part);
        match fits && fields.next().is_none() && part.number.len() == NUMBER_CHARACTERS {
            true => Ok(part),
            false => Err(CarryProblem::NotOne),
        }
    }
}

/// The parts of a letter, for one code each; none where it is too long for codes.
pub fn parts(letter: &Letter) -> Option<Vec<Part>> {
    let whole = Part::whole(letter)?;
    let parts = whole.piece.len().div_ceil(PIECE);
    if parts > MOST_PARTS {
        return None;
    }
    // All of one length: the last is no smaller code than the others.
    let pieces = whole
        .piece
        .as_bytes()
        .chunks(whole.piece.len().div_ceil(parts));
    let pieces = pieces.enumerate().map(|(at, piece)| Part {
        number: whole.number.clone(),
        part: at + 1,
        parts,
        piece: String::from_utf8_lossy(piece).into_owned(),
    });
    Some(pieces.collect())
}

/// What came together of parts with one number. Of one that came twice the later counts.
///
/// # Errors
/// They are not of one letter, it was changed on the way, or it is for another county.
pub fn collected(parts: &[Part], county: &CountyCode) -> Result<Collected, CarryProblem> {
    let first = parts.first().ok_or(CarryProblem::NotOne)?;
    let belongs = |part: &Part| part.number == first.number && part.parts == first.parts;
    if !parts.iter().all(belongs) {
        return Err(CarryProblem::Changed);
    }
    let there: BTreeMap<usize, &str> = parts.iter().map(|it| (it.part, &*it.piece)).collect();
    let missing: Vec<usize> = (1..=first.parts)
        .filter(|part| !there.contains_key(part))
        .collect();
    if !missing.is_empty() {
        return Ok(Collected::Missing(missing));
    }
    let text: String = there.into_values().collect();
    let bytes = base32::read(&text).ok_or(CarryProblem::Changed)?;
    if number_of(&bytes) != first.number {
        return Err(CarryProblem::Changed);
    }
    let letter = unpacked(&bytes).ok_or(CarryProblem::NotOne)?;
    match letter.county == *county {
        true => Ok(Collected::Whole(letter)),
        false => Err(CarryProblem::OtherCounty),
    }
}

/// Letters as a file, with what follows them.
pub fn file(letters: &[Letter], media: &[CarriedMedium]) -> String {
    let letters = letters.iter().filter_map(Part::whole);
    let file = File {
        letters: letters.map(|whole| whole.to_string()).collect(),
        media: media.iter().map(WrittenMedium::of).collect(),
    };
    serde_json::to_string(&file).unwrap_or_default()
}

/// What is in a file: all of it or nothing.
///
/// # Errors
/// It is no such file, or something in it is not what it should be.
pub fn of_file(text: &str, county: &CountyCode) -> Result<Brought, CarryProblem> {
    if text.len() > MOST_FILE_BYTES {
        return Err(CarryProblem::TooLarge);
    }
    let File { letters, media } = serde_json::from_str(text).map_err(|_| CarryProblem::NotOne)?;
    if letters.is_empty() {
        return Err(CarryProblem::NotOne);
    }
    if letters.len() > MOST_LETTERS {
        return Err(CarryProblem::TooLarge);
    }
    let letters = letters
        .iter()
        .map(|text| match collected(&[text.parse()?], county)? {
            Collected::Whole(letter) => Ok(letter),
            Collected::Missing(_) => Err(CarryProblem::Changed),
        });
    let letters: Vec<Letter> = letters.collect::<Result<_, _>>()?;
    let media = media.into_iter().map(WrittenMedium::read);
    let media: Vec<CarriedMedium> = media.collect::<Result<_, _>>()?;
    for letter in &letters {
        let of_letter = media.iter().filter(|medium| medium.of == letter.letter);
        if of_letter.count() > MOST_IMAGES + MOST_RECORDINGS {
            return Err(CarryProblem::TooLarge);
        }
    }
    let has_words = |medium: &CarriedMedium| letters.iter().any(|it| it.letter == medium.of);
    match media.iter().all(has_words) {
        true => Ok(Brought { letters, media }),
        false => Err(CarryProblem::Changed),
    }
}

impl WrittenMedium {
    fn of(medium: &CarriedMedium) -> Self {
        let CarriedMedium {
            attachment,
            of,
            closed,
        } = medium;
        Self {
            number: medium.number(),
            attachment: *attachment,
            of: *of,
            closed: STANDARD.encode(closed),
        }
    }

    fn read(self) -> Result<CarriedMedium, CarryProblem> {
        let closed = STANDARD.decode(&self.closed);
        let medium = CarriedMedium {
            attachment: self.attachment,
            of: self.of,
            closed: closed.map_err(|_| CarryProblem::Changed)?,
        };
        if medium.number() != self.number || MediumLetter::of(&medium.closed).is_none() {
            return Err(CarryProblem::Changed);
        }
        match medium.closed.len() as u64 <= IMAGE_BYTES + OVERHEAD {
            true => Ok(medium),
            false => Err(CarryProblem::TooLarge),
        }
    }
}

impl CarriedMedium {
    fn number(&self) -> String {
        let names = [self.attachment.0.into_bytes(), self.of.0.into_bytes()];
        number_of(&[names.as_flattened(), &self.closed].concat())
    }
}

fn number_of(bytes: &[u8]) -> String {
    let mut number = base32::written(&Sha256::digest(bytes)[..8]);
    number.truncate(NUMBER_CHARACTERS);
    number
}

fn packed(letter: &Letter) -> Option<Vec<u8>> {
    let sender = STANDARD.decode(&letter.sender).ok()?;
    let closed = STANDARD.decode(&letter.closed).ok()?;
    let county = letter.county.as_str().as_bytes();
    if sender.len() != POINT || county.len() != COUNTY {
        return None;
    }
    let id = letter.letter.0.into_bytes();
    let key = letter.key.to_be_bytes();
    Some([&[VERSION], &id[..], county, &key, &sender, &closed].concat())
}

fn unpacked(bytes: &[u8]) -> Option<Letter> {
    let (head, closed) = bytes.split_at_checked(HEAD)?;
    let (version, head) = head.split_first()?;
    if *version != VERSION {
        return None;
    }
    let (id, head) = head.split_first_chunk()?;
    let (county, head) = head.split_at_checked(COUNTY)?;
    let (key, sender) = head.split_first_chunk()?;
    Some(Letter {
        letter: CommandId(Uuid::from_bytes(*id)),
        county: CountyCode::parse(std::str::from_utf8(county).ok()?).ok()?,
        key: u16::from_be_bytes(*key),
        sender: STANDARD.encode(sender),
        closed: STANDARD.encode(closed),
    })
}
