//! The booking ledger's state row: the next serial and the free places of one visit.

use uuid::Uuid;

use super::Tx;
use crate::sql::{PerDialect, for_update};
use crate::{County, StoreError, args};

const LOCK: PerDialect = for_update!(
    "SELECT next_serial, free, state FROM ledger_state WHERE county = $1 AND visit_id = $2"
);
const OPEN: &str = "INSERT INTO ledger_state (county, visit_id, next_serial, free, state)
  VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
const SAVE: &str = "UPDATE ledger_state SET next_serial = $3, free = $4, state = $5
  WHERE county = $1 AND visit_id = $2";

/// Serials come from here, never from a sequence: a sequence leaves holes when it rolls back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerState {
    /// The serial the next received registration gets; 1 at first.
    pub next_serial: u64,
    /// Places still to be had by booking.
    pub free: i64,
    /// The domain's counters as JSON, without personal data.
    pub state: String,
}

impl Tx {
    /// Makes the row when the visit is published. Doing it again changes nothing.
    pub async fn open_ledger(
        &mut self,
        county: County,
        visit: Uuid,
        state: &LedgerState,
    ) -> Result<(), StoreError> {
        let args = args![county, visit, state.next_serial, state.free, &state.state];
        self.run(OPEN, args).await.map(drop)
    }

    /// Reads the row and keeps others from it until the commit. Run the job in the visit's
    /// [`crate::Lane`]: groups are sorted by it, so that locks are always taken in one order.
    pub async fn lock_ledger(
        &mut self,
        county: County,
        visit: Uuid,
    ) -> Result<Option<LedgerState>, StoreError> {
        let sql = LOCK.text(self.reader.link.dialect());
        let row = self
            .reader
            .link
            .fetch_optional(sql, args![county, visit])
            .await;
        let Some(row) = self.note(row)? else {
            return Ok(None);
        };
        Ok(Some(LedgerState {
            next_serial: row.unsigned(0)?,
            free: row.integer(1)?,
            state: row.text(2)?.to_owned(),
        }))
    }

    pub async fn save_ledger(
        &mut self,
        county: County,
        visit: Uuid,
        state: &LedgerState,
    ) -> Result<(), StoreError> {
        let args = args![county, visit, state.next_serial, state.free, &state.state];
        match self.run(SAVE, args).await? {
            1 => Ok(()),
            _ => Err(StoreError::corrupt("a ledger that was never opened")),
        }
    }
}
