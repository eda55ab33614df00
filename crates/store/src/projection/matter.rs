use domain::{ids::MatterId, matter::MatterStatus};

use super::PUBLIC;
use crate::{County, StoreError, Tx, aggregate_log::json, args};

const SAVE: &str = "INSERT INTO matter_row (county, matter_id, published, state)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (county, matter_id) DO UPDATE SET published = excluded.published, state = excluded.state";

pub(super) async fn write(
    tx: &mut Tx,
    county: County,
    id: MatterId,
) -> Result<Vec<String>, StoreError> {
    let Some(mut matter) = tx.matter(county, id).await?.state else {
        return Ok(Vec::new());
    };
    let published = matter.status != MatterStatus::Proposed;
    // The row is in clear: the case it came from stays in the events.
    matter.case = None;
    let state = String::from_utf8(json(&matter)?).map_err(|_| StoreError::corrupt("JSON"))?;
    tx.run(SAVE, args![county, id.0, i64::from(published), state])
        .await?;
    Ok(if published {
        vec![PUBLIC.to_owned()]
    } else {
        Vec::new()
    })
}
