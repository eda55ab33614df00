//! What an archive is closed and opened with.

use std::fmt;
use std::io::{Read, Write};
use std::iter;

use age::secrecy::SecretString;
use age::stream::{StreamReader, StreamWriter};

use super::line::archive;
use crate::StoreError;

/// A machine ten times slower than the one that closed the archive can still open it.
const MOST_WORK: u8 = 24;

/// What a new archive is encrypted to.
pub enum ArchiveLock {
    Passphrase(SecretString),
    Recipient(age::x25519::Recipient),
}

/// What opens it again.
pub enum ArchiveKey {
    Passphrase(SecretString),
    Identity(age::x25519::Identity),
}

impl ArchiveLock {
    #[must_use]
    pub fn passphrase(text: String) -> Self {
        Self::Passphrase(SecretString::from(text))
    }

    /// An age recipient, `age1…`. Its identity never needs to be on the server.
    pub fn recipient(text: &str) -> Result<Self, StoreError> {
        let parsed = text.trim().parse().map_err(|error: &str| archive(error))?;
        Ok(Self::Recipient(parsed))
    }

    pub(super) fn close<W: Write>(&self, to: W) -> Result<StreamWriter<W>, StoreError> {
        let encryptor = match self {
            Self::Passphrase(text) => age::Encryptor::with_user_passphrase(text.clone()),
            Self::Recipient(recipient) => {
                age::Encryptor::with_recipients(iter::once(recipient as &dyn age::Recipient))
                    .map_err(|error| archive(error.to_string()))?
            }
        };
        encryptor
            .wrap_output(to)
            .map_err(|error| archive(error.to_string()))
    }
}

impl ArchiveKey {
    #[must_use]
    pub fn passphrase(text: String) -> Self {
        Self::Passphrase(SecretString::from(text))
    }

    /// An age identity, `AGE-SECRET-KEY-1…`.
    pub fn identity(text: &str) -> Result<Self, StoreError> {
        let parsed = text.trim().parse().map_err(|error: &str| archive(error))?;
        Ok(Self::Identity(parsed))
    }

    pub(super) fn open<R: Read>(&self, from: R) -> Result<StreamReader<R>, StoreError> {
        let wrong = |error: age::DecryptError| archive(error.to_string());
        let decryptor = age::Decryptor::new(from).map_err(wrong)?;
        match self {
            Self::Passphrase(text) => {
                let mut identity = age::scrypt::Identity::new(text.clone());
                identity.set_max_work_factor(MOST_WORK);
                decryptor.decrypt(iter::once(&identity as &dyn age::Identity))
            }
            Self::Identity(identity) => {
                decryptor.decrypt(iter::once(identity as &dyn age::Identity))
            }
        }
        .map_err(wrong)
    }
}

impl fmt::Debug for ArchiveLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ArchiveLock(hidden)")
    }
}

impl fmt::Debug for ArchiveKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ArchiveKey(hidden)")
    }
}
