//! Keys derived once at start and kept for the life of the process.

use ed25519_dalek::SigningKey;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{DataKey, Label, LookupKind, MasterKey, open, random, seal};
use crate::{Aggregate, County, StoreError};

/// The name of the wrapped root secret in table `meta`.
pub(crate) const ROOT_SECRET: &str = "root_secret";
/// The master key has no id of its own; a wrong one fails to open the root secret.
const MASTER_ID: [u8; 16] = *b"huiyin-masterkey";

pub(crate) struct Keyring {
    master: DataKey,
    /// As it was read: another one in the database means another master key since.
    wrapped_root: Vec<u8>,
    index: Zeroizing<[u8; 32]>,
    digest: Zeroizing<[u8; 32]>,
    local: DataKey,
    checkpoint: SigningKey,
}

impl Keyring {
    /// A new root secret, wrapped for table `meta`.
    pub fn new_root(master: &MasterKey) -> Result<Vec<u8>, StoreError> {
        let root: Zeroizing<[u8; 32]> = Zeroizing::new(random()?);
        seal(&master_data_key(master), &root_label(), &root[..])
    }

    pub fn open(master: &MasterKey, wrapped_root: &[u8]) -> Result<Self, StoreError> {
        let master = master_data_key(master);
        let root = Zeroizing::new(
            open(&master, &root_label(), wrapped_root).map_err(|_| StoreError::WrongKey)?,
        );
        let hkdf = Hkdf::<Sha256>::new(None, &root);
        Ok(Self {
            master,
            wrapped_root: wrapped_root.to_vec(),
            index: derive(&hkdf, "blind index"),
            digest: derive(&hkdf, "digest"),
            local: DataKey {
                id: *b"huiyin-technical",
                secret: derive(&hkdf, "technical"),
            },
            checkpoint: SigningKey::from_bytes(&derive(&hkdf, "checkpoint")),
        })
    }

    /// Whether this is the wrapped root secret the keyring was opened from.
    pub fn is_of(&self, wrapped_root: &[u8]) -> bool {
        self.wrapped_root == wrapped_root
    }

    pub fn rewrap_root(&self, next: &MasterKey, wrapped: &[u8]) -> Result<Vec<u8>, StoreError> {
        let root = Zeroizing::new(open(&self.master, &root_label(), wrapped)?);
        seal(&master_data_key(next), &root_label(), &root)
    }

    pub fn rewrap(
        &self,
        next: &MasterKey,
        aggregate: &Aggregate<'_>,
        id: [u8; 16],
        wrapped: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let key = self.unwrap(aggregate, id, wrapped)?;
        seal(
            &master_data_key(next),
            &key_label(aggregate, id),
            &key.secret[..],
        )
    }

    /// A fresh data key and its wrapped form.
    pub fn new_data_key(
        &self,
        aggregate: &Aggregate<'_>,
    ) -> Result<(DataKey, Vec<u8>), StoreError> {
        let key = DataKey {
            id: random()?,
            secret: Zeroizing::new(random()?),
        };
        let wrapped = seal(&self.master, &key_label(aggregate, key.id), &key.secret[..])?;
        Ok((key, wrapped))
    }

    pub fn unwrap(
        &self,
        aggregate: &Aggregate<'_>,
        id: [u8; 16],
        wrapped: &[u8],
    ) -> Result<DataKey, StoreError> {
        let secret = Zeroizing::new(open(&self.master, &key_label(aggregate, id), wrapped)?);
        let secret: [u8; 32] = secret[..]
            .try_into()
            .map_err(|_| StoreError::corrupt("a data key of the wrong length"))?;
        Ok(DataKey {
            id,
            secret: Zeroizing::new(secret),
        })
    }

    /// Half of an HMAC-SHA-256: 128 bits cannot collide by chance and halve the index.
    pub fn blind(&self, county: County, kind: LookupKind, value: &str) -> Vec<u8> {
        let parts = [
            county.as_str().as_bytes(),
            kind.as_str().as_bytes(),
            value.as_bytes(),
        ];
        mac(&self.index, &parts)[..16].to_vec()
    }

    /// A keyed digest for comparing contents and hiding tokens: guessing needs the key.
    pub fn digest(&self, purpose: &str, content: &[u8]) -> [u8; 32] {
        mac(&self.digest, &[purpose.as_bytes(), content])
    }

    /// The key of technical records that belong to no aggregate (drafts, TOTP secrets).
    pub fn technical(&self) -> &DataKey {
        &self.local
    }

    pub fn checkpoint_key(&self) -> &SigningKey {
        &self.checkpoint
    }
}

fn master_data_key(master: &MasterKey) -> DataKey {
    DataKey {
        id: MASTER_ID,
        secret: Zeroizing::new(*master.expose()),
    }
}

fn root_label() -> Label {
    Label::of(&[b"huiyin", b"root secret"])
}

fn key_label(aggregate: &Aggregate<'_>, id: [u8; 16]) -> Label {
    Label::of(&[
        aggregate.county.as_str().as_bytes(),
        aggregate.kind.as_bytes(),
        aggregate.id.as_bytes(),
        b"data key",
        &id,
    ])
}

fn derive(hkdf: &Hkdf<Sha256>, purpose: &str) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    hkdf.expand(purpose.as_bytes(), &mut key[..])
        .expect("32 bytes is a valid HKDF length");
    key
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(Label::of(parts).bytes());
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_master_key_is_refused() {
        let root = Keyring::new_root(&MasterKey::from_bytes([1; 32])).unwrap();
        assert!(Keyring::open(&MasterKey::from_bytes([1; 32]), &root).is_ok());
        let refused = Keyring::open(&MasterKey::from_bytes([2; 32]), &root).err();
        assert_eq!(refused, Some(StoreError::WrongKey));
    }

    #[test]
    fn the_same_number_in_two_counties_or_kinds_has_unlike_digests() {
        let master = MasterKey::from_bytes([1; 32]);
        let keyring = Keyring::open(&master, &Keyring::new_root(&master).unwrap()).unwrap();
        let here = County::parse("330726").unwrap();
        let there = County::parse("330727").unwrap();
        let digest = keyring.blind(here, LookupKind::Phone, "13900000000");
        assert_eq!(
            digest,
            keyring.blind(here, LookupKind::Phone, "13900000000")
        );
        assert_ne!(
            digest,
            keyring.blind(there, LookupKind::Phone, "13900000000")
        );
        assert_ne!(digest, keyring.blind(here, LookupKind::Name, "13900000000"));
    }
}
