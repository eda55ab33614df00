//! The key of this device, and what it seals.
//!
//! AES-GCM under a key that WebCrypto made and will not hand out. It keeps what is stored from
//! somebody who copies the browser's files, not from somebody who holds the unlocked phone.

use indexed_db_futures::{database::Database, prelude::*, transaction::Transaction};
use js_sys::{Array, ArrayBuffer, Object, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, AesKeyGenParams, Crypto, CryptoKey, SubtleCrypto};

use crate::{
    Shelf, Trouble,
    schema::{reading, writing},
};

const ALGORITHM: &str = "AES-GCM";
const KEY_BITS: u16 = 256;
const NONCE_BYTES: usize = 12;
/// The key's own place. Spaces that a PIN opens will have others.
const DEVICE_KEY: &str = "device";

#[derive(Debug)]
pub(crate) struct Vault {
    key: CryptoKey,
}

impl Vault {
    /// Finds the key, or makes it. Of two tabs that make one, the first to store it wins.
    pub(crate) async fn open(database: &Database) -> Result<Self, Trouble> {
        if let Some(key) = stored(database).await? {
            return Ok(Self { key });
        }
        let fresh = fresh_key().await?;
        let transaction = writing(database, [Shelf::Keys])?;
        let store = transaction.object_store(Shelf::Keys.name())?;
        let other: Option<JsValue> = store.get(DEVICE_KEY).primitive()?.await?;
        let key = match other {
            Some(other) => other.unchecked_into(),
            None => {
                put(&transaction, &fresh)?;
                fresh
            }
        };
        drop(store);
        transaction.commit().await?;
        Ok(Self { key })
    }

    /// Puts the key beside what is stored in the same transaction: the storage may have been cleared
    /// since this page was opened.
    pub(crate) fn lie_beside(&self, transaction: &Transaction<'_>) -> Result<(), Trouble> {
        put(transaction, &self.key)
    }

    /// Seals `plain` for one place: moved to another, it does not open.
    pub(crate) async fn seal(&self, place: &str, plain: &[u8]) -> Result<Uint8Array, Trouble> {
        let mut nonce = [0_u8; NONCE_BYTES];
        let js_nonce = Uint8Array::new_with_length(NONCE_BYTES as u32);
        crypto()?
            .get_random_values_with_js_u8_array(&js_nonce)
            .map_err(|error| Trouble::of_js(&error))?;
        js_nonce.copy_to(&mut nonce);
        let sealed = subtle()?
            .encrypt_with_object_and_js_u8_array(
                &parameters(place, &js_nonce),
                &self.key,
                &Uint8Array::from(plain),
            )
            .map_err(|error| Trouble::of_js(&error))?;
        let sealed = bytes(sealed).await?;
        let whole = Uint8Array::new_with_length(NONCE_BYTES as u32 + sealed.length());
        whole.set(&js_nonce, 0);
        whole.set(&sealed, NONCE_BYTES as u32);
        Ok(whole)
    }

    /// # Errors
    /// [`Trouble::Damaged`]: it is not what was sealed for this place under this key.
    pub(crate) async fn unseal(&self, place: &str, whole: &Uint8Array) -> Result<Vec<u8>, Trouble> {
        if (whole.length() as usize) < NONCE_BYTES {
            return Err(Trouble::Damaged);
        }
        let nonce = whole.slice(0, NONCE_BYTES as u32);
        let sealed = whole.slice(NONCE_BYTES as u32, whole.length());
        let plain = subtle()?
            .decrypt_with_object_and_js_u8_array(&parameters(place, &nonce), &self.key, &sealed)
            .map_err(|error| Trouble::of_js(&error))?;
        Ok(bytes(plain).await?.to_vec())
    }
}

async fn stored(database: &Database) -> Result<Option<CryptoKey>, Trouble> {
    let transaction = reading(database, Shelf::Keys)?;
    let store = transaction.object_store(Shelf::Keys.name())?;
    let key: Option<JsValue> = store.get(DEVICE_KEY).primitive()?.await?;
    Ok(key.map(JsCast::unchecked_into))
}

fn put(transaction: &Transaction<'_>, key: &CryptoKey) -> Result<(), Trouble> {
    let store = transaction.object_store(Shelf::Keys.name())?;
    let key: &JsValue = key.as_ref();
    store.put(key.clone()).with_key(DEVICE_KEY).primitive()?;
    Ok(())
}

async fn fresh_key() -> Result<CryptoKey, Trouble> {
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let extractable = false;
    let made = subtle()?
        .generate_key_with_object(
            &AesKeyGenParams::new(ALGORITHM, KEY_BITS),
            extractable,
            &uses,
        )
        .map_err(|error| Trouble::of_js(&error))?;
    let key = JsFuture::from(made)
        .await
        .map_err(|error| Trouble::of_js(&error))?;
    Ok(key.unchecked_into())
}

fn parameters(place: &str, nonce: &Uint8Array) -> Object {
    let parameters = AesGcmParams::new_with_u8_array(ALGORITHM, nonce);
    parameters.set_additional_data_u8_array(&Uint8Array::from(place.as_bytes()));
    parameters.unchecked_into()
}

async fn bytes(promise: Promise) -> Result<Uint8Array, Trouble> {
    let buffer = JsFuture::from(promise)
        .await
        .map_err(|error| Trouble::of_js(&error))?;
    Ok(Uint8Array::new(&buffer.unchecked_into::<ArrayBuffer>()))
}

fn crypto() -> Result<Crypto, Trouble> {
    let crypto = js_sys::Reflect::get(&js_sys::global(), &"crypto".into()).ok();
    let crypto = crypto.and_then(|crypto| crypto.dyn_into::<Crypto>().ok());
    crypto.ok_or(Trouble::NoStorage)
}

/// Only https and loopback have it.
fn subtle() -> Result<SubtleCrypto, Trouble> {
    let subtle = crypto()?.subtle();
    match subtle.is_undefined() {
        true => Err(Trouble::NoStorage),
        false => Ok(subtle),
    }
}
