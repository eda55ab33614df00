//! A new master key: every wrapped key is wrapped anew, nothing else changes.

use futures_util::FutureExt as _;
use uuid::Uuid;

use crate::crypto::ROOT_SECRET;
use crate::sql::Dialect;
use crate::tx::sealing::SELECT_ROOT;
use crate::{Aggregate, Lane, MasterKey, Store, StoreError, Tx, args};

/// Waits for transactions that make keys, and keeps others from making any until the commit.
const TAKE_MASTER: &str = "SELECT pg_advisory_xact_lock(4834793)";
const SAVE_ROOT: &str = "UPDATE meta SET value = $2 WHERE name = $1";
const SELECT_KEYS: &str = "SELECT county, aggregate_kind, aggregate_id, key_id, wrapped
  FROM data_key WHERE wrapped IS NOT NULL";
const SAVE_KEY: &str = "UPDATE data_key SET wrapped = $4
  WHERE county = $1 AND aggregate_kind = $2 AND aggregate_id = $3";

impl Store {
    /// Wraps every key under `next`, all in one transaction, and returns how many. Stop the other
    /// servers first: those that run on can make no key any more, and open none that is new.
    /// Afterwards this store only closes, and the next one opens with `next`.
    pub async fn rotate_master_key(&self, next: &MasterKey) -> Result<u64, StoreError> {
        let next = next.clone();
        self.execute(Lane(Uuid::nil()), move |tx| {
            let next = next.clone();
            async move { rotate(tx, &next).await }.boxed()
        })
        .await
    }
}

async fn rotate(tx: &mut Tx, next: &MasterKey) -> Result<u64, StoreError> {
    if tx.link.dialect() == Dialect::Postgres {
        tx.run(TAKE_MASTER, args![]).await?;
    }
    let root = tx.fetch_optional(SELECT_ROOT, args![ROOT_SECRET]).await?;
    let root = root.ok_or_else(|| StoreError::corrupt("the root secret is missing"))?;
    let root = tx.keyring.rewrap_root(next, root.bytes(0)?)?;
    tx.run(SAVE_ROOT, args![ROOT_SECRET, root]).await?;
    let rows = tx.fetch(SELECT_KEYS, args![]).await?;
    for row in &rows {
        let aggregate = Aggregate::new(row.county(0)?, row.text(1)?, row.id(2)?);
        let id = row
            .bytes(3)?
            .try_into()
            .map_err(|_| StoreError::corrupt("a key id"))?;
        let wrapped = tx.keyring.rewrap(next, &aggregate, id, row.bytes(4)?)?;
        let Aggregate { county, kind, id } = aggregate;
        tx.run(SAVE_KEY, args![county, kind, id, wrapped]).await?;
    }
    Ok(rows.len() as u64)
}
