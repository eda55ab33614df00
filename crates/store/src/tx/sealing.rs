//! Data keys: made with the first sealed field, destroyed by erasing.

use super::Tx;
use crate::crypto::{DataKey, Label, seal};
use crate::reader::{KeyState, cache_key};
use crate::{Aggregate, StoreError, Timestamp, args};

/// Two servers may meet at an aggregate's first key; the second takes the first one's.
const INSERT_KEY: &str = "INSERT INTO data_key
  (county, aggregate_kind, aggregate_id, key_id, wrapped, created_at)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
const DESTROY_KEY: &str = "UPDATE data_key SET wrapped = NULL, erased_at = $4
  WHERE county = $1 AND aggregate_kind = $2 AND aggregate_id = $3 AND wrapped IS NOT NULL";

impl Tx {
    /// Seals a field under the aggregate's key. `field` is part of what is authenticated: use the
    /// same word to open it. Refused once the aggregate is erased.
    pub async fn seal(
        &mut self,
        aggregate: &Aggregate<'_>,
        field: &str,
        plain: &[u8],
        at: Timestamp,
    ) -> Result<Vec<u8>, StoreError> {
        let key = self.sealing_key(aggregate, at).await?;
        seal(&key, &Label::field(aggregate, field), plain)
    }

    /// Destroys the key and the look-ups. Events, projections and the hash chain stay, unreadable.
    /// Returns whether there was a key to destroy.
    pub async fn erase(
        &mut self,
        aggregate: &Aggregate<'_>,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let Aggregate { county, kind, id } = *aggregate;
        let destroyed = self.run(DESTROY_KEY, args![county, kind, id, at]).await?;
        self.forget(aggregate).await?;
        self.reader
            .keys
            .insert(cache_key(aggregate), KeyState::Erased);
        Ok(destroyed > 0)
    }

    async fn sealing_key(
        &mut self,
        aggregate: &Aggregate<'_>,
        at: Timestamp,
    ) -> Result<DataKey, StoreError> {
        let Aggregate { county, kind, id } = *aggregate;
        if let KeyState::Missing = self.reader.key(aggregate).await? {
            let (key, wrapped) = self.reader.keyring.new_data_key(aggregate)?;
            let inserted = self
                .run(INSERT_KEY, args![county, kind, id, key.id, wrapped, at])
                .await?;
            self.reader.keys.remove(&cache_key(aggregate));
            if inserted == 1 {
                self.reader
                    .keys
                    .insert(cache_key(aggregate), KeyState::Live(key.clone()));
                return Ok(key);
            }
        }
        match self.reader.key(aggregate).await? {
            KeyState::Live(key) => Ok(key),
            KeyState::Erased => Err(StoreError::Erased {
                aggregate_kind: kind.to_owned(),
            }),
            KeyState::Missing => Err(StoreError::corrupt("a key that vanished")),
        }
    }
}
