//! A citizen's 30 minutes of reading after the code and the second factor were right.

use std::time::Duration;

use uuid::Uuid;

use super::{Token, write};
use crate::{Aggregate, County, Store, StoreError, Timestamp, args};

const PURPOSE: &str = "reading session";
/// How long a reading session lasts.
pub const READING_LASTS: Duration = Duration::from_secs(30 * 60);
const INSERT: &str = "INSERT INTO reading_session
  (county, token_hash, grant_id, aggregate_kind, aggregate_id, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6)";
const SELECT: &str = "SELECT grant_id, aggregate_kind, aggregate_id, expires_at
  FROM reading_session WHERE county = $1 AND token_hash = $2";
const DELETE: &str = "DELETE FROM reading_session WHERE county = $1 AND token_hash = $2";
const END_GRANT: &str = "DELETE FROM reading_session WHERE county = $1 AND grant_id = $2";
const SWEEP: &str = "DELETE FROM reading_session WHERE expires_at <= $1";

/// Which grant opened what. The grant's scopes are looked up at each request, so that a revoked
/// grant ends at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingSession {
    pub grant_id: Uuid,
    pub aggregate_kind: String,
    pub aggregate_id: Uuid,
    pub expires_at: Timestamp,
}

impl Store {
    pub async fn open_reading_session(
        &self,
        opened: &Aggregate<'_>,
        grant_id: Uuid,
        now: Timestamp,
    ) -> Result<Token, StoreError> {
        let token = Token::generate()?;
        let digest = token.digest(&self.keyring, PURPOSE);
        let Aggregate { county, kind, id } = *opened;
        write::one(
            self,
            INSERT,
            args![county, digest, grant_id, kind, id, now.plus(READING_LASTS)],
        )
        .await?;
        Ok(token)
    }

    pub async fn reading_session(
        &self,
        county: County,
        token: &Token,
        now: Timestamp,
    ) -> Result<Option<ReadingSession>, StoreError> {
        let args = args![county, token.digest(&self.keyring, PURPOSE)];
        let Some(row) = self.read().await?.fetch_optional(SELECT, args).await? else {
            return Ok(None);
        };
        let session = ReadingSession {
            grant_id: row.id(0)?,
            aggregate_kind: row.text(1)?.to_owned(),
            aggregate_id: row.id(2)?,
            expires_at: row.timestamp(3)?,
        };
        Ok((now < session.expires_at).then_some(session))
    }

    pub async fn close_reading_session(
        &self,
        county: County,
        token: &Token,
    ) -> Result<(), StoreError> {
        let args = args![county, token.digest(&self.keyring, PURPOSE)];
        write::one(self, DELETE, args).await.map(drop)
    }

    /// When a grant is revoked or its code replaced.
    pub async fn close_reading_sessions_of(
        &self,
        county: County,
        grant_id: Uuid,
    ) -> Result<(), StoreError> {
        write::one(self, END_GRANT, args![county, grant_id])
            .await
            .map(drop)
    }

    pub async fn sweep_reading_sessions(&self, now: Timestamp) -> Result<u64, StoreError> {
        write::one(self, SWEEP, args![now]).await
    }
}
