//! A command closed so that only the server can open it.
//!
//! A device that several people use keeps each person's records under a key that their PIN opens. What
//! waits must go also while that key is locked away, or after it was thrown away: so beside the
//! readable envelope lies a letter, and either may be sent, under the same id.
//!
//! It is HPKE (RFC 9180) in base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. A browser's
//! WebCrypto agrees on the secret and encrypts; the schedule between the two is here, so that it is
//! tested against another implementation. The server opens letters with a library.

pub mod medium;

use domain::{division::CountyCode, ids::CommandId};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// A P-256 point, not compressed.
pub const POINT: usize = 65;
/// What a letter is for: keys made for it open nothing else.
pub const INFO: &[u8] = b"huiyin letter 1";

const VERSION: &[u8] = b"HPKE-v1";
/// DHKEM(P-256, HKDF-SHA256).
const KEM_SUITE: &[u8] = b"KEM\x00\x10";
/// With HKDF-SHA256 and AES-256-GCM.
const SUITE: &[u8] = b"HPKE\x00\x10\x00\x01\x00\x02";
const BASE_MODE: u8 = 0;

/// What travels in place of an envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Letter {
    /// The id of the command inside.
    pub letter: CommandId,
    /// Where it goes.
    pub county: CountyCode,
    /// Which of the server's keys it is for.
    pub key: u16,
    /// The sender's public key, made for this letter: base64.
    pub sender: String,
    /// What was closed, [`Inside`]: base64.
    pub closed: String,
}

/// The server's public key for letters of this year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LetterKey {
    /// The year it was made for. Letters for the year before are opened too.
    pub key: u16,
    /// A P-256 point, not compressed: base64.
    pub public: String,
}

/// What a letter says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inside {
    /// The envelope as it would have been posted.
    pub envelope: serde_json::Value,
    /// What opens the matter it is about; nothing for what is new.
    #[serde(default)]
    pub opens: Option<Opens>,
}

/// As it is typed to follow one's own matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opens {
    /// The code.
    pub code: String,
    /// The four digits.
    pub pin: String,
}

/// What AES-256-GCM closes one letter with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The key.
    pub key: [u8; 32],
    /// The nonce: the key closes nothing else.
    pub nonce: [u8; 12],
}

impl Schedule {
    /// From what it is for, the secret the two keys agreed on, the sender's public key and the server's.
    pub fn of(info: &[u8], agreed: &[u8; 32], sender: &[u8; POINT], server: &[u8; POINT]) -> Self {
        let prk = extract(&[], KEM_SUITE, b"eae_prk", agreed);
        let both = [sender.as_slice(), server.as_slice()].concat();
        let shared: [u8; 32] = expand(&prk, KEM_SUITE, b"shared_secret", &both);
        let mut context = vec![BASE_MODE];
        context.extend(extract(&[], SUITE, b"psk_id_hash", &[]));
        context.extend(extract(&[], SUITE, b"info_hash", info));
        let secret = extract(&shared, SUITE, b"secret", &[]);
        Self {
            key: expand(&secret, SUITE, b"key", &context),
            nonce: expand(&secret, SUITE, b"base_nonce", &context),
        }
    }
}

/// What is authenticated beside the text: a letter is for one county and one command.
pub fn bound_to(county: &str, command: CommandId) -> Vec<u8> {
    format!("{county}/{command}").into_bytes()
}

/// A name for what an item is about, for whoever must keep the order without knowing what it is.
pub fn hidden_name(space: &str, about: &str) -> String {
    let name = mac(space.as_bytes(), &[about.as_bytes()]);
    name[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn extract(salt: &[u8], suite: &[u8], label: &[u8], material: &[u8]) -> [u8; 32] {
    // An empty key and one of 32 zeros are the same to HMAC.
    mac(salt, &[VERSION, suite, label, material])
}

/// Of at most 32 bytes, which is one block.
fn expand<const N: usize>(prk: &[u8; 32], suite: &[u8], label: &[u8], info: &[u8]) -> [u8; N] {
    let length = (N as u16).to_be_bytes();
    let block = mac(prk, &[&length, VERSION, suite, label, info, &[1]]);
    let mut out = [0; N];
    out.copy_from_slice(&block[..N]);
    out
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return [0; 32];
    };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
