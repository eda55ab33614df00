//! What opens the way for a filing's attachments: derived, so that a repeat of the command gets the
//! same one, and nothing is stored. The ids in it are no secret, the digest behind them is.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::attachment::UploadToken;
use uuid::Uuid;

use super::Owner;
use crate::aggregate_log::kind;
use crate::crypto::Keyring;
use crate::{County, Reader, Store};

const PURPOSE: &str = "upload token";
/// Kind, id and an HMAC-SHA-256 over county, kind and id: 1 + 16 + 32 bytes.
const BYTES: usize = 49;

impl Reader {
    /// The token of a registration's or case's attachments.
    #[must_use]
    pub fn upload_token(&self, county: County, owner: Owner) -> UploadToken {
        written(&self.keyring, county, owner)
    }
}

impl Store {
    /// Whose attachments a token opens the way for; `None` for one that was not made here.
    #[must_use]
    pub fn owner_of_token(&self, county: County, token: &str) -> Option<Owner> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let bytes: [u8; BYTES] = bytes.try_into().ok()?;
        let kind = match bytes[0] {
            b'r' => kind::REGISTRATION,
            b'c' => kind::CASE,
            _ => return None,
        };
        let owner = Owner::of(kind, Uuid::from_slice(&bytes[1..17]).ok()?)?;
        // Digests of both: where they begin to differ, time does not tell.
        let known = written(&self.keyring, county, owner).0;
        let of = |text: &str| self.keyring.digest("compare", text.as_bytes());
        (of(&known) == of(token)).then_some(owner)
    }
}

fn written(keyring: &Keyring, county: County, owner: Owner) -> UploadToken {
    let letter = match owner {
        Owner::Registration(_) => b'r',
        Owner::Case(_) => b'c',
    };
    let mut bytes = Vec::with_capacity(BYTES);
    bytes.push(letter);
    bytes.extend_from_slice(owner.id().as_bytes());
    let named = [county.as_str().as_bytes(), &bytes].concat();
    bytes.extend_from_slice(&keyring.digest(PURPOSE, &named));
    UploadToken(URL_SAFE_NO_PAD.encode(bytes).into())
}
