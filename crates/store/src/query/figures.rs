//! The four counts of past visits. The same for everybody.

use chrono::{DateTime, Utc};
use sync::view::{Figures, VisitCounts};

use crate::{County, Reader, StoreError};

impl Reader {
    /// What the visits of the last three years came to, small counts left out.
    pub async fn figures(
        &mut self,
        county: County,
        now: DateTime<Utc>,
    ) -> Result<Figures, StoreError> {
        let past = self.notices(county, None, now).await?.past;
        let visits = past.into_iter().filter_map(|row| {
            let figures = row.figures?;
            Some(VisitCounts {
                visit: row.visit,
                date: row.date,
                batches: figures.batches.into(),
                person_visits: figures.person_visits.into(),
                issues_settled: figures.on_spot.into(),
                cases: figures.cases.into(),
            })
        });
        Ok(Figures {
            visits: visits.collect(),
            as_of: now,
        })
    }
}
