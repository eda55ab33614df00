use chrono::Datelike;
use domain::{ids::VisitId, visit::Visit};
use serde::Serialize;

use super::{
    PUBLIC,
    table::{Table, table},
};
use crate::{
    County, Reader, StoreError, Tx, aggregate_log::json, args, listed_visit::ListedVisit,
    sql::Value,
};

pub(super) const ROW: Table = table!(
    "visit_row",
    "visit",
    "visit_id",
    "day, published, state, listed"
);
const SAVE: &str = "INSERT INTO visit_row (county, visit_id, day, published, state, listed)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (county, visit_id) DO UPDATE SET day = excluded.day, published = excluded.published,
  state = excluded.state, listed = excluded.listed";

pub(super) async fn write(
    tx: &mut Tx,
    county: County,
    id: VisitId,
) -> Result<Vec<String>, StoreError> {
    let Some(visit) = tx.visit(county, id).await?.state else {
        return Ok(Vec::new());
    };
    let Some(row) = row(&visit)? else {
        return Ok(Vec::new());
    };
    tx.run(SAVE, [args![county, id.0], row].concat()).await?;
    // Nobody learns from the feed that a notice is being written.
    Ok(if visit.live.is_some() {
        vec![PUBLIC.to_owned()]
    } else {
        Vec::new()
    })
}

pub(super) async fn rows(
    reader: &mut Reader,
    county: County,
    id: VisitId,
) -> Result<Vec<Vec<Value>>, StoreError> {
    let visit = reader.visit(county, id).await?.state;
    let row = visit.map(|visit| row(&visit)).transpose()?;
    Ok(row.flatten().into_iter().collect())
}

fn row(visit: &Visit) -> Result<Option<Vec<Value>>, StoreError> {
    let newest = visit.pending.as_ref().map(|pending| &pending.notice);
    let Some(notice) = visit.live.as_ref().map(|live| &live.notice).or(newest) else {
        return Ok(None);
    };
    let day = i64::from(notice.date.num_days_from_ce());
    let listed = ListedVisit::of(visit).as_ref().map(text).transpose()?;
    Ok(Some(args![day, visit.live.is_some(), text(visit)?, listed]))
}

fn text(value: &impl Serialize) -> Result<String, StoreError> {
    String::from_utf8(json(value)?).map_err(|_| StoreError::corrupt("JSON"))
}
