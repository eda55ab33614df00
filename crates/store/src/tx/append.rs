//! Appending events: an optimistic version and a hash chain over ciphertext.

use uuid::Uuid;

use super::Tx;
use crate::reader::{actor_field, payload_field};
use crate::sql::Insert;
use crate::verify::chain::{GENESIS, Link, next_hash};
use crate::{Aggregate, StoreError, Timestamp, args};

const SELECT_HEAD: &str = "SELECT version, hash FROM aggregate_head
  WHERE county = $1 AND aggregate_kind = $2 AND aggregate_id = $3";
static NEW_HEAD: Insert = Insert {
    into: "INSERT INTO aggregate_head (county, aggregate_kind, aggregate_id, version, hash) VALUES",
    rest: "ON CONFLICT DO NOTHING",
    key: 0,
};
/// Locks the head until the commit; on PostgreSQL a second writer waits here, then finds another
/// version and is told so.
const MOVE_HEAD: &str = "UPDATE aggregate_head SET version = $4, hash = $5
  WHERE county = $1 AND aggregate_kind = $2 AND aggregate_id = $3 AND version = $6";
/// Of a head that this transaction has made or moved already, and nobody else can.
static MOVE_HEAD_ON: Insert = Insert {
    into: "INSERT INTO aggregate_head (county, aggregate_kind, aggregate_id, version, hash) VALUES",
    rest: "ON CONFLICT (county, aggregate_kind, aggregate_id)
      DO UPDATE SET version = excluded.version, hash = excluded.hash",
    key: 3,
};
static INSERT_EVENT: Insert = Insert {
    into: "INSERT INTO event
      (county, aggregate_kind, aggregate_id, version, event_id, type, type_version, captured_at,
       received_at, actor, payload, prev_hash, hash) VALUES",
    rest: "",
    key: 0,
};

/// An event to append. `payload` is its serialised content in the clear; it is sealed here.
#[derive(Debug, Clone)]
pub struct NewEvent {
    pub event_id: Uuid,
    /// A name that never changes once released, such as `registration_received`.
    pub event_type: &'static str,
    pub type_version: u32,
    pub payload: Vec<u8>,
}

/// Who did it and when.
#[derive(Debug, Clone)]
pub struct Provenance {
    /// The serialised actor in the clear; sealed with each event.
    pub actor: Vec<u8>,
    pub captured_at: Timestamp,
    pub received_at: Timestamp,
}

impl Tx {
    /// Appends after `expected` (0: a new aggregate) and returns the new version. Fails with
    /// [`StoreError::Conflict`] when the aggregate has moved on; the job is then run again.
    pub async fn append(
        &mut self,
        aggregate: &Aggregate<'_>,
        expected: u64,
        events: &[NewEvent],
        provenance: &Provenance,
    ) -> Result<u64, StoreError> {
        let outcome = self
            .append_events(aggregate, expected, events, provenance)
            .await;
        self.note(outcome)
    }

    async fn append_events(
        &mut self,
        aggregate: &Aggregate<'_>,
        expected: u64,
        events: &[NewEvent],
        provenance: &Provenance,
    ) -> Result<u64, StoreError> {
        let mut hash = self.head_hash(aggregate, expected).await?;
        let mut version = expected;
        if let (0, Some(_)) = (expected, events.first()) {
            self.first_key(aggregate, provenance.received_at).await?;
        }
        let mut sealed = Vec::with_capacity(events.len());
        for event in events {
            version += 1;
            let link = self.link_of(aggregate, version, event, provenance).await?;
            let prev = hash;
            hash = next_hash(&prev, &link);
            sealed.push((link, prev, hash));
        }
        if events.is_empty() {
            return Ok(version);
        }
        self.move_head(aggregate, expected, version, hash).await?;
        for (link, prev, hash) in sealed {
            self.insert_event(aggregate, link, prev, hash).await?;
        }
        Ok(version)
    }

    async fn head_hash(
        &mut self,
        aggregate: &Aggregate<'_>,
        expected: u64,
    ) -> Result<[u8; 32], StoreError> {
        if let Some((version, hash)) = self.known.head(aggregate) {
            return if version == expected {
                Ok(hash)
            } else {
                Err(conflict(aggregate, expected))
            };
        }
        if expected == 0 {
            // Should there be one, it is found when the new head is written.
            return Ok(GENESIS);
        }
        let Aggregate { county, kind, id } = *aggregate;
        let head = self
            .reader
            .fetch_optional(SELECT_HEAD, args![county, kind, id])
            .await?;
        let (version, hash) = match &head {
            Some(row) => (row.unsigned(0)?, row.bytes(1)?),
            None => (0, &GENESIS[..]),
        };
        if version != expected {
            return Err(conflict(aggregate, expected));
        }
        hash.try_into()
            .map_err(|_| StoreError::corrupt("a head's hash"))
    }

    async fn link_of(
        &mut self,
        aggregate: &Aggregate<'_>,
        version: u64,
        event: &NewEvent,
        provenance: &Provenance,
    ) -> Result<Link, StoreError> {
        let at = provenance.received_at;
        let actor = self
            .seal(aggregate, &actor_field(version), &provenance.actor, at)
            .await?;
        let payload = self
            .seal(aggregate, &payload_field(version), &event.payload, at)
            .await?;
        Ok(Link {
            county: aggregate.county,
            kind: aggregate.kind.to_owned(),
            id: aggregate.id,
            version,
            event_id: event.event_id,
            event_type: event.event_type.to_owned(),
            type_version: event.type_version,
            captured_at: provenance.captured_at,
            received_at: provenance.received_at,
            actor,
            payload,
        })
    }

    async fn move_head(
        &mut self,
        aggregate: &Aggregate<'_>,
        expected: u64,
        version: u64,
        hash: [u8; 32],
    ) -> Result<(), StoreError> {
        let Aggregate { county, kind, id } = *aggregate;
        let mut args = args![county, kind, id, version, hash];
        let moved = if self.known.head(aggregate).is_some() {
            self.insert(&MOVE_HEAD_ON, args).await?
        } else if expected == 0 {
            self.insert(&NEW_HEAD, args).await?
        } else {
            args.push(expected.into());
            self.run(MOVE_HEAD, args).await? == 1
        };
        if moved {
            self.known.moved(aggregate, version, hash);
            Ok(())
        } else {
            Err(conflict(aggregate, expected))
        }
    }

    async fn insert_event(
        &mut self,
        aggregate: &Aggregate<'_>,
        link: Link,
        prev: [u8; 32],
        hash: [u8; 32],
    ) -> Result<(), StoreError> {
        let args = args![
            aggregate.county,
            aggregate.kind,
            aggregate.id,
            link.version,
            link.event_id,
            link.event_type,
            link.type_version,
            link.captured_at,
            link.received_at,
            link.actor,
            link.payload,
            prev,
            hash,
        ];
        self.insert(&INSERT_EVENT, args).await.map(drop)
    }
}

fn conflict(aggregate: &Aggregate<'_>, expected: u64) -> StoreError {
    StoreError::Conflict {
        aggregate_kind: aggregate.kind.to_owned(),
        expected,
    }
}
