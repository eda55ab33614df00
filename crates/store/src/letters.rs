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
use sync::letter::{
    INFO, Inside, Letter, LetterKey, bound_to,
    medium::{self, MediumLetter, MediumName},
};

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
        is_known(letter.key, now)?;
        let decoded = |text| STANDARD.decode(text).map_err(|_| ClosedLetter::Damaged);
        let (sender, closed) = (decoded(&letter.sender)?, decoded(&letter.closed)?);
        let bound = bound_to(county.as_str(), letter.letter);
        let letter = MediumLetter {
            key: letter.key,
            sender: &sender,
            closed: &closed,
        };
        let plain = self.opened(&letter, INFO, &bound);
        let plain = plain.ok_or(ClosedLetter::Damaged)?;
        serde_json::from_slice(&plain).map_err(|_| ClosedLetter::Damaged)
    }

    /// The bytes of a photo or recording that came closed under this name.
    ///
    /// # Errors
    /// It does not open, or was closed under another name.
    pub fn open_medium(
        &self,
        name: &MediumName<'_>,
        letter: &[u8],
        now: Timestamp,
    ) -> Result<Vec<u8>, ClosedLetter> {
        let letter = MediumLetter::of(letter).ok_or(ClosedLetter::Damaged)?;
        is_known(letter.key, now)?;
        let plain = self.opened(&letter, medium::INFO, &name.bound());
        plain.ok_or(ClosedLetter::Damaged)
    }

    fn opened(&self, letter: &MediumLetter<'_>, info: &[u8], bound: &[u8]) -> Option<Vec<u8>> {
        let sender = <Kem as hpke::Kem>::EncappedKey::from_bytes(letter.sender).ok()?;
        let (private, _) = self.letter_keys(letter.key);
        hpke::single_shot_open::<AesGcm256, HkdfSha256, Kem>(
            &OpModeR::Base,
            &private,
            &sender,
            info,
            letter.closed,
            bound,
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

/// Of this year or the last, or of the next: of several servers another one's clock, which said the year, may
/// go before this one's.
fn is_known(key: u16, now: Timestamp) -> Result<(), ClosedLetter> {
    let this_year = year(now);
    match (this_year.saturating_sub(1)..=this_year + 1).contains(&key) {
        true => Ok(()),
        false => Err(ClosedLetter::UnknownKey),
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
    fn closed(public: &[u8], info: &[u8], bound: &[u8], text: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let server = PublicKey::from_sec1_bytes(public).unwrap();
        let secret = EphemeralSecret::random(&mut OsRng);
        let sender = secret.public_key().to_encoded_point(false);
        let sender: [u8; 65] = sender.as_bytes().try_into().unwrap();
        let agreed = secret.diffie_hellman(&server);
        let agreed: [u8; 32] = agreed.raw_secret_bytes()[..].try_into().unwrap();
        let Schedule { key, nonce } =
            Schedule::of(info, &agreed, &sender, public.try_into().unwrap());
        let payload = Payload {
            msg: text,
            aad: bound,
        };
        let aes = Aes256Gcm::new(&key.into());
        (
            sender.to_vec(),
            aes.encrypt(&nonce.into(), payload).unwrap(),
        )
    }

    #[test]
    fn a_letter_of_the_year_before_or_after_opens() {
        // The last minute of 2026 in China.
        let now = Timestamp::from_micros(1_798_732_740_000_000);
        let opens = |key| is_known(key, now).is_ok();
        assert_eq!(
            [2024, 2025, 2026, 2027, 2028].map(opens),
            [false, true, true, true, false]
        );
        assert!(is_known(2027, now.plus(std::time::Duration::from_secs(60))).is_ok());
    }

    #[test]
    fn what_a_browser_closes_the_library_opens() {
        let (private, public) = Kem::derive_keypair(b"a secret of at least 32 bytes ...");
        let text = "修路".as_bytes();
        for (info, other) in [(INFO, medium::INFO), (medium::INFO, INFO)] {
            let (sender, closed) = closed(&public.to_bytes(), info, b"330726/id", text);
            let sender = <Kem as hpke::Kem>::EncappedKey::from_bytes(&sender).unwrap();
            let open = |info: &[u8], closed: &[u8], bound: &[u8]| {
                hpke::single_shot_open::<AesGcm256, HkdfSha256, Kem>(
                    &OpModeR::Base,
                    &private,
                    &sender,
                    info,
                    closed,
                    bound,
                )
            };
            assert_eq!(open(info, &closed, b"330726/id").unwrap(), text);
            assert!(open(info, &closed, b"330726/another").is_err());
            assert!(open(other, &closed, b"330726/id").is_err());
            let mut changed = closed.clone();
            changed[0] ^= 1;
            assert!(open(info, &changed, b"330726/id").is_err());
        }
    }
}
