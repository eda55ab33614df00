//! Rows that screens read. Each is the aggregate's folded state, written with its events: a row
//! never says more than they do, and rebuilding is folding again.

mod case;
mod matter;
mod registration;
mod visit;

pub(crate) use case::running_clocks;

use domain::ids::{CaseId, MatterId, RegistrationId, VisitId};
use serde::Serialize;

use crate::{Aggregate, StoreError, Timestamp, Tx, aggregate_log::kind};

pub(crate) async fn bring_up_to_date(
    tx: &mut Tx,
    aggregate: &Aggregate<'_>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let Aggregate { county, kind, id } = *aggregate;
    let readers = match kind {
        kind::VISIT => visit::write(tx, county, VisitId(id)).await?,
        kind::REGISTRATION => registration::write(tx, county, RegistrationId(id)).await?,
        kind::CASE => case::write(tx, county, CaseId(id)).await?,
        kind::MATTER => matter::write(tx, county, MatterId(id)).await?,
        _ => return Ok(()),
    };
    tx.publish(
        aggregate,
        crate::Publication {
            topic: "changed",
            readers,
            at,
        },
    );
    Ok(())
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
