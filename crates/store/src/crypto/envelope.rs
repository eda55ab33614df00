//! One sealed field: `suite (1) ‖ key id (16) ‖ nonce (24) ‖ ciphertext and tag`.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::random;
use crate::{Aggregate, StoreError};

/// XChaCha20-Poly1305. A county that must use SM4 gets another number, not another layout.
const SUITE: u8 = 1;
const KEY_ID: std::ops::Range<usize> = 1..17;
const NONCE: std::ops::Range<usize> = 17..41;

/// The key of one aggregate. Destroying it erases everything sealed with it.
#[derive(Clone)]
pub(crate) struct DataKey {
    pub id: [u8; 16],
    pub secret: Zeroizing<[u8; 32]>,
}

/// Where a ciphertext belongs. It is authenticated, so a ciphertext moved elsewhere does not open.
pub(crate) struct Label(Vec<u8>);

impl Label {
    pub fn field(aggregate: &Aggregate<'_>, field: &str) -> Self {
        Self::of(&[
            aggregate.county.as_str().as_bytes(),
            aggregate.kind.as_bytes(),
            aggregate.id.as_bytes(),
            field.as_bytes(),
        ])
    }

    /// Each part carries its length: no two lists of parts give the same label.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut label = Vec::new();
        for part in parts {
            label.extend_from_slice(&(part.len() as u64).to_be_bytes());
            label.extend_from_slice(part);
        }
        Self(label)
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

pub(crate) fn seal(key: &DataKey, label: &Label, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
    let nonce: [u8; 24] = random()?;
    let payload = Payload {
        msg: plain,
        aad: label.bytes(),
    };
    let sealed = XChaCha20Poly1305::new(&(*key.secret).into())
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| StoreError::corrupt("a text too long to seal"))?;
    let mut out = Vec::with_capacity(NONCE.end + sealed.len());
    out.push(SUITE);
    out.extend_from_slice(&key.id);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&sealed);
    Ok(out)
}

pub(crate) fn open(key: &DataKey, label: &Label, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let damaged = || StoreError::corrupt("a sealed field does not open");
    if sealed.first() != Some(&SUITE) || sealed.get(KEY_ID) != Some(&key.id[..]) {
        return Err(damaged());
    }
    let nonce: [u8; 24] = sealed
        .get(NONCE)
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(damaged)?;
    let payload = Payload {
        msg: &sealed[NONCE.end..],
        aad: label.bytes(),
    };
    XChaCha20Poly1305::new(&(*key.secret).into())
        .decrypt(&XNonce::from(nonce), payload)
        .map_err(|_| damaged())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> DataKey {
        DataKey {
            id: [7; 16],
            secret: Zeroizing::new([9; 32]),
        }
    }

    #[test]
    fn a_field_opens_only_at_its_own_place() {
        let name = Label::of(&[b"330726", b"case", b"name"]);
        let phone = Label::of(&[b"330726", b"case", b"phone"]);
        let sealed = seal(&key(), &name, "张三".as_bytes()).unwrap();
        assert_eq!(open(&key(), &name, &sealed).unwrap(), "张三".as_bytes());
        assert!(open(&key(), &phone, &sealed).is_err());
    }

    #[test]
    fn every_flipped_byte_is_noticed() {
        let label = Label::of(&[b"x"]);
        let sealed = seal(&key(), &label, b"text").unwrap();
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(open(&key(), &label, &changed).is_err(), "byte {place}");
        }
        assert!(open(&key(), &label, &sealed[..20]).is_err());
    }

    #[test]
    fn labels_do_not_run_together() {
        assert_ne!(
            Label::of(&[b"ab", b"c"]).bytes(),
            Label::of(&[b"a", b"bc"]).bytes()
        );
    }
}
