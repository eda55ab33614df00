//! Rows that screens read. Each is the aggregate's folded state, written with its events: a row
//! never says more than they do, and rebuilding is folding again.

mod case;
mod holders;
mod ledger;
mod look_up;
mod matter;
mod rebuild;
mod registration;
mod table;
mod version;
mod visit;

pub(crate) use case::running_clocks;
pub(crate) use holders::{holder_names, told_of_attachments};
pub(crate) use ledger::state_of;
pub(crate) use look_up::Change as LookUpChange;
pub use rebuild::PendingRebuild;
pub(crate) use rebuild::{count, plan, rebuild_if_older};
pub(crate) use table::{KINDS, Table, tables_of};
pub(crate) use version::{VERSION, stored};

use domain::ids::{CaseId, MatterId, RegistrationId, VisitId};
use domain::seen_by::SeenBy;
use serde::Serialize;

use crate::{Aggregate, Reader, StoreError, Timestamp, Tx, aggregate_log::kind, sql::Value};

/// What the feed says happened.
const CHANGED: &str = "changed";

pub(crate) async fn bring_up_to_date(
    tx: &mut Tx,
    aggregate: &Aggregate<'_>,
    seen: SeenBy,
    at: Timestamp,
) -> Result<(), StoreError> {
    let Some(readers) = write(tx, aggregate, seen).await? else {
        return Ok(());
    };
    tx.publish(
        aggregate,
        crate::Publication {
            topic: CHANGED,
            readers,
            at,
        },
    );
    Ok(())
}

/// Writes what screens read of an aggregate, and says who may know that it changed: of those that hold a
/// code, the ones who see it.
async fn write(
    tx: &mut Tx,
    aggregate: &Aggregate<'_>,
    seen: SeenBy,
) -> Result<Option<Vec<String>>, StoreError> {
    let Aggregate { county, kind, id } = *aggregate;
    Ok(Some(match kind {
        kind::VISIT => visit::write(tx, county, VisitId(id)).await?,
        kind::REGISTRATION => registration::write(tx, county, RegistrationId(id), seen).await?,
        kind::CASE => case::write(tx, county, CaseId(id), seen).await?,
        kind::MATTER => matter::write(tx, county, MatterId(id)).await?,
        _ => return Ok(None),
    }))
}

/// Writes every row of an aggregate that has none, from nothing but its events.
async fn write_all(tx: &mut Tx, aggregate: &Aggregate<'_>) -> Result<(), StoreError> {
    // Nobody is told of rows that are written again.
    write(tx, aggregate, SeenBy::Nobody).await?;
    match aggregate.kind {
        kind::LEDGER => ledger::write(tx, aggregate.county, VisitId(aggregate.id)).await,
        kind::REGISTRATION | kind::CASE => look_up::write(tx, aggregate).await,
        _ => Ok(()),
    }
}

/// The rows an aggregate should have, a list for each of its [`tables_of`].
pub(crate) async fn rows(
    reader: &mut Reader,
    aggregate: &Aggregate<'_>,
) -> Result<Vec<Vec<Vec<Value>>>, StoreError> {
    let Aggregate { county, kind, id } = *aggregate;
    Ok(match kind {
        kind::VISIT => vec![visit::rows(reader, county, VisitId(id)).await?],
        kind::LEDGER => vec![ledger::rows(reader, county, VisitId(id)).await?],
        kind::REGISTRATION => {
            let [row, closed] = registration::rows(reader, county, RegistrationId(id)).await?;
            vec![row, closed, look_up::rows(reader, aggregate).await?]
        }
        kind::CASE => {
            let [row, readers] = case::rows(reader, county, CaseId(id)).await?;
            vec![row, readers, look_up::rows(reader, aggregate).await?]
        }
        kind::MATTER => vec![matter::rows(reader, county, MatterId(id)).await?],
        _ => Vec::new(),
    })
}

/// A unit variant's wire name, for a column.
pub(crate) fn wire_name(value: &impl Serialize) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        _ => Err(StoreError::corrupt("a state without a name")),
    }
}

/// Reader keys as the feed names them.
pub(crate) fn reader_names(keys: &[domain::readers::ReaderKey]) -> Result<Vec<String>, StoreError> {
    keys.iter()
        .map(|key| {
            serde_json::to_string(key).map_err(|error| StoreError::corrupt(error.to_string()))
        })
        .collect()
}

/// The reader of the feed that everybody is.
pub const PUBLIC: &str = "public";
