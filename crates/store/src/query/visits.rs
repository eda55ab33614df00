//! Visits with their drafts. Who may see drafts is the caller's to say, and part of the query.

use chrono::{DateTime, Utc};
use domain::{
    actor::Official,
    booking::BookingEvent,
    calendar::china_date,
    ids::VisitId,
    visit::{PendingStage, Visit, VisitEvent, VisitPhase},
};
use sync::view::{NoticePage, NoticeRow, OfficeVisit};

use crate::{County, Reader, StoreError, aggregate_log::parse, args};

const ALL: &str = "SELECT visit_id, state FROM visit_row
  WHERE county = $1 AND (published = 1 OR $2 = 1) ORDER BY day DESC, visit_id LIMIT 500";
const ONE: &str = "SELECT state FROM visit_row WHERE county = $1 AND visit_id = $2";

/// Whether notices that are not public yet are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// To those who write and approve notices.
    Shown,
    /// To everybody else.
    Hidden,
}

/// A visit's notice as it is edited.
#[derive(Clone, Debug, Default)]
pub struct OfficeNotice {
    /// Events so far, for conflicts.
    pub version: u64,
    /// Everything about it.
    pub visit: Visit,
    /// The pending version as the public will see it.
    pub preview: Option<NoticePage>,
}

impl Reader {
    /// Visits, the latest day first.
    pub async fn office_visits(
        &mut self,
        county: County,
        official: &Official,
        drafts: Drafts,
        now: DateTime<Utc>,
    ) -> Result<Vec<OfficeVisit>, StoreError> {
        let shown = drafts == Drafts::Shown;
        let rows = self.fetch(ALL, args![county, shown]).await?;
        let divisions = self.division_map(county).await?;
        let mut visits = Vec::with_capacity(rows.len());
        for row in &rows {
            let visit = VisitId(row.id(0)?);
            let state: Visit = parse(row.text(1)?.as_bytes())?;
            let pending = state.pending.as_ref().filter(|_| shown);
            let stage = pending.map(|pending| pending.stage);
            let newest = pending.map(|pending| &pending.notice);
            let Some(newest) = newest.or(state.live.as_ref().map(|live| &live.notice)) else {
                continue;
            };
            let (title, date) = (newest.title.to_string(), newest.date);
            let live = self.row_of(county, visit, &state, &divisions, now).await?;
            visits.push(OfficeVisit {
                live,
                visit,
                title,
                date,
                awaits_approval: stage == Some(PendingStage::UnderApproval),
                draft: stage == Some(PendingStage::Draft),
                untold: self.untold_of(county, official, visit).await?,
            });
        }
        Ok(visits)
    }

    /// One visit's notice with what publication would make of its pending version.
    pub async fn office_notice(
        &mut self,
        county: County,
        id: VisitId,
        now: DateTime<Utc>,
    ) -> Result<Option<OfficeNotice>, StoreError> {
        let folded = self.visit(county, id).await?;
        let Some(visit) = folded.state else {
            return Ok(None);
        };
        let preview = match &visit.pending {
            Some(pending) => {
                let plan = pending.notice.place_plan();
                let mut published = visit.clone();
                published.evolve(&VisitEvent::Published {
                    by: pending.author,
                    version: visit.live.as_ref().map_or(1, |live| live.version + 1),
                    at: now,
                });
                let mut ledger = self.ledger(county, id).await?.unwrap_or_default();
                ledger.evolve(&BookingEvent::Planned { plan });
                self.notice_page(county, id, published, &ledger, now)
                    .await?
            }
            None => None,
        };
        Ok(Some(OfficeNotice {
            version: folded.version,
            visit,
            preview,
        }))
    }

    /// Visits to come that can be offered instead of another.
    pub async fn visits_to_offer(
        &mut self,
        county: County,
        instead_of: Option<VisitId>,
        now: DateTime<Utc>,
    ) -> Result<Vec<NoticeRow>, StoreError> {
        let today = china_date(now);
        let mut rows = self.notices(county, None, now).await?.upcoming;
        rows.retain(|row| {
            Some(row.visit) != instead_of
                && row.date >= today
                && !matches!(row.phase, VisitPhase::Cancelled | VisitPhase::FollowUp)
        });
        Ok(rows)
    }

    pub(super) async fn visit_state(
        &mut self,
        county: County,
        id: VisitId,
    ) -> Result<Option<Visit>, StoreError> {
        let row = self.fetch_optional(ONE, args![county, id.0]).await?;
        row.map(|row| parse(row.text(0)?.as_bytes())).transpose()
    }
}
