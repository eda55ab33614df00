//! What the change feed says of the pages that are kept.
//!
//! A commit of this process is known at once, through the store's count of public commits. Those of
//! other processes are found by asking the feed, at most once a second whoever looks.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use store::{Changes, Cursor, StoreError};

use crate::data::Data;

/// Also how often pages that tell counts are renewed at most.
const ASK_AGAIN: Duration = Duration::from_secs(1);

/// How far a page has seen the county's changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Goes up with every change that everybody may read.
    pub public: u64,
    /// The feed's position: moves with every change, a booking's too.
    pub position: u64,
}

#[derive(Default)]
pub struct Feed {
    known: Mutex<Option<Known>>,
    asking: tokio::sync::Mutex<()>,
}

#[derive(Clone, Copy)]
struct Known {
    seen: Seen,
    cursor: Cursor,
    /// The store's count when this was asked.
    commits: u64,
    /// When that was begun.
    asked: Instant,
}

impl Feed {
    /// What was seen within the second, if no commit of this process came since.
    pub fn just_seen(&self, data: &Data) -> Option<Seen> {
        let known = self.up_to_date(data)?;
        (known.asked.elapsed() < ASK_AGAIN).then_some(known.seen)
    }

    /// Where the feed is, asked now: never behind this process's own public commits, of anything else at most
    /// a second.
    pub async fn seen(&self, data: &Data) -> Result<Seen, StoreError> {
        if let Some(known) = self.up_to_date(data) {
            // One asks, the others go on with what is known.
            return match self.asking.try_lock() {
                Ok(_asking) => self.ask(data).await,
                Err(_) => Ok(known.seen),
            };
        }
        let _asking = self.asking.lock().await;
        match self.up_to_date(data) {
            Some(known) => Ok(known.seen),
            None => self.ask(data).await,
        }
    }

    /// Where the feed is, asked after this was called: what another process told of before is in it. Who comes
    /// while somebody asks shares the next asking.
    pub async fn seen_from_now(&self, data: &Data) -> Result<Seen, StoreError> {
        let called = Instant::now();
        let _asking = self.asking.lock().await;
        match self.up_to_date(data) {
            Some(known) if known.asked >= called => Ok(known.seen),
            _ => self.ask(data).await,
        }
    }

    fn up_to_date(&self, data: &Data) -> Option<Known> {
        let known = *self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.filter(|known| known.commits == data.store.public_commits())
    }

    async fn ask(&self, data: &Data) -> Result<Seen, StoreError> {
        // Before the feed is read: a commit in between is asked about again.
        let asked = Instant::now();
        let commits = data.store.public_commits();
        let before = *self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut reader = data.store.snapshot().await?;
        let (public, cursor) = match before {
            None => (0, reader.feed_end(data.county).await?),
            Some(before) => {
                let everybody = [store::PUBLIC.to_owned()];
                let changes = reader
                    .changes(data.county, &everybody, before.cursor, 1)
                    .await?;
                match changes {
                    Changes::Page { changes, next } if changes.is_empty() => {
                        (before.seen.public, next)
                    }
                    Changes::Page { .. } => {
                        (before.seen.public + 1, reader.feed_end(data.county).await?)
                    }
                    Changes::StartAfresh { from } => (before.seen.public + 1, from),
                }
            }
        };
        let seen = Seen {
            public,
            position: cursor.position,
        };
        let known = Known {
            seen,
            cursor,
            commits,
            asked,
        };
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
        Ok(seen)
    }
}
