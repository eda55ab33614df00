//! A county's settings, as JSON texts by name. What they mean is the server's business.

use std::collections::BTreeMap;

use futures_util::FutureExt as _;
use uuid::Uuid;

use crate::{County, Lane, Store, StoreError, Tx, args};

const SAVE: &str = "INSERT INTO setting (county, name, value) VALUES ($1, $2, $3)
  ON CONFLICT (county, name) DO UPDATE SET value = excluded.value";
const SELECT: &str = "SELECT value FROM setting WHERE county = $1 AND name = $2";
const SELECT_ALL: &str = "SELECT name, value FROM setting WHERE county = $1 ORDER BY name";
const SELECT_COUNTIES: &str = "SELECT DISTINCT county FROM setting ORDER BY county";

impl Store {
    pub async fn save_setting(
        &self,
        county: County,
        name: &str,
        value: &str,
    ) -> Result<(), StoreError> {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.execute(Lane(Uuid::nil()), move |tx| {
            let args = args![county, &name, &value];
            async move {
                tx.known.forget_settings();
                tx.run(SAVE, args).await.map(drop)
            }
            .boxed()
        })
        .await
    }

    pub async fn setting(&self, county: County, name: &str) -> Result<Option<String>, StoreError> {
        let row = self
            .read()
            .await?
            .fetch_optional(SELECT, args![county, name])
            .await?;
        row.map(|row| row.text(0).map(str::to_owned)).transpose()
    }

    pub async fn settings(&self, county: County) -> Result<BTreeMap<String, String>, StoreError> {
        let rows = self.read().await?.fetch(SELECT_ALL, args![county]).await?;
        rows.iter()
            .map(|row| Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned())))
            .collect()
    }

    /// The counties that have been set up: those with any setting.
    pub async fn counties(&self) -> Result<Vec<County>, StoreError> {
        let rows = self.read().await?.fetch(SELECT_COUNTIES, args![]).await?;
        rows.iter().map(|row| row.county(0)).collect()
    }
}

impl Tx {
    /// A setting, in the transaction that acts on it: read once a group.
    pub async fn setting_in(
        &mut self,
        county: County,
        name: &str,
    ) -> Result<Option<String>, StoreError> {
        if let Some(known) = self.known.setting(county, name) {
            return Ok(known);
        }
        let row = self.fetch_optional(SELECT, args![county, name]).await?;
        let value = row.map(|row| row.text(0).map(str::to_owned)).transpose()?;
        self.known.set(county, name, value.clone());
        Ok(value)
    }
}
