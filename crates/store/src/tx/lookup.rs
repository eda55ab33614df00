//! Filing an aggregate under values that can be looked up exactly.

use super::Tx;
use crate::crypto::LookupKind;
use crate::sql::Insert;
use crate::{Aggregate, StoreError, args};

static INSERT: Insert = Insert {
    into: "INSERT INTO lookup (county, kind, digest, aggregate_kind, aggregate_id) VALUES",
    rest: "ON CONFLICT DO NOTHING",
    key: 0,
};
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
        for (kind, value) in values {
            let key = self.lookup_key(aggregate, *kind, value);
            if !self.insert(&INSERT, key.clone()).await?
                && self.reader.fetch_optional(IS_FILED, key).await?.is_none()
            {
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
