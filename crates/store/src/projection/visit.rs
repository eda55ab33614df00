use chrono::Datelike;
use domain::ids::VisitId;

use super::PUBLIC;
use crate::{County, StoreError, Tx, aggregate_log::json, args};

const SAVE: &str = "INSERT INTO visit_row (county, visit_id, day, published, state)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (county, visit_id) DO UPDATE SET day = excluded.day, published = excluded.published,
  state = excluded.state";

pub(super) async fn write(
    tx: &mut Tx,
    county: County,
    id: VisitId,
) -> Result<Vec<String>, StoreError> {
    let Some(visit) = tx.visit(county, id).await?.state else {
        return Ok(Vec::new());
    };
    let newest = visit.pending.as_ref().map(|pending| &pending.notice);
    let Some(notice) = visit.live.as_ref().map(|live| &live.notice).or(newest) else {
        return Ok(Vec::new());
    };
    let day = i64::from(notice.date.num_days_from_ce());
    let published = visit.live.is_some();
    let state = String::from_utf8(json(&visit)?).map_err(|_| StoreError::corrupt("JSON"))?;
    tx.run(SAVE, args![county, id.0, day, i64::from(published), state])
        .await?;
    // Nobody learns from the feed that a notice is being written.
    Ok(if published {
        vec![PUBLIC.to_owned()]
    } else {
        Vec::new()
    })
}
