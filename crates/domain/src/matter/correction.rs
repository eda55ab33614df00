//! Mistakes in what was published are put right in the open (people 10): the place stays.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{MatterEvent, MatterPage, MatterStatus, PublicMatter};
use crate::{
    ids::{CommitmentId, MilestoneId, OfficialId},
    text::Line,
};

/// What can be taken back of a public matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Published {
    /// The whole page.
    Page,
    /// The answer.
    Answer,
    /// That a step was reached.
    Step {
        /// Which.
        milestone: MilestoneId,
    },
    /// That a promise was kept.
    Fulfilment {
        /// Which.
        commitment: CommitmentId,
    },
}

/// A change of what was published, shown on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatterChange {
    /// What was taken back; none where the page was put right.
    pub what: Option<Published>,
    /// Why.
    pub reason: Line,
    /// When.
    pub at: DateTime<Utc>,
}

/// A corrected page that waits for approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageCorrection {
    /// The page as it should be.
    pub page: MatterPage,
    /// What was wrong.
    pub reason: Line,
    /// Who wrote it.
    pub author: OfficialId,
}

impl PublicMatter {
    pub(super) fn correct(&mut self, event: &MatterEvent) {
        match event {
            MatterEvent::Corrected { page, reason, by } => {
                self.correction = Some(PageCorrection {
                    page: (**page).clone(),
                    reason: reason.clone(),
                    author: *by,
                });
            }
            MatterEvent::CorrectionApproved { at, .. } => {
                if let Some(correction) = self.correction.take() {
                    self.page = correction.page;
                    self.change(None, &correction.reason, *at);
                }
            }
            MatterEvent::TakenBack {
                what, reason, at, ..
            } => {
                self.take_back(*what);
                self.change(Some(*what), reason, *at);
            }
            _ => {}
        }
    }

    fn change(&mut self, what: Option<Published>, reason: &Line, at: DateTime<Utc>) {
        let reason = reason.clone();
        self.changes.push(MatterChange { what, reason, at });
    }

    fn take_back(&mut self, what: Published) {
        match what {
            Published::Page => self.status = MatterStatus::Withdrawn,
            Published::Answer => self.answered = None,
            Published::Step { milestone } => {
                if let Some(step) = self.milestone_mut(milestone) {
                    step.done = None;
                }
            }
            Published::Fulfilment { commitment } => {
                let mut promises = self.commitments.iter_mut();
                if let Some(promise) = promises.find(|promise| promise.id == commitment) {
                    promise.fulfilled_on = None;
                    self.status = MatterStatus::Live;
                }
            }
        }
    }
}
