//! The one secret outside the database.

use std::fmt;

use zeroize::Zeroizing;

use super::random;
use crate::StoreError;

/// 32 bytes, read by the server from a key file or its environment.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub fn generate() -> Result<Self, StoreError> {
        random().map(Self::from_bytes)
    }

    /// For the key file and the recovery sheet only.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(hidden)")
    }
}
