use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::seen_by::SeenBy;
use domain::{
    calendar::LegalCalendar,
    case::{Case, CaseClock, IssueOutcome, Origin},
    clock::{RuleSet, Standing},
    filing::Danger,
    ids::CaseId,
    readers::{ReaderKey, ReaderSet, Secrecy},
};
use futures_util::FutureExt as _;
use uuid::Uuid;

use super::{
    holders, reader_names,
    table::{Table, table},
    wire_name,
};
use crate::{
    County, Lane, Reader, Store, StoreError, Tx,
    aggregate_log::kind,
    args,
    sql::{PerDialect, Value, for_update},
};

pub(super) const ROW: Table = table!(
    "case_row",
    "case",
    "case_id",
    "registration_id, visit_id, procedure, subject, sealed, unread, received_on, issues,
     resolved_on_spot, answered, danger, due, in_register"
);
pub(super) const READERS: Table = table!("case_reader", "case", "case_id", "reader, admits");

const SAVE: &str = "INSERT INTO case_row
  (county, case_id, registration_id, visit_id, procedure, subject, sealed, unread, received_on,
   issues, resolved_on_spot, answered, danger, due, in_register)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
  ON CONFLICT (county, case_id) DO UPDATE SET procedure = excluded.procedure,
  sealed = excluded.sealed, unread = excluded.unread, issues = excluded.issues,
  resolved_on_spot = excluded.resolved_on_spot, answered = excluded.answered,
  danger = excluded.danger, due = excluded.due, in_register = excluded.in_register";
const RUNNING: &str = "SELECT case_id FROM case_row WHERE county = $1 AND due IS NOT NULL
  ORDER BY case_id";
const LOCK_HEAD: PerDialect = for_update!(
    "SELECT version FROM aggregate_head
     WHERE county = $1 AND aggregate_kind = $2 AND aggregate_id = $3"
);
const SAVE_DUE: &str = "UPDATE case_row SET due = $3 WHERE county = $1 AND case_id = $2";
/// Others write between these.
const RECOUNTED_AT_ONCE: usize = 100;
const FORGET_READERS: &str = "DELETE FROM case_reader WHERE county = $1 AND case_id = $2";
const SAVE_READER: &str =
    "INSERT INTO case_reader (county, case_id, reader, admits) VALUES ($1, $2, $3, $4)";

pub(super) async fn write(
    tx: &mut Tx,
    county: County,
    id: CaseId,
    seen: SeenBy,
) -> Result<Vec<String>, StoreError> {
    let Some(case) = tx.case(county, id).await?.state else {
        return Ok(Vec::new());
    };
    let row = row(&case, &tx.calendar(county))?;
    tx.run(SAVE, [args![county, id.0], row].concat()).await?;
    tx.run(FORGET_READERS, args![county, id.0]).await?;
    for row in readers(tx, &case.readers)? {
        tx.run(SAVE_READER, [args![county, id.0], row].concat())
            .await?;
    }
    let mut told = reader_names(&case.readers.open_to)?;
    told.extend(holders::told_of_case(id, &case, seen));
    Ok(told)
}

pub(super) async fn rows(
    reader: &mut Reader,
    county: County,
    id: CaseId,
) -> Result<[Vec<Vec<Value>>; 2], StoreError> {
    Ok(match reader.case(county, id).await?.state {
        Some(case) => [
            vec![row(&case, &reader.calendar(county))?],
            readers(reader, &case.readers)?,
        ],
        None => [Vec::new(), Vec::new()],
    })
}

fn row(case: &Case, calendar: &LegalCalendar) -> Result<Vec<Value>, StoreError> {
    let visit = match case.origin {
        Origin::Direct => None,
        Origin::Session { visit, .. } | Origin::Registration { visit, .. } => Some(visit.0),
    };
    Ok(args![
        case.origin.registration().map(|id| id.0),
        visit,
        wire_name(&case.procedure)?,
        wire_name(&case.filing.subject)?,
        case.readers.secrecy == Secrecy::Sealed,
        case.category.is_none(),
        i64::from(case.received_on.num_days_from_ce()),
        i64::try_from(case.issues.len()).unwrap_or(i64::MAX),
        resolved_on_spot(case),
        case.has_served_reply(),
        case.filing.danger != Danger::None,
        day_number(next_due(case, calendar)),
        !case.external.is_empty(),
    ])
}

/// The list of a case's readers, in digests: a restriction may hold a person's name.
fn readers(reader: &Reader, set: &ReaderSet) -> Result<Vec<Vec<Value>>, StoreError> {
    // A restriction wins: the same key is never both.
    let open = set
        .open_to
        .iter()
        .filter(|key| !set.closed_to.contains(key));
    let rows: BTreeMap<&ReaderKey, bool> = open
        .map(|key| (key, true))
        .chain(set.closed_to.iter().map(|key| (key, false)))
        .collect();
    rows.into_iter()
        .map(|(key, admits)| Ok(args![reader.reader_digest(key)?, admits]))
        .collect()
}

/// The first day on which something is due, for order and filters only: screens count anew.
fn next_due(case: &Case, calendar: &LegalCalendar) -> Option<NaiveDate> {
    let running = running_clocks(case, case.received_on, calendar);
    running.into_iter().map(|clock| clock.counted.due).min()
}

/// The clocks that nothing has met yet.
pub(crate) fn running_clocks(
    case: &Case,
    today: NaiveDate,
    calendar: &LegalCalendar,
) -> Vec<CaseClock> {
    let mut clocks = case.clocks(today, &RuleSet::default(), calendar);
    clocks.retain(|clock| {
        matches!(
            clock.standing,
            Standing::Running { .. } | Standing::DueToday | Standing::Overdue { .. }
        )
    });
    clocks
}

fn day_number(day: Option<NaiveDate>) -> Option<i64> {
    day.map(|day| i64::from(day.num_days_from_ce()))
}

impl Store {
    /// Puts the order of a county's lists right after a calendar was imported. Screens count anew
    /// each time; only what lists are sorted and filtered by is kept.
    pub async fn recount_dues(&self, county: County) -> Result<(), StoreError> {
        let rows = self.read().await?.fetch(RUNNING, args![county]).await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id(0)).collect::<Result<_, _>>()?;
        for some in ids.chunks(RECOUNTED_AT_ONCE) {
            let some = some.to_vec();
            self.execute(Lane(Uuid::nil()), move |tx| {
                let some = some.clone();
                async move {
                    for id in some {
                        recount(tx, county, id).await?;
                    }
                    Ok::<(), StoreError>(())
                }
                .boxed()
            })
            .await?;
        }
        Ok(())
    }
}

/// The head is locked first: nobody writes the row from newer events meanwhile.
async fn recount(tx: &mut Tx, county: County, id: Uuid) -> Result<(), StoreError> {
    tx.hold_projections().await?;
    tx.fetch_locked(LOCK_HEAD, args![county, kind::CASE, id])
        .await?;
    let Some(case) = tx.case(county, CaseId(id)).await?.state else {
        return Ok(());
    };
    let due = next_due(&case, &tx.calendar(county));
    tx.run(SAVE_DUE, args![county, id, day_number(due)])
        .await
        .map(drop)
}

fn resolved_on_spot(case: &Case) -> i64 {
    let resolved = case
        .issues
        .iter()
        .filter(|issue| matches!(issue.outcome, Some(IssueOutcome::ResolvedOnSpot { .. })));
    i64::try_from(resolved.count()).unwrap_or(i64::MAX)
}
