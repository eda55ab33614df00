//! Townships and villages of a county.

use super::write;
use crate::{County, Store, StoreError, args};

const SAVE: &str = "INSERT INTO division (county, code, name, parent, level)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (county, code) DO UPDATE SET name = excluded.name, parent = excluded.parent,
  level = excluded.level";
const SELECT: &str = "SELECT code, name, parent, level FROM division
  WHERE county = $1 ORDER BY code";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// The national code: nine digits for a township, twelve for a village.
    pub code: String,
    pub name: String,
    pub parent: Option<String>,
    /// The domain's word for its level, such as `township` or `village`.
    pub level: String,
}

impl Store {
    pub async fn save_divisions(
        &self,
        county: County,
        divisions: &[Division],
    ) -> Result<(), StoreError> {
        let rows = divisions.iter().cloned().map(|division| {
            args![
                county,
                division.code,
                division.name,
                division.parent,
                division.level
            ]
        });
        write::many(self, SAVE, rows.collect()).await
    }

    pub async fn divisions(&self, county: County) -> Result<Vec<Division>, StoreError> {
        let rows = self.read().await?.fetch(SELECT, args![county]).await?;
        rows.iter()
            .map(|row| {
                Ok(Division {
                    code: row.text(0)?.to_owned(),
                    name: row.text(1)?.to_owned(),
                    parent: row.maybe_text(2)?.map(str::to_owned),
                    level: row.text(3)?.to_owned(),
                })
            })
            .collect()
    }
}
