//! Public matters for those who write them, with the ones that are not public yet. No case and no
//! person is in them.

use chrono::{DateTime, Utc};
use domain::{
    calendar::china_date,
    ids::{MatterId, OfficialId},
    matter::{MatterStatus, PublicMatter},
};
use sync::view::{MatterPage, MatterRow};

use super::matters::{page_of, row_of};
use crate::{County, Reader, StoreError, aggregate_log::parse, args};

const ALL: &str = "SELECT matter_id, state FROM matter_row WHERE county = $1
  ORDER BY published, matter_id LIMIT 500";

/// A public matter in the office's list.
#[derive(Debug, Clone)]
pub struct ListedMatter {
    /// As the public list has it, or will.
    pub row: MatterRow,
    /// Where it stands.
    pub status: MatterStatus,
    /// True when a correction waits for approval.
    pub corrected: bool,
    /// Who wrote it.
    pub author: OfficialId,
}

/// A public matter to work on.
#[derive(Debug, Clone)]
pub struct OpenedMatter {
    /// Everything about it.
    pub matter: PublicMatter,
    /// Events so far, for conflicts.
    pub version: u64,
    /// The page as a villager sees it, or will.
    pub shown: MatterPage,
    /// The page as it would be with the correction that waits for approval.
    pub corrected: Option<MatterPage>,
}

impl Reader {
    /// Every public matter: those that wait for approval first, then by the next step.
    pub async fn office_matters(
        &mut self,
        county: County,
        now: DateTime<Utc>,
    ) -> Result<Vec<ListedMatter>, StoreError> {
        let divisions = self.division_map(county).await?;
        let today = china_date(now);
        let mut rows = Vec::new();
        for row in self.fetch(ALL, args![county]).await? {
            let matter: PublicMatter = parse(row.text(1)?.as_bytes())?;
            rows.push(ListedMatter {
                row: row_of(MatterId(row.id(0)?), &matter, &divisions, today),
                status: matter.status,
                corrected: matter.correction.is_some(),
                author: matter.author,
            });
        }
        rows.sort_by_key(|listed| {
            let next = listed.row.next.as_ref().map(|(_, planned)| *planned);
            let waits = listed.status == MatterStatus::Proposed || listed.corrected;
            (!waits, listed.row.done_on.is_some(), next)
        });
        Ok(rows)
    }

    /// One public matter, published or not.
    pub async fn office_matter(
        &mut self,
        county: County,
        id: MatterId,
        now: DateTime<Utc>,
    ) -> Result<Option<OpenedMatter>, StoreError> {
        let folded = self.matter(county, id).await?;
        let Some(matter) = folded.state else {
            return Ok(None);
        };
        let divisions = self.division_map(county).await?;
        let corrected = matter.correction.as_ref().map(|correction| {
            let page = correction.page.clone();
            page_of(
                id,
                PublicMatter {
                    page,
                    ..matter.clone()
                },
                &divisions,
                now,
            )
        });
        Ok(Some(OpenedMatter {
            corrected,
            shown: page_of(id, matter.clone(), &divisions, now),
            version: folded.version,
            matter,
        }))
    }
}
