//! A matter of general interest with a public page (公共事项): promises, dated steps and what
//! came of them. It carries no petitioner's identity.

mod correction;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    division::DivisionCode,
    filing::Subject,
    ids::{CaseId, CommitmentId, MilestoneId, OfficialId, UnitId},
    text::{Line, Paragraph},
};

pub use correction::{MatterChange, PageCorrection, Published};

/// What happened to a public matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum MatterEvent {
    /// Its public page was written, without any petitioner's identity.
    Proposed {
        /// The page.
        page: Box<MatterPage>,
        /// The author.
        by: OfficialId,
        /// The case it came from; never published.
        case: Option<CaseId>,
    },
    /// Another approved it: it is public.
    Approved {
        /// By whom.
        by: OfficialId,
        /// When.
        at: DateTime<Utc>,
    },
    /// The office answered it; not the same as done.
    Answered {
        /// The answer in one sentence.
        answer: Line,
        /// The day.
        on: NaiveDate,
        /// By whom.
        by: OfficialId,
    },
    /// A unit promised something.
    Committed {
        /// The promise.
        commitment: Box<Commitment>,
        /// By whom.
        by: OfficialId,
    },
    /// A dated step was added to a promise.
    MilestoneAdded {
        /// Of which promise.
        commitment: CommitmentId,
        /// The step.
        milestone: Milestone,
        /// By whom.
        by: OfficialId,
    },
    /// A step was reached.
    MilestoneDone {
        /// Which.
        milestone: MilestoneId,
        /// The day.
        on: NaiveDate,
        /// What shows it: a document or dated note.
        evidence: Line,
        /// By whom.
        by: OfficialId,
    },
    /// A step comes later; the reason is public.
    MilestoneDelayed {
        /// Which.
        milestone: MilestoneId,
        /// The new date.
        until: NaiveDate,
        /// Why.
        reason: Line,
        /// By whom.
        by: OfficialId,
    },
    /// The promise is kept.
    Fulfilled {
        /// Which.
        commitment: CommitmentId,
        /// The day.
        on: NaiveDate,
        /// By whom.
        by: OfficialId,
    },
    /// The page is to be put right; another person approves it.
    Corrected {
        /// The page as it should be.
        page: Box<MatterPage>,
        /// What was wrong, as published.
        reason: Line,
        /// By whom.
        by: OfficialId,
    },
    /// The corrected page was approved.
    CorrectionApproved {
        /// By whom.
        by: OfficialId,
        /// When.
        at: DateTime<Utc>,
    },
    /// Something that was published was taken back; its place stays, with the reason.
    TakenBack {
        /// What.
        what: Published,
        /// Why, as published.
        reason: Line,
        /// By whom.
        by: OfficialId,
        /// When.
        at: DateTime<Utc>,
    },
}

/// The public page's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatterPage {
    /// The title.
    pub title: Line,
    /// Other names people know it by.
    pub aliases: Vec<Line>,
    /// What it is about.
    pub subject: Subject,
    /// Townships and villages it concerns.
    pub places: Vec<DivisionCode>,
    /// People concerned, about.
    pub population: Option<u32>,
    /// What is the matter and what was asked.
    pub summary: Paragraph,
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Commitment {
    /// Its id.
    pub id: CommitmentId,
    /// What is promised.
    pub promise: Line,
    /// The unit that promised.
    pub unit: UnitId,
    /// The unit's name, as published.
    pub unit_name: Line,
    /// By when.
    pub planned: NaiveDate,
    /// What can be measured before and after.
    pub indicator: Option<Indicator>,
    /// Steps, in planned order.
    pub milestones: Vec<Milestone>,
    /// The day it was kept.
    pub fulfilled_on: Option<NaiveDate>,
}

/// A measure before and after (6 h → 2 h).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Indicator {
    /// What is measured.
    pub name: Line,
    /// Before, with its unit.
    pub before: Line,
    /// After, with its unit; planned until the promise is kept.
    pub after: Line,
}

/// A dated step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Milestone {
    /// Its id.
    pub id: MilestoneId,
    /// What.
    pub title: Line,
    /// Planned for.
    pub planned: NaiveDate,
    /// The day it was reached, and what shows it.
    pub done: Option<Done>,
    /// Published delays, oldest first.
    pub delays: Vec<Delay>,
}

/// A reached step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Done {
    /// The day.
    pub on: NaiveDate,
    /// What shows it.
    pub evidence: Line,
}

/// A published delay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Delay {
    /// The date before.
    pub from: NaiveDate,
    /// The new date.
    pub until: NaiveDate,
    /// Why.
    pub reason: Line,
}

/// Where a public matter stands: answered and done are two marks, never merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MatterStatus {
    /// Not public yet.
    Proposed,
    /// Public.
    Live,
    /// Every promise is kept.
    Fulfilled,
    /// Taken back; the place stays, with the reason.
    Withdrawn,
}

/// A public matter as its events made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicMatter {
    /// The page.
    pub page: MatterPage,
    /// Its author.
    pub author: OfficialId,
    /// The case it came from; never published.
    pub case: Option<CaseId>,
    /// Where it stands.
    pub status: MatterStatus,
    /// When it became public.
    pub published_at: Option<DateTime<Utc>>,
    /// The answer and its day.
    pub answered: Option<(Line, NaiveDate)>,
    /// Promises.
    pub commitments: Vec<Commitment>,
    /// A corrected page that waits for approval.
    #[serde(default)]
    pub correction: Option<PageCorrection>,
    /// What was changed since publication, oldest first.
    #[serde(default)]
    pub changes: Vec<MatterChange>,
}

impl PublicMatter {
    /// Folds the events; `None` before the first.
    pub fn fold<'e>(events: impl IntoIterator<Item = &'e MatterEvent>) -> Option<Self> {
        let mut state = None;
        for event in events {
            Self::evolve(&mut state, event);
        }
        state
    }

    /// Applies one event. Never panics: an event that does not fit changes nothing.
    pub fn evolve(state: &mut Option<Self>, event: &MatterEvent) {
        match (state.as_mut(), event) {
            (None, MatterEvent::Proposed { page, by, case }) => {
                *state = Some(Self {
                    page: (**page).clone(),
                    author: *by,
                    case: *case,
                    status: MatterStatus::Proposed,
                    published_at: None,
                    answered: None,
                    commitments: Vec::new(),
                    correction: None,
                    changes: Vec::new(),
                });
            }
            (Some(matter), event) => matter.apply(event),
            (None, _) => {}
        }
    }

    fn apply(&mut self, event: &MatterEvent) {
        match event {
            MatterEvent::Proposed { page, by, .. } => {
                self.page = (**page).clone();
                self.author = *by;
            }
            MatterEvent::Approved { at, .. } => {
                self.status = MatterStatus::Live;
                self.published_at = Some(*at);
            }
            MatterEvent::Answered { answer, on, .. } => self.answered = Some((answer.clone(), *on)),
            MatterEvent::Committed { commitment, .. } => {
                self.commitments.push((**commitment).clone());
                if self.status == MatterStatus::Fulfilled {
                    self.status = MatterStatus::Live;
                }
            }
            MatterEvent::MilestoneAdded {
                commitment,
                milestone,
                ..
            } => {
                if let Some(commitment) = self
                    .commitments
                    .iter_mut()
                    .find(|known| known.id == *commitment)
                {
                    commitment.milestones.push(milestone.clone());
                    commitment
                        .milestones
                        .sort_by_key(|milestone| milestone.planned);
                }
            }
            MatterEvent::MilestoneDone {
                milestone,
                on,
                evidence,
                ..
            } => {
                if let Some(milestone) = self.milestone_mut(*milestone) {
                    milestone.done = Some(Done {
                        on: *on,
                        evidence: evidence.clone(),
                    });
                }
            }
            MatterEvent::MilestoneDelayed {
                milestone,
                until,
                reason,
                ..
            } => {
                if let Some(milestone) = self.milestone_mut(*milestone) {
                    let from = std::mem::replace(&mut milestone.planned, *until);
                    milestone.delays.push(Delay {
                        from,
                        until: *until,
                        reason: reason.clone(),
                    });
                }
            }
            MatterEvent::Fulfilled { commitment, on, .. } => self.fulfil(*commitment, *on),
            _ => self.correct(event),
        }
    }

    fn fulfil(&mut self, id: CommitmentId, on: NaiveDate) {
        if let Some(commitment) = self.commitments.iter_mut().find(|known| known.id == id) {
            commitment.fulfilled_on = Some(on);
        }
        if self
            .commitments
            .iter()
            .all(|commitment| commitment.fulfilled_on.is_some())
        {
            self.status = MatterStatus::Fulfilled;
        }
    }

    /// A step by its id.
    pub fn milestone(&self, id: MilestoneId) -> Option<&Milestone> {
        self.commitments
            .iter()
            .flat_map(|commitment| &commitment.milestones)
            .find(|milestone| milestone.id == id)
    }

    fn milestone_mut(&mut self, id: MilestoneId) -> Option<&mut Milestone> {
        self.commitments
            .iter_mut()
            .flat_map(|commitment| &mut commitment.milestones)
            .find(|milestone| milestone.id == id)
    }
}
