//! Letters: commands that a device closed for this server only (`sync::letter`).
//!
//! A key pair for each year in China is derived from the root secret, so there is none to store, to back
//! up or to lose. Letters for the year before are opened too, which is at least a year for every letter.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{Datelike as _, NaiveDate};
use hpke::{
    Deserializable as _, Kem as _, OpModeR, Serializable as _, aead::AesGcm256, kdf::HkdfSha256,
    kem::DhP256HkdfSha256,
};
use sync::letter::{INFO, Inside, Letter, LetterKey, bound_to};

use crate::{County, Store, Timestamp};

type Kem = DhP256HkdfSha256;

/// Why a letter stays closed. Its sender keeps what is in it, and can send that readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClosedLetter {
    /// It is for a key of more than a year ago, of another county's server, or of one that was set up anew.
    #[error("the letter is for a key this server does not have")]
    UnknownKey,
    /// It was changed on its way, or is none.
    #[error("the letter does not open")]
    Damaged,
}

impl Store {
    /// The key that letters are closed with today.
    #[must_use]
    pub fn letter_key(&self, now: Timestamp) -> LetterKey {
        let key = year(now);
        let (_, public) = self.letter_keys(key);
        LetterKey {
            key,
            public: STANDARD.encode(public.to_bytes()),
        }
    }

    /// What a letter says.
    ///
    /// # Errors
    /// It does not open.
    pub fn open_letter(
        &self,
        county: County,
        letter: &Letter,
        now: Timestamp,
    ) -> Result<Inside, ClosedLetter> {
        let this_year = year(now);
        // A phone's first of January may come before the server's.
        if !(this_year - 1..=this_year).contains(&letter.key) {
            return Err(ClosedLetter::UnknownKey);
        }
        let plain = self.opened(county, letter);
        let plain = plain.ok_or(ClosedLetter::Damaged)?;
        serde_json::from_slice(&plain).map_err(|_| ClosedLetter::Damaged)
    }

    fn opened(&self, county: County, letter: &Letter) -> Option<Vec<u8>> {
        let sender = STANDARD.decode(&letter.sender).ok()?;
        let sender = <Kem as hpke::Kem>::EncappedKey::from_bytes(&sender).ok()?;
        let closed = STANDARD.decode(&letter.closed).ok()?;
        let (private, _) = self.letter_keys(letter.key);
        let bound = bound_to(county.as_str(), letter.letter);
        hpke::single_shot_open::<AesGcm256, HkdfSha256, Kem>(
            &OpModeR::Base,
            &private,
            &sender,
            INFO,
            &closed,
            &bound,
        )
        .ok()
    }

    fn letter_keys(
        &self,
        year: u16,
    ) -> (
        <Kem as hpke::Kem>::PrivateKey,
        <Kem as hpke::Kem>::PublicKey,
    ) {
        let material = self
            .keyring
            .digest("letters of a year", &year.to_be_bytes());
        Kem::derive_keypair(&material)
    }
}

/// In China.
fn year(now: Timestamp) -> u16 {
    let day = i32::try_from(now.china_day()).ok();
    let date = day.and_then(NaiveDate::from_epoch_days);
    date.and_then(|date| u16::try_from(date.year()).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use aes_gcm::{
        Aes256Gcm, KeyInit as _,
        aead::{Aead as _, Payload},
    };
    use p256::{PublicKey, ecdh::EphemeralSecret, elliptic_curve::sec1::ToEncodedPoint as _};
    use rand_core::OsRng;
    use sync::letter::Schedule;

    use super::*;

    /// As a browser does it: WebCrypto's part is that of another library here, ours is the schedule.
    #[test]
    fn what_a_browser_closes_the_library_opens() {
        let (private, public) = Kem::derive_keypair(b"a secret of at least 32 bytes ...");
        let public = public.to_bytes();
        let server = PublicKey::from_sec1_bytes(&public).unwrap();
        let secret = EphemeralSecret::random(&mut OsRng);
        let sender = secret.public_key().to_encoded_point(false);
        let sender: [u8; 65] = sender.as_bytes().try_into().unwrap();
        let agreed = secret.diffie_hellman(&server);
        let agreed: [u8; 32] = agreed.raw_secret_bytes()[..].try_into().unwrap();
        let Schedule { key, nonce } =
            Schedule::of(&agreed, &sender, public[..].try_into().unwrap());
        let aes = Aes256Gcm::new(&key.into());
        let text = Payload {
            msg: "修路".as_bytes(),
            aad: b"330726/id",
        };
        let closed = aes.encrypt(&nonce.into(), text).unwrap();

        let sender = <Kem as hpke::Kem>::EncappedKey::from_bytes(&sender).unwrap();
        let open = |closed: &[u8], bound: &[u8]| {
            hpke::single_shot_open::<AesGcm256, HkdfSha256, Kem>(
                &OpModeR::Base,
                &private,
                &sender,
                INFO,
                closed,
                bound,
            )
        };
        assert_eq!(open(&closed, b"330726/id").unwrap(), "修路".as_bytes());
        assert!(open(&closed, b"330726/another").is_err());
        let mut changed = closed.clone();
        changed[0] ^= 1;
        assert!(open(&changed, b"330726/id").is_err());
    }
}
