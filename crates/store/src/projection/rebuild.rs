//! Folding all rows anew, in one transaction: readers go on with the old rows until it commits, and
//! if it does not, nothing happened (`docs/decisions/0007-projections.md`).

use std::sync::Arc;

use futures_util::FutureExt as _;
use uuid::Uuid;

use super::{KINDS, VERSION, tables_of, version, write_all};
use crate::calendars::Calendars;
use crate::crypto::Keyring;
use crate::database::Database;
use crate::sql::Link;
use crate::{Aggregate, Lane, Store, StoreError, Tx, args};

const COUNT: &str = "SELECT COUNT(*) FROM aggregate_head WHERE aggregate_kind = $1";
const AGGREGATES: &str = "SELECT county, aggregate_id FROM aggregate_head
  WHERE aggregate_kind = $1 ORDER BY county, aggregate_id";
/// How often the log hears of it.
const STEP: u64 = 5_000;

/// A rebuild that has not run yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PendingRebuild {
    /// The form of the stored rows; 0 when nobody knows.
    pub from: u32,
    /// The form this program writes.
    pub to: u32,
    /// How many histories would be folded.
    pub aggregates: u64,
}

/// What [`rebuild_if_older`] would do.
pub(crate) async fn plan(link: &mut Link) -> Result<Option<PendingRebuild>, StoreError> {
    let from = version::stored(link).await?;
    Ok((from < VERSION).then_some(PendingRebuild {
        from,
        to: VERSION,
        aggregates: count(link).await?,
    }))
}

/// How many histories have rows.
pub(crate) async fn count(link: &mut Link) -> Result<u64, StoreError> {
    let mut aggregates = 0;
    for kind in KINDS {
        let row = link.fetch_optional(COUNT, args![kind]).await?;
        aggregates += row.map_or(Ok(0), |row| row.unsigned(0))?;
    }
    Ok(aggregates)
}

/// At the start of a program. A second server waits for the first, then finds nothing to do.
pub(crate) async fn rebuild_if_older(
    database: &Database,
    keyring: &Arc<Keyring>,
    calendars: &Arc<Calendars>,
) -> Result<(), StoreError> {
    if version::stored(&mut database.read().await?).await? == VERSION {
        return Ok(());
    }
    let mut tx = Tx::begin(database, Arc::clone(keyring), Arc::clone(calendars)).await?;
    let outcome = async {
        tx.take_projections().await?;
        if version::stored(&mut tx.link).await? < VERSION {
            rebuild(&mut tx).await?;
        }
        Ok(())
    };
    match outcome.await {
        Ok(()) => tx.commit().await,
        Err(error) => {
            tx.rollback().await;
            Err(error)
        }
    }
}

impl Store {
    /// Folds all rows anew though their form is this program's: after [`Store::verify`] found rows
    /// that differ from their events. Returns how many histories were folded.
    pub async fn rebuild_projections(&self) -> Result<u64, StoreError> {
        self.execute(Lane(Uuid::nil()), |tx| {
            async move {
                tx.take_projections().await?;
                version::stored(&mut tx.link).await?;
                rebuild(tx).await
            }
            .boxed()
        })
        .await
    }
}

async fn rebuild(tx: &mut Tx) -> Result<u64, StoreError> {
    let all = count(&mut tx.link).await?;
    tracing::info!(all, version = VERSION, "rebuilding what screens read");
    for table in KINDS.iter().flat_map(|kind| tables_of(kind)) {
        tx.run(table.empty, args![]).await?;
    }
    let mut done = 0;
    for kind in KINDS {
        for row in tx.fetch(AGGREGATES, args![kind]).await? {
            let aggregate = Aggregate::new(row.county(0)?, kind, row.id(1)?);
            write_all(tx, &aggregate)
                .await
                .map_err(|error| about(&aggregate, error))?;
            tx.keys.clear();
            done += 1;
            if done % STEP == 0 {
                tracing::info!(done, all, "rebuilding what screens read");
            }
        }
    }
    tx.save_projection_version().await?;
    Ok(done)
}

/// Whoever has to mend a damaged history must know which.
fn about(aggregate: &Aggregate<'_>, error: StoreError) -> StoreError {
    let Aggregate { kind, id, .. } = aggregate;
    match error {
        StoreError::Corrupt { what } => StoreError::corrupt(format!("{kind} {id}: {what}")),
        other => other,
    }
}

impl Tx {
    /// What was erased has no rows.
    pub(crate) async fn forget_rows(
        &mut self,
        aggregate: &Aggregate<'_>,
    ) -> Result<(), StoreError> {
        let Aggregate { county, kind, id } = *aggregate;
        self.hold_projections().await?;
        for table in tables_of(kind) {
            self.run(table.forget, args![county, id]).await?;
        }
        Ok(())
    }
}
