//! What an official's tablet holds, and what changed of it.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use domain::{actor::Official, calendar::china_date, ids::CaseId};
use sync::view::{TabletRow, TabletRows, held};

use super::{ONE, ids, with, work_row};
use crate::{
    Changes, County, Cursor, Reader, StoreError, aggregate_log::kind, projection::reader_names,
};

/// Rows of one tablet at most, the most urgent.
const MOST: i64 = 10_000;
/// Changes at most: after more of them the whole is sooner there.
const CHANGES: u32 = 500;

/// Cases with which something is to be done.
const HELD: &str = visible!(
    "c.case_id",
    "AND (c.due IS NOT NULL
      OR c.procedure NOT IN ('replied', 'not_accepted', 'resolved_on_spot', 'withdrawn'))
     ORDER BY c.danger DESC, c.due IS NULL, c.due, c.received_on, c.case_id LIMIT $8"
);

impl Reader {
    /// What this official has to work on: what changed since `since`, or all of it where `since` is no
    /// cursor, too old, or of a database that was restored since.
    pub async fn tablet_rows(
        &mut self,
        county: County,
        official: &Official,
        since: &str,
        now: DateTime<Utc>,
    ) -> Result<TabletRows, StoreError> {
        // Read before the rows: a change committed in between is told once more.
        let end = self.feed_end(county).await?;
        let scope = self.scope(county, official)?;
        let rows = self.fetch(HELD, with(&scope, [MOST.into()])).await?;
        let all = ids(&rows)?;
        let changed = match Cursor::parse(since) {
            Some(since) => self.changed_cases(county, official, since).await?,
            None => None,
        };
        let mut answer = TabletRows {
            next: end.to_string(),
            whole: changed.is_none(),
            rows: Vec::new(),
            gone: Vec::new(),
            held: held(all.iter().copied()),
            as_of: now,
        };
        let told: Vec<CaseId> = match changed {
            None => all,
            Some(changed) => {
                let known: HashSet<CaseId> = all.iter().copied().collect();
                for case in changed.iter().filter(|case| !known.contains(case)) {
                    // Of one that is closed to them they are not told at all.
                    let seen = self
                        .fetch_optional(ONE, with(&scope, [case.0.into()]))
                        .await?;
                    answer.gone.extend(seen.map(|_| *case));
                }
                all.into_iter()
                    .filter(|case| changed.contains(case))
                    .collect()
            }
        };
        let (calendar, today) = (self.calendar(county), china_date(now));
        let cases = self.cases(county, &told).await?;
        for (id, case) in told.into_iter().zip(cases) {
            if let Some(state) = &case.state {
                answer.rows.push(TabletRow {
                    row: work_row(id, state, today, &calendar),
                    version: case.version,
                });
            }
        }
        Ok(answer)
    }

    /// Cases this official was told of since a cursor; none where that is not to be said.
    async fn changed_cases(
        &mut self,
        county: County,
        official: &Official,
        since: Cursor,
    ) -> Result<Option<BTreeSet<CaseId>>, StoreError> {
        let readers = reader_names(&official.reader_keys())?;
        let changes = self.changes(county, &readers, since, CHANGES).await?;
        Ok(match changes {
            Changes::Page { changes, .. } if changes.len() < CHANGES as usize => {
                let cases = changes.into_iter();
                let cases = cases.filter(|change| change.aggregate_kind == kind::CASE);
                Some(cases.map(|change| CaseId(change.aggregate_id)).collect())
            }
            _ => None,
        })
    }
}
