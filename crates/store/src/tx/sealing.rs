//! Data keys: made with the first sealed field, destroyed by erasing.

use super::Tx;
use crate::crypto::{DataKey, Label, ROOT_SECRET, seal};
use crate::reader::{KeyState, cache_key};
use crate::sql::{Dialect, Insert};
use crate::{Aggregate, StoreError, Timestamp, args};

pub(crate) const SELECT_ROOT: &str = "SELECT value FROM meta WHERE name = $1";
/// Many at once; a rotation waits for them, and they for it.
const HOLD_MASTER: &str = "SELECT pg_advisory_xact_lock_shared(4834793)";

/// Two servers may meet at an aggregate's first key; the second takes the first one's.
static INSERT_KEY: Insert = Insert {
    into: "INSERT INTO data_key
      (county, aggregate_kind, aggregate_id, key_id, wrapped, created_at) VALUES",
    rest: "ON CONFLICT DO NOTHING",
    key: 0,
};
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

    /// Destroys the key, and with it what screens read and find. The events and their hash chain
    /// stay, unreadable.
    /// Returns whether there was a key to destroy.
    pub async fn erase(
        &mut self,
        aggregate: &Aggregate<'_>,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let Aggregate { county, kind, id } = *aggregate;
        let destroyed = self.run(DESTROY_KEY, args![county, kind, id, at]).await?;
        self.forget_rows(aggregate).await?;
        self.forget(aggregate).await?;
        self.reader
            .keys
            .insert(cache_key(aggregate), KeyState::Erased);
        Ok(destroyed > 0)
    }

    /// Before the transaction's first new key: the master key is still the database's, and nobody
    /// renews it until the commit. A server that slept through a rotation would otherwise wrap
    /// keys that nothing opens any more.
    async fn hold_master(&mut self) -> Result<(), StoreError> {
        if self.master_held {
            return Ok(());
        }
        if self.reader.link.dialect() == Dialect::Postgres {
            self.run(HOLD_MASTER, args![]).await?;
        }
        let root = self.fetch_optional(SELECT_ROOT, args![ROOT_SECRET]).await?;
        let root = root.ok_or_else(|| StoreError::corrupt("the root secret is missing"))?;
        if !self.reader.keyring.is_of(root.bytes(0)?) {
            return Err(StoreError::WrongKey);
        }
        self.master_held = true;
        Ok(())
    }

    /// The first key of an aggregate that is not there yet, made without looking: when there is one
    /// after all, it stays and is read when it is needed.
    pub(super) async fn first_key(
        &mut self,
        aggregate: &Aggregate<'_>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        if self.reader.keys.contains_key(&cache_key(aggregate)) {
            return Ok(());
        }
        self.new_key(aggregate, at).await.map(drop)
    }

    /// Makes and stores a key; none when the aggregate has one.
    async fn new_key(
        &mut self,
        aggregate: &Aggregate<'_>,
        at: Timestamp,
    ) -> Result<Option<DataKey>, StoreError> {
        let Aggregate { county, kind, id } = *aggregate;
        self.hold_master().await?;
        let (key, wrapped) = self.reader.keyring.new_data_key(aggregate)?;
        let inserted = self
            .insert(&INSERT_KEY, args![county, kind, id, key.id, wrapped, at])
            .await?;
        let name = cache_key(aggregate);
        self.reader.keys.remove(&name);
        if !inserted {
            return Ok(None);
        }
        self.reader.keys.insert(name, KeyState::Live(key.clone()));
        Ok(Some(key))
    }

    async fn sealing_key(
        &mut self,
        aggregate: &Aggregate<'_>,
        at: Timestamp,
    ) -> Result<DataKey, StoreError> {
        if let KeyState::Missing = self.reader.key(aggregate).await?
            && let Some(key) = self.new_key(aggregate, at).await?
        {
            return Ok(key);
        }
        match self.reader.key(aggregate).await? {
            KeyState::Live(key) => Ok(key),
            KeyState::Erased => Err(StoreError::Erased {
                aggregate_kind: aggregate.kind.to_owned(),
            }),
            KeyState::Missing => Err(StoreError::corrupt("a key that vanished")),
        }
    }
}
