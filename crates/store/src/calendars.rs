//! The legal calendar each county counts by: the built-in notices with the imported ones laid over.
//!
//! Kept in memory, because every decision and every list counts days. Versions are never changed,
//! so a look at how many there are tells whether another process imported one.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use domain::calendar::{CalendarVersion, LegalCalendar};

use crate::sql::Link;
use crate::{County, Store, StoreError, args};

const COUNT: &str = "SELECT COUNT(*) FROM calendar";
const SELECT: &str = "SELECT county, version, csv FROM calendar ORDER BY county, version";

#[derive(Default)]
pub(crate) struct Calendars(RwLock<Known>);

#[derive(Default)]
struct Known {
    versions: i64,
    by_county: BTreeMap<County, Arc<LegalCalendar>>,
}

impl Calendars {
    pub fn of(&self, county: County) -> Arc<LegalCalendar> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known
            .by_county
            .get(&county)
            .cloned()
            .unwrap_or_else(builtin)
    }

    /// Reads what was imported, here or by another process. Says whether there was anything new.
    pub async fn refresh(&self, link: &mut Link) -> Result<bool, StoreError> {
        let count = link.fetch_optional(COUNT, args![]).await?;
        let versions = count.map_or(Ok(0), |row| row.integer(0))?;
        let known = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .versions;
        if versions == known {
            return Ok(false);
        }
        let mut by_county = BTreeMap::<County, Arc<LegalCalendar>>::new();
        for row in link.fetch(SELECT, args![]).await? {
            let (county, newer) = (row.county(0)?, imported(row.unsigned(1)?, row.text(2)?)?);
            let base = by_county.get(&county).cloned().unwrap_or_else(builtin);
            by_county.insert(county, Arc::new(base.extended_by(&newer)));
        }
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Known {
            versions,
            by_county,
        };
        Ok(true)
    }
}

impl Store {
    /// The calendar a county's days are counted on now.
    #[must_use]
    pub fn calendar(&self, county: County) -> Arc<LegalCalendar> {
        self.calendars.of(county)
    }

    /// Takes up calendars that another process imported. Says whether there were any.
    pub async fn refresh_calendars(&self) -> Result<bool, StoreError> {
        let mut link = self.database.read().await?;
        self.calendars.refresh(&mut link).await
    }
}

fn builtin() -> Arc<LegalCalendar> {
    static BUILTIN: OnceLock<Arc<LegalCalendar>> = OnceLock::new();
    Arc::clone(BUILTIN.get_or_init(|| Arc::new(LegalCalendar::builtin().clone())))
}

fn imported(version: u64, csv: &str) -> Result<LegalCalendar, StoreError> {
    let name = CalendarVersion::parse(format!("import-{version}"))
        .map_err(|error| StoreError::corrupt(error.to_string()))?;
    LegalCalendar::parse(csv, name)
        .map_err(|error| StoreError::corrupt(format!("calendar version {version}: {error}")))
}
