//! Organisations: the petition office, departments, townships, villages.

use uuid::Uuid;

use super::write;
use crate::{County, Row, Store, StoreError, args};

const SAVE: &str = "INSERT INTO unit (unit_id, county, name, kind, division, phone)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (unit_id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
  division = excluded.division, phone = excluded.phone";
const SELECT: &str = "SELECT unit_id, county, name, kind, division, phone FROM unit
  WHERE county = $1 ORDER BY unit_id";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub id: Uuid,
    pub county: County,
    pub name: String,
    /// The domain's word for what it is, such as `department` or `township`.
    pub kind: String,
    /// The division it serves, for townships and villages.
    pub division: Option<String>,
    pub phone: Option<String>,
}

impl Store {
    pub async fn save_units(&self, units: &[Unit]) -> Result<(), StoreError> {
        let rows = units.iter().cloned().map(|unit| {
            args![
                unit.id,
                unit.county,
                unit.name,
                unit.kind,
                unit.division,
                unit.phone
            ]
        });
        write::many(self, SAVE, rows.collect()).await
    }

    pub async fn units(&self, county: County) -> Result<Vec<Unit>, StoreError> {
        let rows = self.read().await?.fetch(SELECT, args![county]).await?;
        rows.iter().map(unit).collect()
    }
}

fn unit(row: &Row) -> Result<Unit, StoreError> {
    Ok(Unit {
        id: row.id(0)?,
        county: row.county(1)?,
        name: row.text(2)?.to_owned(),
        kind: row.text(3)?.to_owned(),
        division: row.maybe_text(4)?.map(str::to_owned),
        phone: row.maybe_text(5)?.map(str::to_owned),
    })
}
