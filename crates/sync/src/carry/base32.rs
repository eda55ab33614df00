//! Crockford's base 32 over bytes: upper-case letters and digits, which a QR code packs into five and a half bits each.

use domain::code::{CROCKFORD, crockford};

const BITS: u32 = 5;

pub fn written(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= BITS {
            bits -= BITS;
            text.push(character(held >> bits));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(character(held << (BITS - bits)));
    }
    text
}

/// None where it is not what [`written`] gives.
pub fn read(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut held, mut bits) = (0_u32, 0);
    for character in text.bytes() {
        let value = CROCKFORD.iter().position(|known| *known == character)?;
        held = held << BITS | u32::try_from(value).ok()?;
        bits += BITS;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    (held == 0 && bits < BITS).then_some(bytes)
}

/// As it was written, though somebody's keyboard or app changed its case; none where something else is in it.
pub fn read_again(text: &str) -> Option<String> {
    let again = crockford(text);
    (!again.is_empty() && again.len() == text.len()).then_some(again)
}

fn character(value: u32) -> char {
    char::from(CROCKFORD[(value & 31) as usize])
}
