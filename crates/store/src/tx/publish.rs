//! Feed rows. Their positions are given at the very end of the transaction.
//!
//! A county's positions come from one row, locked from here to the commit: position order is
//! commit order, and a reader that saw 11 has seen 10. Taking it last keeps that lock as short as
//! the commit itself.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::Tx;
use crate::projection::PUBLIC;
use crate::sql::Insert;
use crate::{Aggregate, County, StoreError, Timestamp, args};

const RESERVE: &str = "INSERT INTO feed_sequence (county, last) VALUES ($1, $2)
  ON CONFLICT (county) DO UPDATE SET last = feed_sequence.last + excluded.last RETURNING last";
static INSERT: Insert = Insert {
    into: "INSERT INTO feed (county, position, aggregate_kind, aggregate_id, topic, at) VALUES",
    rest: "",
    key: 0,
};
static INSERT_READER: Insert = Insert {
    into: "INSERT INTO feed_reader (county, reader, position) VALUES",
    rest: "",
    key: 0,
};

/// A change told to exactly these readers.
#[derive(Debug, Clone)]
pub struct Publication {
    /// What changed, in the feed's own words: `visit`, `own_matter`, `public_matter` …
    pub topic: &'static str,
    /// Keys such as `public`, `unit:…`, `account:…`, `holders:…`. Nobody else learns of the change,
    /// not even as a gap.
    pub readers: Vec<String>,
    pub at: Timestamp,
}

pub(super) struct Pending {
    county: County,
    kind: String,
    id: Uuid,
    publication: Publication,
}

impl Tx {
    pub fn publish(&mut self, aggregate: &Aggregate<'_>, publication: Publication) {
        let Aggregate { county, kind, id } = *aggregate;
        self.publications.push(Pending {
            county,
            kind: kind.to_owned(),
            id,
            publication,
        });
    }

    /// Whether the group changes what everybody may read.
    pub(crate) fn tells_everybody(&self) -> bool {
        let readers = |pending: &Pending| pending.publication.readers.iter().any(|r| r == PUBLIC);
        self.publications.iter().any(readers)
    }

    /// Counties in one order, so that two servers never wait for each other.
    pub(super) async fn flush_publications(&mut self) -> Result<(), StoreError> {
        let mut by_county = BTreeMap::<County, Vec<Pending>>::new();
        for pending in std::mem::take(&mut self.publications) {
            by_county.entry(pending.county).or_default().push(pending);
        }
        for (county, rows) in by_county {
            let count = rows.len() as u64;
            let last = self.reader.fetch(RESERVE, args![county, count]).await?;
            let last = last
                .first()
                .ok_or_else(|| StoreError::corrupt("the feed's position"))?;
            let first = last.unsigned(0)? - count + 1;
            self.insert_publications(first, rows).await?;
        }
        Ok(())
    }

    async fn insert_publications(
        &mut self,
        first: u64,
        rows: Vec<Pending>,
    ) -> Result<(), StoreError> {
        for (position, row) in (first..).zip(rows) {
            let (county, told) = (row.county, row.publication);
            let feed = args![county, position, row.kind, row.id, told.topic, told.at];
            self.insert(&INSERT, feed).await?;
            let readers: BTreeSet<String> = told.readers.into_iter().collect();
            for reader in readers {
                self.insert(&INSERT_READER, args![county, reader, position])
                    .await?;
            }
        }
        Ok(())
    }
}
