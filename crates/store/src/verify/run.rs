//! Walking through all events of a county, oldest first, an aggregate at a time.

use std::collections::HashMap;

use sqlx::AssertSqlSafe;
use sqlx::SqlSafeStr as _;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::chain::{GENESIS, Link as ChainLink, next_hash};
use super::checkpoint::{SELECT_CHECKPOINTS, SignedCheckpoint, read_heads, root_of};
use super::{Finding, Report, rows};
use crate::{County, Reader, Row, Store, StoreError, args};

const SELECT_HEADS: &str = "SELECT aggregate_kind, aggregate_id, version, hash,
  checkpoint_version, checkpoint_hash FROM aggregate_head WHERE county = $1";

impl Store {
    /// Recomputes a county's chains, compares what screens read with them and checks the
    /// checkpoints, all in one snapshot. `exported` is a checkpoint kept outside the server, if
    /// there is one.
    pub async fn verify(
        &self,
        county: County,
        exported: Option<&SignedCheckpoint>,
    ) -> Result<Report, StoreError> {
        let mut reader = self.snapshot().await?;
        let heads = heads(&mut reader, county).await?;
        let mut walk = Walk {
            county,
            heads,
            at: None,
            report: Report::default(),
        };
        walk.chains(&mut reader).await?;
        let mut report = walk.report;
        rows::compare(&mut reader, county, &mut report).await?;
        self.checkpoints(&mut reader, county, exported, &mut report)
            .await?;
        Ok(report)
    }

    async fn checkpoints(
        &self,
        reader: &mut Reader,
        county: County,
        exported: Option<&SignedCheckpoint>,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let rows = reader.fetch(SELECT_CHECKPOINTS, args![county]).await?;
        let checkpoints: Vec<SignedCheckpoint> = rows
            .iter()
            .map(|row| SignedCheckpoint::from_row(county, row))
            .collect::<Result<_, _>>()?;
        let public = self.checkpoint_public_key();
        let mut previous = Vec::new();
        for (number, checkpoint) in (1..).zip(&checkpoints) {
            let in_place = checkpoint.number == number && checkpoint.previous == previous;
            if !in_place || !checkpoint.is_signed_by(&public) {
                let checkpoint = checkpoint.number;
                report
                    .findings
                    .push(Finding::BadCheckpoint { county, checkpoint });
            }
            previous.clone_from(&checkpoint.root);
        }
        report.checkpoints = checkpoints.len() as u64;
        if let Some(last) = checkpoints.last() {
            let heads = read_heads(&mut reader.link, county).await?;
            if heads.len() as u64 != last.heads || root_of(heads)[..] != last.root {
                let checkpoint = last.number;
                report
                    .findings
                    .push(Finding::RootDiffers { county, checkpoint });
            }
        }
        if let Some(known) = exported.filter(|known| !checkpoints.contains(known)) {
            let checkpoint = known.number;
            report
                .findings
                .push(Finding::CheckpointMissing { county, checkpoint });
        }
        Ok(())
    }
}

struct Head {
    version: u64,
    hash: Vec<u8>,
    seen: (u64, Option<Vec<u8>>),
}

type Name = (String, Uuid);

async fn heads(reader: &mut Reader, county: County) -> Result<HashMap<Name, Head>, StoreError> {
    let mut heads = HashMap::new();
    for row in reader.fetch(SELECT_HEADS, args![county]).await? {
        let head = Head {
            version: row.unsigned(2)?,
            hash: row.bytes(3)?.to_vec(),
            seen: (row.unsigned(4)?, row.maybe_bytes(5)?.map(<[u8]>::to_vec)),
        };
        heads.insert((row.text(0)?.to_owned(), row.id(1)?), head);
    }
    Ok(heads)
}

/// Where in which aggregate the walk is.
struct Place {
    name: Name,
    version: u64,
    hash: [u8; 32],
    /// Whether the event that the last checkpoint had seen was met with the hash it had.
    checkpoint_met: bool,
}

struct Walk {
    county: County,
    heads: HashMap<Name, Head>,
    at: Option<Place>,
    report: Report,
}

impl Walk {
    async fn chains(&mut self, reader: &mut Reader) -> Result<(), StoreError> {
        let (sender, mut rows) = mpsc::channel(256);
        let sql = AssertSqlSafe(format!(
            "SELECT aggregate_kind, aggregate_id, version, event_id, type, type_version,
             captured_at, received_at, actor, payload, prev_hash, hash FROM event
             WHERE county = '{}' ORDER BY aggregate_kind, aggregate_id, version",
            self.county
        ));
        let produce = async {
            let sender = sender;
            reader.link.stream(sql.into_sql_str(), &sender).await
        };
        let consume = async {
            while let Some(row) = rows.recv().await {
                self.event(&row)?;
            }
            Ok::<(), StoreError>(())
        };
        tokio::try_join!(produce, consume)?;
        self.leave();
        for (kind, id) in std::mem::take(&mut self.heads).into_keys() {
            // A head whose events are all gone.
            let county = self.county;
            self.report.findings.push(Finding::Removed {
                county,
                kind,
                id,
                version: 1,
            });
        }
        Ok(())
    }

    fn event(&mut self, row: &Row) -> Result<(), StoreError> {
        let name = (row.text(0)?.to_owned(), row.id(1)?);
        if self.at.as_ref().is_none_or(|place| place.name != name) {
            self.leave();
            self.report.aggregates += 1;
            self.at = Some(Place {
                name,
                version: 0,
                hash: GENESIS,
                checkpoint_met: false,
            });
        }
        self.report.events += 1;
        let link = chain_link(self.county, row)?;
        let (prev, stored) = (row.bytes(10)?.to_vec(), row.bytes(11)?.to_vec());
        self.check(&link, &prev, &stored);
        Ok(())
    }

    fn check(&mut self, link: &ChainLink, prev: &[u8], stored: &[u8]) {
        let Some(place) = &mut self.at else { return };
        let (county, kind, id, version) = (self.county, link.kind.clone(), link.id, link.version);
        if version != place.version + 1 {
            let version = place.version + 1;
            let kind = kind.clone();
            self.report.findings.push(Finding::Removed {
                county,
                kind,
                id,
                version,
            });
        } else if prev != place.hash {
            let kind = kind.clone();
            self.report.findings.push(Finding::OutOfOrder {
                county,
                kind,
                id,
                version,
            });
        }
        let prev = prev.try_into().unwrap_or(GENESIS);
        if next_hash(&prev, link)[..] != *stored {
            self.report.findings.push(Finding::Changed {
                county,
                kind,
                id,
                version,
            });
        }
        place.version = version;
        place.hash = stored.try_into().unwrap_or(GENESIS);
        let seen = self.heads.get(&place.name).map(|head| &head.seen);
        if seen.is_some_and(|(at, hash)| *at == version && hash.as_deref() == Some(stored)) {
            place.checkpoint_met = true;
        }
    }

    /// Ends an aggregate: its last event must be its head.
    fn leave(&mut self) {
        let Some(place) = self.at.take() else { return };
        let (kind, id) = place.name.clone();
        let county = self.county;
        let head = self.heads.remove(&place.name);
        let agrees = head
            .as_ref()
            .is_some_and(|head| head.version == place.version && head.hash == place.hash);
        if !agrees {
            let head = head.as_ref().map_or(0, |head| head.version);
            let (kind, last) = (kind.clone(), place.version);
            self.report.findings.push(Finding::HeadDiffers {
                county,
                kind,
                id,
                head,
                last,
            });
        }
        let seen = head.map_or(0, |head| head.seen.0);
        if seen > 0 && !place.checkpoint_met {
            let version = seen;
            self.report.findings.push(Finding::BehindCheckpoint {
                county,
                kind,
                id,
                version,
            });
        }
    }
}

fn chain_link(county: County, row: &Row) -> Result<ChainLink, StoreError> {
    Ok(ChainLink {
        county,
        kind: row.text(0)?.to_owned(),
        id: row.id(1)?,
        version: row.unsigned(2)?,
        event_id: row.id(3)?,
        event_type: row.text(4)?.to_owned(),
        type_version: u32::try_from(row.integer(5)?)
            .map_err(|_| StoreError::corrupt("an event's type version"))?,
        captured_at: row.timestamp(6)?,
        received_at: row.timestamp(7)?,
        actor: row.bytes(8)?.to_vec(),
        payload: row.bytes(9)?.to_vec(),
    })
}
