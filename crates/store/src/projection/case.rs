use chrono::Datelike;
use domain::{
    case::{Case, IssueOutcome, Origin},
    ids::CaseId,
    readers::Secrecy,
};

use super::{reader_names, wire_name};
use crate::{County, StoreError, Tx, args};

const SAVE: &str = "INSERT INTO case_row
  (county, case_id, registration_id, visit_id, procedure, subject, sealed, unread, received_on,
   issues, resolved_on_spot, answered)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  ON CONFLICT (county, case_id) DO UPDATE SET procedure = excluded.procedure,
  sealed = excluded.sealed, unread = excluded.unread, issues = excluded.issues,
  resolved_on_spot = excluded.resolved_on_spot, answered = excluded.answered";

pub(super) async fn write(
    tx: &mut Tx,
    county: County,
    id: CaseId,
) -> Result<Vec<String>, StoreError> {
    let Some(case) = tx.case(county, id).await?.state else {
        return Ok(Vec::new());
    };
    let visit = match case.origin {
        Origin::Direct => None,
        Origin::Session { visit, .. } | Origin::Registration { visit, .. } => Some(visit.0),
    };
    let args = args![
        county,
        id.0,
        case.origin.registration().map(|id| id.0),
        visit,
        wire_name(&case.procedure)?,
        wire_name(&case.filing.subject)?,
        i64::from(case.readers.secrecy == Secrecy::Sealed),
        i64::from(case.category.is_none()),
        i64::from(case.received_on.num_days_from_ce()),
        i64::try_from(case.issues.len()).unwrap_or(i64::MAX),
        resolved_on_spot(&case),
        i64::from(case.has_served_reply()),
    ];
    tx.run(SAVE, args).await?;
    reader_names(&case.readers.open_to)
}

fn resolved_on_spot(case: &Case) -> i64 {
    let resolved = case
        .issues
        .iter()
        .filter(|issue| matches!(issue.outcome, Some(IssueOutcome::ResolvedOnSpot { .. })));
    i64::try_from(resolved.count()).unwrap_or(i64::MAX)
}
