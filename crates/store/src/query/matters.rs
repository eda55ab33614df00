//! Public matters: promises, steps and what came of them. The same for everybody.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    calendar::china_date,
    division::DivisionCode,
    ids::MatterId,
    matter::{MatterStatus, PublicMatter},
};
use sync::view::{Division, MatterPage, MatterRow, Matters, Village};

use super::notices::townships;
use crate::{County, Reader, StoreError, aggregate_log::parse, args};

const PUBLISHED: &str =
    "SELECT matter_id, state FROM matter_row WHERE county = $1 AND published = 1 LIMIT 500";
const ONE: &str = "SELECT matter_id, state FROM matter_row
  WHERE county = $1 AND matter_id = $2 AND published = 1";

impl Reader {
    /// Public matters, those with the nearest next step first.
    pub async fn matters(
        &mut self,
        county: County,
        township: Option<&DivisionCode>,
        now: DateTime<Utc>,
    ) -> Result<Matters, StoreError> {
        let divisions = self.division_map(county).await?;
        let today = china_date(now);
        let mut rows = Vec::new();
        for row in self.fetch(PUBLISHED, args![county]).await? {
            let matter: PublicMatter = parse(row.text(1)?.as_bytes())?;
            if matter.status != MatterStatus::Withdrawn {
                rows.push(row_of(MatterId(row.id(0)?), &matter, &divisions, today));
            }
        }
        rows.sort_by_key(|row| {
            (
                row.done_on.is_some(),
                row.next.as_ref().map(|(_, planned)| *planned),
            )
        });
        let matters = Matters {
            rows,
            townships: townships(&divisions),
            as_of: now,
        };
        Ok(match township {
            Some(township) => matters.of_township(township),
            None => matters,
        })
    }

    /// One public matter. Of one that was taken back the place stays, not the content.
    pub async fn matter_page(
        &mut self,
        county: County,
        id: MatterId,
        now: DateTime<Utc>,
    ) -> Result<Option<MatterPage>, StoreError> {
        let Some(row) = self.fetch_optional(ONE, args![county, id.0]).await? else {
            return Ok(None);
        };
        let divisions = self.division_map(county).await?;
        let matter: PublicMatter = parse(row.text(1)?.as_bytes())?;
        Ok(Some(page_of(id, matter, &divisions, now)))
    }

    /// A village's page.
    pub async fn village(
        &mut self,
        county: County,
        code: &DivisionCode,
        now: DateTime<Utc>,
    ) -> Result<Option<Village>, StoreError> {
        let divisions = self.divisions_of(county).await?;
        let matters = self.matters(county, None, now).await?;
        let notices = self.notices(county, None, now).await?;
        Ok(Village::of(code, &divisions, matters, notices))
    }
}

/// The public page; of one that is not public yet, as it would be if it were published now.
pub(super) fn page_of(
    id: MatterId,
    mut matter: PublicMatter,
    divisions: &HashMap<String, Division>,
    now: DateTime<Utc>,
) -> MatterPage {
    let withdrawn = matter.status == MatterStatus::Withdrawn;
    if withdrawn {
        matter.page.aliases.clear();
        matter.commitments.clear();
        matter.answered = None;
    }
    MatterPage {
        matter: id,
        places: places(&matter, divisions),
        title: matter.page.title,
        aliases: matter.page.aliases,
        subject: matter.page.subject,
        population: matter.page.population,
        summary: (!withdrawn).then_some(matter.page.summary),
        status: matter.status,
        published_at: matter.published_at.unwrap_or(now),
        answered: matter.answered,
        commitments: matter.commitments,
        changes: matter.changes,
        today: china_date(now),
        as_of: now,
    }
}

pub(super) fn row_of(
    matter: MatterId,
    state: &PublicMatter,
    divisions: &HashMap<String, Division>,
    today: NaiveDate,
) -> MatterRow {
    let steps = state
        .commitments
        .iter()
        .flat_map(|commitment| &commitment.milestones);
    let next = steps
        .filter(|step| step.done.is_none())
        .min_by_key(|step| step.planned);
    let kept = state
        .commitments
        .iter()
        .map(|commitment| commitment.fulfilled_on);
    let done_on = kept
        .collect::<Option<Vec<_>>>()
        .and_then(|days| days.into_iter().max());
    MatterRow {
        matter,
        title: state.page.title.clone(),
        subject: state.page.subject,
        places: places(state, divisions),
        answered_on: state.answered.as_ref().map(|(_, on)| *on),
        done_on,
        next: next.map(|step| (step.title.clone(), step.planned)),
        overdue: next.is_some_and(|step| step.planned < today),
    }
}

fn places(matter: &PublicMatter, divisions: &HashMap<String, Division>) -> Vec<Division> {
    matter
        .page
        .places
        .iter()
        .filter_map(|code| divisions.get(code.as_str()).cloned())
        .collect()
}
