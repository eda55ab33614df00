//! Versions of the calendar of public holidays. Due dates name the version they were computed by.

use super::write;
use crate::{County, Store, StoreError, Timestamp, args};

const INSERT: &str = "INSERT INTO calendar (county, version, csv, imported_at)
  VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
const SELECT: &str = "SELECT version, csv, imported_at FROM calendar
  WHERE county = $1 ORDER BY version";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarVersion {
    pub version: u64,
    pub csv: String,
    pub imported_at: Timestamp,
}

impl Store {
    /// A version is never changed: the second import of a number is [`StoreError::Taken`].
    pub async fn import_calendar(
        &self,
        county: County,
        calendar: &CalendarVersion,
    ) -> Result<(), StoreError> {
        let args = args![
            county,
            calendar.version,
            &calendar.csv,
            calendar.imported_at
        ];
        match write::one(self, INSERT, args).await? {
            1 => Ok(()),
            _ => Err(StoreError::Taken {
                what: "calendar version".to_owned(),
            }),
        }
    }

    /// All versions, oldest first.
    pub async fn calendars(&self, county: County) -> Result<Vec<CalendarVersion>, StoreError> {
        let rows = self.read().await?.fetch(SELECT, args![county]).await?;
        rows.iter()
            .map(|row| {
                Ok(CalendarVersion {
                    version: row.unsigned(0)?,
                    csv: row.text(1)?.to_owned(),
                    imported_at: row.timestamp(2)?,
                })
            })
            .collect()
    }
}
