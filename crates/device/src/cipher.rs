//! What WebCrypto does here, and nothing else: AES-GCM, a slow hash of a PIN, agreeing on a secret.

use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AesGcmParams, AesKeyGenParams, Crypto, CryptoKey, EcKeyGenParams, EcKeyImportParams,
    EcdhKeyDeriveParams, Pbkdf2Params, SubtleCrypto,
};

use crate::Trouble;

const AES: &str = "AES-GCM";
const AES_BITS: u16 = 256;
const NONCE_BYTES: u32 = 12;
const SLOW_HASH: &str = "PBKDF2";
const AGREEMENT: &str = "ECDH";
const CURVE: &str = "P-256";
const RAW: &str = "raw";

/// Whether a key's bytes can be read again. Only a key that is to be wrapped under another needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bytes {
    Hidden,
    ToWrap,
}

/// A new key of AES-256-GCM.
pub async fn fresh_key(bytes: Bytes) -> Result<CryptoKey, Trouble> {
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let made = subtle()?.generate_key_with_object(
        &AesKeyGenParams::new(AES, AES_BITS),
        bytes == Bytes::ToWrap,
        &uses,
    );
    key(made).await
}

/// A key of AES-256-GCM from its bytes.
pub async fn key_of(bytes: &[u8]) -> Result<CryptoKey, Trouble> {
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let bytes = Uint8Array::from(bytes);
    let imported = subtle()?.import_key_with_str(RAW, &bytes, AES, false, &uses);
    key(imported).await
}

/// The bytes of a key that was made to be wrapped, or of a public one.
pub async fn bytes_of(key: &CryptoKey) -> Result<Vec<u8>, Trouble> {
    let exported = subtle()?.export_key(RAW, key);
    Ok(bytes(exported).await?.to_vec())
}

/// Random bytes.
pub fn random<const N: usize>() -> Result<[u8; N], Trouble> {
    let mut random = [0; N];
    random_array(N as u32)?.copy_to(&mut random);
    Ok(random)
}

/// Seals `plain`, with a nonce of its own in front, for one place: moved to another, it does not open.
pub async fn seal(key: &CryptoKey, place: &str, plain: &[u8]) -> Result<Uint8Array, Trouble> {
    let nonce = random_array(NONCE_BYTES)?;
    let sealed = encrypted(key, &nonce, place.as_bytes(), plain).await?;
    let whole = Uint8Array::new_with_length(NONCE_BYTES + sealed.length());
    whole.set(&nonce, 0);
    whole.set(&sealed, NONCE_BYTES);
    Ok(whole)
}

/// # Errors
/// [`Trouble::Damaged`]: it is not what was sealed for this place under this key.
pub async fn unseal(key: &CryptoKey, place: &str, whole: &Uint8Array) -> Result<Vec<u8>, Trouble> {
    if whole.length() < NONCE_BYTES {
        return Err(Trouble::Damaged);
    }
    let nonce = whole.slice(0, NONCE_BYTES);
    let sealed = whole.slice(NONCE_BYTES, whole.length());
    let parameters = aes(&nonce, place.as_bytes());
    let plain = subtle()?.decrypt_with_object_and_js_u8_array(&parameters, key, &sealed);
    Ok(bytes(plain).await?.to_vec())
}

/// AES-GCM without a nonce in front.
pub async fn encrypted(
    key: &CryptoKey,
    nonce: &Uint8Array,
    beside: &[u8],
    plain: &[u8],
) -> Result<Uint8Array, Trouble> {
    let plain = Uint8Array::from(plain);
    let parameters = aes(nonce, beside);
    bytes(subtle()?.encrypt_with_object_and_js_u8_array(&parameters, key, &plain)).await
}

/// A key from a PIN, slowly: PBKDF2 with SHA-256, the one slow hash a browser has.
pub async fn key_of_pin(pin: &str, salt: &[u8], rounds: u32) -> Result<CryptoKey, Trouble> {
    let subtle = subtle()?;
    let uses = Array::of1(&"deriveKey".into());
    let pin = Uint8Array::from(pin.as_bytes());
    let pin = key(subtle.import_key_with_str(RAW, &pin, SLOW_HASH, false, &uses)).await?;
    let hash = Pbkdf2Params::new_with_str(SLOW_HASH, "SHA-256", rounds, &Uint8Array::from(salt));
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let derived = subtle.derive_key_with_object_and_object(
        &hash,
        &pin,
        &AesKeyGenParams::new(AES, AES_BITS),
        false,
        &uses,
    );
    key(derived).await
}

/// A secret agreed on with the holder of a P-256 key, and the public key of this side, made for it.
pub async fn agreed_with(public: &[u8]) -> Result<(Vec<u8>, Vec<u8>), Trouble> {
    let subtle = subtle()?;
    let import = EcKeyImportParams::new(AGREEMENT);
    import.set_named_curve(CURVE);
    let public = Uint8Array::from(public);
    let theirs =
        key(subtle.import_key_with_object(RAW, &public, &import, false, &Array::new())).await?;
    let uses = Array::of1(&"deriveBits".into());
    let ours = subtle
        .generate_key_with_object(&EcKeyGenParams::new(AGREEMENT, CURVE), false, &uses)
        .map_err(|error| Trouble::of_js(&error))?;
    let ours = JsFuture::from(ours).await;
    let ours = ours.map_err(|error| Trouble::of_js(&error))?;
    let half = |name: &str| {
        let half = Reflect::get(&ours, &name.into()).ok();
        half.and_then(|half| half.dyn_into::<CryptoKey>().ok())
            .ok_or(Trouble::NoStorage)
    };
    let sender = bytes_of(&half("publicKey")?).await?;
    let agreement = EcdhKeyDeriveParams::new(AGREEMENT, &theirs);
    let agreed = subtle.derive_bits_with_object(&agreement, &half("privateKey")?, 256);
    Ok((bytes(agreed).await?.to_vec(), sender))
}

fn aes(nonce: &Uint8Array, beside: &[u8]) -> Object {
    let parameters = AesGcmParams::new_with_u8_array(AES, nonce);
    parameters.set_additional_data_u8_array(&Uint8Array::from(beside));
    parameters.unchecked_into()
}

fn random_array(length: u32) -> Result<Uint8Array, Trouble> {
    let random = Uint8Array::new_with_length(length);
    crypto()?
        .get_random_values_with_js_u8_array(&random)
        .map_err(|error| Trouble::of_js(&error))?;
    Ok(random)
}

async fn key(promise: Result<Promise, JsValue>) -> Result<CryptoKey, Trouble> {
    Ok(done(promise).await?.unchecked_into())
}

async fn bytes(promise: Result<Promise, JsValue>) -> Result<Uint8Array, Trouble> {
    let buffer = done(promise).await?;
    Ok(Uint8Array::new(&buffer.unchecked_into::<ArrayBuffer>()))
}

async fn done(promise: Result<Promise, JsValue>) -> Result<JsValue, Trouble> {
    let promise = promise.map_err(|error| Trouble::of_js(&error))?;
    let done = JsFuture::from(promise).await;
    done.map_err(|error| Trouble::of_js(&error))
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
