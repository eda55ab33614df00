//! Encryption at rest.
//!
//! ```text
//! master key (file or environment, never in the database)
//!   ├─ wraps the root secret (table `meta`) → index key, digest key, checkpoint key (HKDF)
//!   └─ wraps one data key per aggregate (table `data_key`) → seals everything about it
//! ```
//!
//! The root secret stands between so that a new master key re-wraps keys and leaves every blind
//! index, digest and checkpoint as it is.

mod envelope;
mod keyring;
mod lookup_kind;
mod master_key;

pub(crate) use envelope::{DataKey, Label, open, seal};
pub(crate) use keyring::{Keyring, ROOT_SECRET};
pub use lookup_kind::LookupKind;
pub use master_key::MasterKey;

/// Fills a fixed array from the operating system's generator.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], crate::StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| crate::StoreError::Unavailable {
        reason: format!("no random numbers: {error}"),
    })?;
    Ok(bytes)
}
