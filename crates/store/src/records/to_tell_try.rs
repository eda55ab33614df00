//! Tries to tell somebody something. That an office contacted a registrant before a visit is an
//! event of its own; here is only how often it was tried, and whether it worked.

use domain::{
    ids::{OfficialId, TellingId},
    tidings::{TellState, TryResult},
};
use futures_util::FutureExt as _;
use uuid::Uuid;

use crate::projection::wire_name;
use crate::sql::{PerDialect, for_update};
use crate::{County, Lane, Store, StoreError, Timestamp, Tx, args};

const LOCK: PerDialect =
    for_update!("SELECT state, tries FROM to_tell WHERE county = $1 AND telling_id = $2");
const INSERT: &str = "INSERT INTO to_tell_try (county, telling_id, number, result, account_id, at)
  VALUES ($1, $2, $3, $4, $5, $6)";
const SAVE: &str = "UPDATE to_tell SET state = $3, tries = $4, result = $5
  WHERE county = $1 AND telling_id = $2";

/// One try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Try {
    /// What was to be told.
    pub telling: TellingId,
    /// 1, 2, 3 …: the same try entered twice counts once.
    pub number: u32,
    /// What came of it.
    pub result: TryResult,
    /// Who tried.
    pub by: OfficialId,
}

impl Store {
    /// Enters a try. `false` when it was entered before, or nothing is left to enter.
    pub async fn enter_try(
        &self,
        county: County,
        tried: Try,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.execute(Lane(tried.telling.0), move |tx| {
            enter(tx, county, tried, at).boxed()
        })
        .await
    }
}

async fn enter(tx: &mut Tx, county: County, tried: Try, at: Timestamp) -> Result<bool, StoreError> {
    let id: Uuid = tried.telling.0;
    let Some(row) = tx.fetch_locked(LOCK, args![county, id]).await? else {
        return Ok(false);
    };
    let (state, tries) = (tell_state(row.text(0)?)?, row.unsigned(1)?);
    let tries = u32::try_from(tries).map_err(|_| StoreError::corrupt("a number of tries"))?;
    let Some(state) = state.after(tries, tried.result) else {
        return Ok(false);
    };
    if tried.number != tries + 1 {
        return Ok(false);
    }
    let (result, state) = (wire_name(&tried.result)?, wire_name(&state)?);
    let args = args![county, id, tried.number, &result, tried.by.0, at];
    tx.run(INSERT, args).await?;
    tx.run(SAVE, args![county, id, state, tried.number, result])
        .await?;
    Ok(true)
}

/// A state's name in a column.
pub(crate) fn tell_state(name: &str) -> Result<TellState, StoreError> {
    serde_json::from_value(name.into()).map_err(|_| StoreError::corrupt("a telling's state"))
}
