//! A visit's places. While commands run the row is the truth they are decided against, and is
//! written by `tx::places`; here it is folded from its events.

use domain::{
    booking::{BookingEvent, Ledger},
    ids::VisitId,
};

use super::table::{Table, table};
use crate::{
    Aggregate, County, LedgerState, Reader, StoreError, Tx,
    aggregate_log::{json, kind},
    args,
    sql::Value,
};

pub(super) const ROW: Table = table!(
    "ledger_state",
    "ledger",
    "visit_id",
    "next_serial, free, state"
);

pub(super) async fn write(tx: &mut Tx, county: County, id: VisitId) -> Result<(), StoreError> {
    match fold(tx, county, id).await? {
        Some(state) => tx.open_ledger(county, id.0, &state).await,
        None => Ok(()),
    }
}

pub(super) async fn rows(
    reader: &mut Reader,
    county: County,
    id: VisitId,
) -> Result<Vec<Vec<Value>>, StoreError> {
    let state = fold(reader, county, id).await?;
    let row = state.map(|state| args![state.next_serial, state.free, state.state]);
    Ok(row.into_iter().collect())
}

async fn fold(
    reader: &mut Reader,
    county: County,
    id: VisitId,
) -> Result<Option<LedgerState>, StoreError> {
    let aggregate = Aggregate::new(county, kind::LEDGER, id.0);
    let events: Vec<BookingEvent> = reader.domain_events(&aggregate).await?;
    let mut ledger = Ledger::default();
    events.iter().for_each(|event| ledger.evolve(event));
    (!events.is_empty()).then(|| state_of(&ledger)).transpose()
}

/// A ledger as its row.
pub(crate) fn state_of(ledger: &Ledger) -> Result<LedgerState, StoreError> {
    Ok(LedgerState {
        next_serial: u64::from(ledger.registered()) + 1,
        free: i64::from(ledger.free()),
        state: String::from_utf8(json(ledger)?).map_err(|_| StoreError::corrupt("JSON"))?,
    })
}
