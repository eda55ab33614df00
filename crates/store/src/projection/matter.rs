use domain::{
    ids::MatterId,
    matter::{MatterStatus, PublicMatter},
};

use super::{
    PUBLIC,
    table::{Table, table},
};
use crate::{County, Reader, StoreError, Tx, aggregate_log::json, args, sql::Value};

pub(super) const ROW: Table = table!("matter_row", "matter", "matter_id", "published, state");
const SAVE: &str = "INSERT INTO matter_row (county, matter_id, published, state)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (county, matter_id) DO UPDATE SET published = excluded.published, state = excluded.state";

pub(super) async fn write(
    tx: &mut Tx,
    county: County,
    id: MatterId,
) -> Result<Vec<String>, StoreError> {
    let Some(matter) = tx.matter(county, id).await?.state else {
        return Ok(Vec::new());
    };
    let published = is_published(&matter);
    let args = [args![county, id.0], row(matter)?].concat();
    tx.run(SAVE, args).await?;
    Ok(if published {
        vec![PUBLIC.to_owned()]
    } else {
        Vec::new()
    })
}

pub(super) async fn rows(
    reader: &mut Reader,
    county: County,
    id: MatterId,
) -> Result<Vec<Vec<Value>>, StoreError> {
    let matter = reader.matter(county, id).await?.state;
    Ok(matter.map(row).transpose()?.into_iter().collect())
}

fn row(mut matter: PublicMatter) -> Result<Vec<Value>, StoreError> {
    // The row is in clear: the case it came from stays in the events.
    matter.case = None;
    let state = String::from_utf8(json(&matter)?).map_err(|_| StoreError::corrupt("JSON"))?;
    Ok(args![is_published(&matter), state])
}

fn is_published(matter: &PublicMatter) -> bool {
    matter.status != MatterStatus::Proposed
}
