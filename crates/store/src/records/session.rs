//! Officials' sign-ins.

use std::{collections::HashMap, time::Duration};

use uuid::Uuid;

use super::{Token, write};
use crate::{Reader, Row, Store, StoreError, Timestamp, args};

const PURPOSE: &str = "session";
const INSERT: &str = "INSERT INTO session
  (token_hash, account_id, created_at, last_seen_at, expires_at, sign_in_id)
  VALUES ($1, $2, $3, $3, $4, $5)";
const SELECT: &str = "SELECT account_id, created_at, last_seen_at, expires_at, revoked_at, ended_at
  FROM session WHERE token_hash = $1";
const NAMED: &str = "SELECT account_id, created_at, last_seen_at, expires_at, revoked_at, ended_at
  FROM session WHERE sign_in_id = $1";
const TOUCH: &str = "UPDATE session SET last_seen_at = $2
  WHERE token_hash = $1 AND revoked_at IS NULL AND ended_at IS NULL AND last_seen_at < $2";
const END: &str = "UPDATE session SET ended_at = $2
  WHERE token_hash = $1 AND revoked_at IS NULL AND ended_at IS NULL";
const LAST: &str = "SELECT account_id, MAX(created_at) FROM session GROUP BY account_id";
const REVOKE_ALL: &str = "UPDATE session SET revoked_at = $2
  WHERE account_id = $1 AND revoked_at IS NULL";
const END_OTHERS: &str = "UPDATE session SET ended_at = $2
  WHERE account_id = $1 AND sign_in_id <> $3 AND revoked_at IS NULL AND ended_at IS NULL";
const SWEEP: &str = "DELETE FROM session WHERE expires_at <= $1";

/// Being seen is written down at most this often: a page view must not cost an fsync.
const TOUCH_EVERY: Duration = Duration::from_secs(60);

#[derive(Debug, Clone, Copy)]
pub struct SessionLimits {
    pub idle: Duration,
    pub absolute: Duration,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub account_id: Uuid,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A sign-in, be it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInRecord {
    session: Session,
    revoked_at: Option<Timestamp>,
    ended_at: Option<Timestamp>,
}

/// What a device's clock may be wrong by.
const CLOCK_SKEW: Duration = Duration::from_secs(10 * 60);

impl SignInRecord {
    fn of(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            session: Session {
                account_id: row.id(0)?,
                created_at: row.timestamp(1)?,
                last_seen_at: row.timestamp(2)?,
                expires_at: row.timestamp(3)?,
            },
            revoked_at: row.maybe_timestamp(4)?,
            ended_at: row.maybe_timestamp(5)?,
        })
    }

    /// When it ends at the latest, however often it is seen.
    #[must_use]
    pub fn ends_by(&self, limits: SessionLimits) -> Timestamp {
        let session = &self.session;
        session
            .expires_at
            .min(session.created_at.plus(limits.absolute))
    }

    /// True when it is or was this account's, and nobody revoked it.
    #[must_use]
    pub fn is_of(&self, account: Uuid) -> bool {
        self.session.account_id == account && self.revoked_at.is_none()
    }

    /// True when `account` could have tapped under it at `captured_at`, by a clock that may be
    /// somewhat wrong: it had begun, was neither signed out, idle nor too old, and was never revoked.
    #[must_use]
    pub fn covers(
        &self,
        account: Uuid,
        captured_at: Timestamp,
        limits: SessionLimits,
        now: Timestamp,
    ) -> bool {
        let session = &self.session;
        let ends = [
            session.expires_at,
            session.last_seen_at.plus(limits.idle),
            self.ended_at.unwrap_or(now),
            now,
        ];
        self.is_of(account)
            && captured_at.plus(CLOCK_SKEW) >= session.created_at
            && ends
                .into_iter()
                .all(|end| captured_at <= end.plus(CLOCK_SKEW))
    }
}

impl Reader {
    /// The sign-in of that name, as long as it is remembered.
    pub async fn sign_in_record(
        &mut self,
        sign_in: Uuid,
    ) -> Result<Option<SignInRecord>, StoreError> {
        let row = self.fetch_optional(NAMED, args![sign_in]).await?;
        row.as_ref().map(SignInRecord::of).transpose()
    }
}

impl Store {
    /// Whose sign-in this is or was: what they typed as it ended is kept for them alone.
    pub async fn session_holder(&self, token: &Token) -> Result<Option<Uuid>, StoreError> {
        let digest = token.digest(&self.keyring, PURPOSE);
        let mut reader = self.read().await?;
        let row = reader.fetch_optional(SELECT, args![digest]).await?;
        row.map(|row| row.id(0)).transpose()
    }

    /// Make a new one at every sign-in and revoke the old: a fixed token is never signed in.
    pub async fn create_session(
        &self,
        account_id: Uuid,
        limits: SessionLimits,
        now: Timestamp,
    ) -> Result<Token, StoreError> {
        let token = Token::generate()?;
        let digest = token.digest(&self.keyring, PURPOSE);
        let expires = now.plus(limits.absolute);
        let args = args![digest, account_id, now, expires, token.sign_in_id()];
        write::one(self, INSERT, args).await?;
        Ok(token)
    }

    /// The session, unless it is revoked, idle for too long or too old. Counts as being seen.
    pub async fn session(
        &self,
        token: &Token,
        limits: SessionLimits,
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        let digest = token.digest(&self.keyring, PURPOSE);
        let row = self
            .read()
            .await?
            .fetch_optional(SELECT, args![digest.clone()])
            .await?;
        let Some(row) = row else { return Ok(None) };
        let SignInRecord {
            session,
            revoked_at,
            ended_at,
        } = SignInRecord::of(&row)?;
        let over = revoked_at.or(ended_at).is_some();
        if over || now >= session.expires_at || now >= session.last_seen_at.plus(limits.idle) {
            return Ok(None);
        }
        if now >= session.last_seen_at.plus(TOUCH_EVERY) {
            write::one(self, TOUCH, args![digest, now]).await?;
        }
        Ok(Some(session))
    }

    /// When each account signed in last, as far as sign-ins are remembered.
    pub async fn last_sign_ins(&self) -> Result<HashMap<Uuid, Timestamp>, StoreError> {
        let rows = self.read().await?.fetch(LAST, args![]).await?;
        rows.iter()
            .map(|row| Ok((row.id(0)?, row.timestamp(1)?)))
            .collect()
    }

    /// Signs out. What was captured before may still arrive.
    pub async fn end_session(&self, token: &Token, now: Timestamp) -> Result<(), StoreError> {
        let digest = token.digest(&self.keyring, PURPOSE);
        write::one(self, END, args![digest, now]).await.map(drop)
    }

    /// Signs an account out everywhere but in one sign-in, and says how many it were. What was captured
    /// before may still arrive.
    pub async fn end_other_sessions_of(
        &self,
        account_id: Uuid,
        but: Uuid,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        write::one(self, END_OTHERS, args![account_id, now, but]).await
    }

    /// Removes sign-ins that were over at `before`.
    pub async fn sweep_sessions(&self, before: Timestamp) -> Result<u64, StoreError> {
        write::one(self, SWEEP, args![before]).await
    }

    /// Revokes every sign-in of an account, those too that are over, and says how many there were:
    /// nothing captured under them is carried out any more.
    pub async fn revoke_sessions_of(
        &self,
        account_id: Uuid,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        write::one(self, REVOKE_ALL, args![account_id, now]).await
    }
}
