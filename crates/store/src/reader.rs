//! Reading: queries, sealed fields, an aggregate's history, look-ups.

use std::collections::HashMap;
use std::sync::Arc;

use domain::calendar::LegalCalendar;
use sqlx::SqlSafeStr;
use uuid::Uuid;

use crate::calendars::Calendars;
use crate::crypto::{DataKey, Keyring, Label, LookupKind, open};
use crate::sql::Link;
use crate::{Aggregate, County, Row, StoreError, Timestamp, Value, args};

const SELECT_KEY: &str = "SELECT key_id, wrapped FROM data_key
  WHERE county = $1 AND aggregate_kind = $2 AND aggregate_id = $3";
const SELECT_EVENTS: &str = "SELECT version, event_id, type, type_version, captured_at,
  received_at, actor, payload FROM event
  WHERE county = $1 AND aggregate_kind = $2 AND aggregate_id = $3 AND version > $4
  ORDER BY version";
const SELECT_LOOKUP: &str = "SELECT aggregate_kind, aggregate_id FROM lookup
  WHERE county = $1 AND kind = $2 AND digest = $3 ORDER BY aggregate_kind, aggregate_id";

/// One event as it was appended; `actor` and `payload` are gone once the aggregate is erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// 1, 2, 3 … within the aggregate.
    pub version: u64,
    pub event_id: Uuid,
    pub event_type: String,
    pub type_version: u32,
    /// When the person acted, by their own device's clock.
    pub captured_at: Timestamp,
    /// When the server had it.
    pub received_at: Timestamp,
    pub actor: Option<Vec<u8>>,
    pub payload: Option<Vec<u8>>,
}

/// The state of an aggregate's key.
#[derive(Clone)]
pub(crate) enum KeyState {
    Missing,
    Live(DataKey),
    Erased,
}

/// A connection for reading. Opened keys live as long as it does, so an erasure elsewhere is
/// seen by the next reader.
pub struct Reader {
    pub(crate) link: Link,
    pub(crate) keyring: Arc<Keyring>,
    calendars: Arc<Calendars>,
    pub(crate) keys: HashMap<(County, String, Uuid), KeyState>,
}

impl Reader {
    pub(crate) fn new(link: Link, keyring: Arc<Keyring>, calendars: Arc<Calendars>) -> Self {
        Self {
            link,
            keyring,
            calendars,
            keys: HashMap::new(),
        }
    }

    /// The calendar a county's days are counted on.
    #[must_use]
    pub fn calendar(&self, county: County) -> Arc<LegalCalendar> {
        self.calendars.of(county)
    }

    /// Runs a query of a projection.
    pub async fn fetch(
        &mut self,
        sql: impl SqlSafeStr,
        args: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        self.link.fetch(sql, args).await
    }

    pub async fn fetch_optional(
        &mut self,
        sql: impl SqlSafeStr,
        args: Vec<Value>,
    ) -> Result<Option<Row>, StoreError> {
        self.link.fetch_optional(sql, args).await
    }

    /// An aggregate's events after `version` (0: all of them), oldest first.
    pub async fn events(
        &mut self,
        aggregate: &Aggregate<'_>,
        after: u64,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let Aggregate { county, kind, id } = *aggregate;
        let rows = self
            .link
            .fetch(SELECT_EVENTS, args![county, kind, id, after])
            .await?;
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            let version = row.unsigned(0)?;
            events.push(StoredEvent {
                version,
                event_id: row.id(1)?,
                event_type: row.text(2)?.to_owned(),
                type_version: u32::try_from(row.integer(3)?)
                    .map_err(|_| StoreError::corrupt("an event's type version"))?,
                captured_at: row.timestamp(4)?,
                received_at: row.timestamp(5)?,
                actor: self
                    .open(aggregate, &actor_field(version), row.bytes(6)?)
                    .await?,
                payload: self
                    .open(aggregate, &payload_field(version), row.bytes(7)?)
                    .await?,
            });
        }
        Ok(events)
    }

    /// Opens a field sealed by [`crate::Tx::seal`]; `None` once the aggregate is erased.
    pub async fn open(
        &mut self,
        aggregate: &Aggregate<'_>,
        field: &str,
        sealed: &[u8],
    ) -> Result<Option<Vec<u8>>, StoreError> {
        match self.key(aggregate).await? {
            KeyState::Live(key) => open(&key, &Label::field(aggregate, field), sealed).map(Some),
            KeyState::Erased => Ok(None),
            KeyState::Missing => Err(StoreError::corrupt("a sealed field without its key")),
        }
    }

    /// Takes a key that a list's query fetched by joining `data_key` (`key_id`, `wrapped`), so
    /// that fifty rows do not cost fifty queries.
    pub fn learn_key(
        &mut self,
        aggregate: &Aggregate<'_>,
        key_id: &[u8],
        wrapped: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        let state = self.unwrap(aggregate, key_id, wrapped)?;
        self.keys.insert(cache_key(aggregate), state);
        Ok(())
    }

    /// The aggregates filed under exactly this (normalised) value.
    pub async fn find(
        &mut self,
        county: County,
        kind: LookupKind,
        value: &str,
    ) -> Result<Vec<(String, Uuid)>, StoreError> {
        let digest = self.keyring.blind(county, kind, value);
        let rows = self
            .link
            .fetch(SELECT_LOOKUP, args![county, kind.as_str(), digest])
            .await?;
        rows.iter()
            .map(|row| Ok((row.text(0)?.to_owned(), row.id(1)?)))
            .collect()
    }

    pub(crate) async fn key(&mut self, aggregate: &Aggregate<'_>) -> Result<KeyState, StoreError> {
        if let Some(state) = self.keys.get(&cache_key(aggregate)) {
            return Ok(state.clone());
        }
        let Aggregate { county, kind, id } = *aggregate;
        let row = self
            .link
            .fetch_optional(SELECT_KEY, args![county, kind, id])
            .await?;
        let state = match row {
            Some(row) => self.unwrap(aggregate, row.bytes(0)?, row.maybe_bytes(1)?)?,
            None => KeyState::Missing,
        };
        self.keys.insert(cache_key(aggregate), state.clone());
        Ok(state)
    }

    fn unwrap(
        &self,
        aggregate: &Aggregate<'_>,
        key_id: &[u8],
        wrapped: Option<&[u8]>,
    ) -> Result<KeyState, StoreError> {
        let Some(wrapped) = wrapped else {
            return Ok(KeyState::Erased);
        };
        let id = key_id
            .try_into()
            .map_err(|_| StoreError::corrupt("a key id"))?;
        self.keyring
            .unwrap(aggregate, id, wrapped)
            .map(KeyState::Live)
    }
}

pub(crate) fn cache_key(aggregate: &Aggregate<'_>) -> (County, String, Uuid) {
    (aggregate.county, aggregate.kind.to_owned(), aggregate.id)
}

pub(crate) fn actor_field(version: u64) -> String {
    format!("event {version} actor")
}

pub(crate) fn payload_field(version: u64) -> String {
    format!("event {version} payload")
}
