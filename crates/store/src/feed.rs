//! Reading the change feed from a cursor on.

use std::fmt;

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::{County, Reader, StoreError, Timestamp, Value, args};

/// The name of the feed's epoch in table `meta`. A restored database starts a new one.
pub(crate) const EPOCH: &str = "feed_epoch";

/// Where a reader is: an epoch and a position in it. Written `epoch.position`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub epoch: Uuid,
    pub position: u64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.epoch.simple(), self.position)
    }
}

impl Cursor {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (epoch, position) = text.split_once('.')?;
        Some(Self {
            epoch: Uuid::try_parse(epoch).ok()?,
            position: position.parse().ok()?,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub position: u64,
    pub aggregate_kind: String,
    pub aggregate_id: Uuid,
    pub topic: String,
    pub at: Timestamp,
}

/// A page of changes, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// `next` is where to go on; it moves past changes of others too.
    Page { changes: Vec<Change>, next: Cursor },
    /// The cursor belongs to another epoch: fetch everything afresh.
    StartAfresh { from: Cursor },
}

impl Reader {
    /// The newest position of a county.
    pub async fn feed_end(&mut self, county: County) -> Result<Cursor, StoreError> {
        let epoch = self.epoch().await?;
        let sql = "SELECT last FROM feed_sequence WHERE county = $1";
        let row = self.fetch_optional(sql, args![county]).await?;
        let position = row.map_or(Ok(0), |row| row.unsigned(0))?;
        Ok(Cursor { epoch, position })
    }

    /// Changes after `since` that at least one of `readers` may know of, at most `limit` of them.
    pub async fn changes(
        &mut self,
        county: County,
        readers: &[String],
        since: Cursor,
        limit: u32,
    ) -> Result<Changes, StoreError> {
        // Read before the rows: a change committed in between waits for the next call.
        let end = self.feed_end(county).await?;
        if since.epoch != end.epoch || since.position > end.position {
            return Ok(Changes::StartAfresh { from: end });
        }
        let mut args = args![county, since.position, end.position, limit];
        args.extend(readers.iter().map(Value::from));
        let rows = self
            .fetch(AssertSqlSafe(changes_sql(readers.len())), args)
            .await?;
        let changes: Vec<Change> = rows.iter().map(change).collect::<Result<_, _>>()?;
        let position = match changes.last() {
            Some(last) if changes.len() >= limit as usize => last.position,
            _ => end.position,
        };
        Ok(Changes::Page {
            changes,
            next: Cursor {
                epoch: end.epoch,
                position,
            },
        })
    }

    async fn epoch(&mut self) -> Result<Uuid, StoreError> {
        let sql = "SELECT value FROM meta WHERE name = $1";
        let row = self.fetch_optional(sql, args![EPOCH]).await?;
        row.ok_or_else(|| StoreError::corrupt("the feed's epoch is missing"))?
            .id(0)
    }
}

/// Only the number of parameters varies. With no readers at all nothing is found.
fn changes_sql(readers: usize) -> String {
    let places: Vec<String> = (5..5 + readers).map(|n| format!("${n}")).collect();
    let readers = if places.is_empty() {
        "NULL".to_owned()
    } else {
        places.join(", ")
    };
    format!(
        "SELECT position, aggregate_kind, aggregate_id, topic, at FROM feed
         WHERE county = $1 AND position IN (
           SELECT position FROM feed_reader WHERE county = $1 AND reader IN ({readers})
           AND position > $2 AND position <= $3)
         ORDER BY position LIMIT $4"
    )
}

fn change(row: &crate::Row) -> Result<Change, StoreError> {
    Ok(Change {
        position: row.unsigned(0)?,
        aggregate_kind: row.text(1)?.to_owned(),
        aggregate_id: row.id(2)?,
        topic: row.text(3)?.to_owned(),
        at: row.timestamp(4)?,
    })
}
