//! The two factors: a password's hash (Argon2id) and the one-time code (RFC 6238).

use std::sync::LazyLock;

use anyhow::{Context, Result};
use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use chrono::{DateTime, Utc};
use store::StoreError;
use tokio::sync::Semaphore;
use totp_rs::{Algorithm, TOTP};

use super::corrupt;

/// Seconds a one-time code is shown.
const STEP: u64 = 30;
/// 160 bits, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;

/// Each hash takes 19 MiB and 20 ms: two at a time, the rest wait.
static HASHING: Semaphore = Semaphore::const_new(2);
/// Compared with when there is no such account, so that the answer takes as long.
static DECOY: LazyLock<String> = LazyLock::new(|| {
    hashed("no account has this password").expect("a hash of a constant can be made")
});

/// A password as it is kept: Argon2id in PHC form.
pub fn hashed(password: &str) -> Result<String, StoreError> {
    let hash: PasswordHash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|_| corrupt("a password that cannot be hashed"))?;
    Ok(hash.to_string())
}

/// A fresh second factor.
pub fn fresh_secret() -> Result<Vec<u8>> {
    let mut secret = vec![0; SECRET_BYTES];
    getrandom::fill(&mut secret).context("asking the operating system for random numbers")?;
    Ok(secret)
}

pub(super) async fn verified(password: String, hash: Option<String>) -> bool {
    let compared = blocking(move || {
        let known = hash.is_some();
        let hash = hash.as_deref().unwrap_or(&DECOY);
        let hash = PasswordHash::new(hash).map_err(|_| corrupt("a password's hash"))?;
        let right = Argon2::default().verify_password(password.as_bytes(), &hash);
        Ok(known && right.is_ok())
    });
    match compared.await {
        Ok(right) => right,
        Err(error) => {
            tracing::error!(%error, "a password could not be compared");
            false
        }
    }
}

/// Runs a hash beside the requests, never more than two at once.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let turn = HASHING.acquire().await;
    let done = tokio::task::spawn_blocking(work).await;
    drop(turn);
    done.map_err(|_| corrupt("a hash that was cut short"))?
}

/// The time step a code belongs to: this one, the one before or the one after, for clocks that
/// are half a minute off.
pub(super) fn step_of(secret: &[u8], code: &str, now: DateTime<Utc>) -> Option<u64> {
    let code = digits(code);
    let totp = totp("", secret.to_vec()).ok()?;
    let current = seconds(now) / STEP;
    (current.saturating_sub(1)..=current + 1).find(|step| totp.generate(step * STEP) == code)
}

/// The digits that were typed, full-width ones too; spaces are no mistake.
fn digits(code: &str) -> String {
    code.chars()
        .filter_map(|c| match c {
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
            c if c.is_whitespace() => None,
            c => Some(c),
        })
        .collect()
}

pub(super) fn totp(name: &str, secret: Vec<u8>) -> Result<TOTP, StoreError> {
    // A colon would part the label in two.
    let name = name.replace(':', " ");
    TOTP::new(
        Algorithm::SHA1,
        6,
        1,
        STEP,
        secret,
        Some("Huiyin".to_owned()),
        name,
    )
    .map_err(|_| corrupt("an account's second factor"))
}

pub(super) fn seconds(now: DateTime<Utc>) -> u64 {
    u64::try_from(now.timestamp()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, in six digits: the secret is 20 ASCII bytes.
    #[test]
    fn one_time_codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        assert_eq!(step_of(secret, "287082", at(59)), Some(1));
        assert_eq!(step_of(secret, "287082", at(89)), Some(1));
        assert_eq!(step_of(secret, "287082", at(90)), None);
        assert_eq!(step_of(secret, " ２８７ ０８２", at(59)), Some(1));
        assert_eq!(step_of(secret, "", at(59)), None);
    }

    #[tokio::test]
    async fn a_password_matches_itself_and_nothing_matches_nobody() {
        let hash = hashed("很容易记的一句话").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verified("很容易记的一句话".to_owned(), Some(hash.clone())).await);
        assert!(!verified("别的一句话".to_owned(), Some(hash)).await);
        assert!(!verified("no account has this password".to_owned(), None).await);
    }
}
