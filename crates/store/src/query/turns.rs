//! When what the public reads changes by itself.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use domain::{calendar::china_date, ids::VisitId, visit::Visit};

use crate::{County, Reader, StoreError, aggregate_log::parse, args};

const TO_COME: &str = "SELECT state FROM visit_row
  WHERE county = $1 AND published = 1 AND day >= $2 LIMIT 500";

const SOON: &str = "SELECT visit_id, state FROM visit_row
  WHERE county = $1 AND published = 1 AND day BETWEEN $2 AND $3 LIMIT 500";

impl Reader {
    /// Visits whose kept places are due to be everybody's, and are not yet.
    pub async fn reserves_due(
        &mut self,
        county: County,
        now: DateTime<Utc>,
    ) -> Result<Vec<VisitId>, StoreError> {
        let today = i64::from(china_date(now).num_days_from_ce());
        let mut due = Vec::new();
        for row in &self.fetch(SOON, args![county, today, today + 1]).await? {
            let (id, visit) = (
                VisitId(row.id(0)?),
                parse::<Visit>(row.text(1)?.as_bytes())?,
            );
            if visit.gives_up_its_reserve(now)
                && let Some(ledger) = self.ledger(county, id).await?
                && ledger.keeps_a_reserve()
            {
                due.push(id);
            }
        }
        Ok(due)
    }

    /// The next moment after `now` at which a public page would say something else though nothing
    /// happened: a registration opens or closes, a visit begins or ends, or a new day begins in
    /// China.
    pub async fn next_turn(
        &mut self,
        county: County,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, StoreError> {
        let today = china_date(now);
        let since = i64::from(today.num_days_from_ce());
        let mut next = midnight_after(now);
        for row in &self.fetch(TO_COME, args![county, since]).await? {
            let visit: Visit = parse(row.text(0)?.as_bytes())?;
            next = visit.next_turn(now).map_or(next, |turn| turn.min(next));
        }
        Ok(next)
    }
}

/// China has one zone and no summer time.
fn midnight_after(now: DateTime<Utc>) -> DateTime<Utc> {
    let tomorrow = china_date(now + TimeDelta::days(1));
    tomorrow.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_ends_when_it_does_in_china() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let midnight = at("2026-11-17T16:00:00Z");
        assert_eq!(midnight_after(at("2026-11-17T15:59:59Z")), midnight);
        assert_eq!(midnight_after(at("2026-11-16T16:00:00Z")), midnight);
    }
}
