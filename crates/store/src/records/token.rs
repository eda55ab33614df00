//! A random secret handed to a browser; the database keeps its keyed digest.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::crypto::{Keyring, random};
use crate::{StoreError, Value};

/// 256 random bits, written as 43 characters that need no escaping in a cookie.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    pub(super) fn generate() -> Result<Self, StoreError> {
        random().map(Self)
    }

    /// `None` for anything that no token looks like.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// For the cookie or the link only.
    #[must_use]
    pub fn expose(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Names a sign-in in events and commands without giving away its token.
    #[must_use]
    pub fn sign_in_id(&self) -> Uuid {
        let digest = Sha256::digest(format!("sign-in {}", self.expose()));
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        uuid::Builder::from_custom_bytes(id).into_uuid()
    }

    /// Each kind of token has digests of its own: none can be used as another.
    pub(super) fn digest(&self, keyring: &Keyring, purpose: &str) -> Value {
        keyring.digest(purpose, &self.0).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}
