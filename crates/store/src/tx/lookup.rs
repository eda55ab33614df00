//! Filing an aggregate under values that can be looked up exactly.

use super::Tx;
use crate::crypto::LookupKind;
use crate::{Aggregate, StoreError, args};

const INSERT: &str =
    "INSERT INTO lookup (county, kind, digest, aggregate_kind, aggregate_id) VALUES";
const UNLESS_FILED: &str = "ON CONFLICT DO NOTHING";
const IS_FILED: &str = "SELECT 1 FROM lookup
  WHERE county = $1 AND kind = $2 AND digest = $3 AND aggregate_kind = $4 AND aggregate_id = $5";
const DELETE: &str = "DELETE FROM lookup
  WHERE county = $1 AND kind = $2 AND digest = $3 AND aggregate_kind = $4 AND aggregate_id = $5";
const FORGET: &str = "DELETE FROM lookup
  WHERE county = $1 AND aggregate_kind = $2 AND aggregate_id = $3";

impl Tx {
    /// Fails with [`StoreError::Taken`] when a unique code belongs to another aggregate.
    pub async fn file_under(
        &mut self,
        aggregate: &Aggregate<'_>,
        kind: LookupKind,
        value: &str,
    ) -> Result<(), StoreError> {
        self.file_all(aggregate, &[(kind, value)]).await
    }

    /// As [`Tx::file_under`], under several values at once.
    pub async fn file_all(
        &mut self,
        aggregate: &Aggregate<'_>,
        values: &[(LookupKind, &str)],
    ) -> Result<(), StoreError> {
        let keys: Vec<Vec<crate::Value>> = values
            .iter()
            .map(|(kind, value)| self.lookup_key(aggregate, *kind, value))
            .collect();
        let link = &mut self.reader.link;
        let filed = link.insert_all(INSERT, UNLESS_FILED, keys.clone()).await;
        if self.note(filed)? == keys.len() as u64 {
            return Ok(());
        }
        for ((kind, _), key) in values.iter().zip(keys) {
            if self.reader.fetch_optional(IS_FILED, key).await?.is_none() {
                let what = kind.as_str().to_owned();
                return Err(StoreError::Taken { what });
            }
        }
        Ok(())
    }

    /// Ends one look-up: a replaced code, a corrected name.
    pub async fn unfile(
        &mut self,
        aggregate: &Aggregate<'_>,
        kind: LookupKind,
        value: &str,
    ) -> Result<(), StoreError> {
        let key = self.lookup_key(aggregate, kind, value);
        self.run(DELETE, key).await.map(drop)
    }

    pub(super) async fn forget(&mut self, aggregate: &Aggregate<'_>) -> Result<(), StoreError> {
        let Aggregate { county, kind, id } = *aggregate;
        self.run(FORGET, args![county, kind, id]).await.map(drop)
    }

    fn lookup_key(
        &self,
        aggregate: &Aggregate<'_>,
        kind: LookupKind,
        value: &str,
    ) -> Vec<crate::Value> {
        let digest = self.reader.keyring.blind(aggregate.county, kind, value);
        args![
            aggregate.county,
            kind.as_str(),
            digest,
            aggregate.kind,
            aggregate.id
        ]
    }
}
