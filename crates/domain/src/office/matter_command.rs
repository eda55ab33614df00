//! What may be asked about public matters, and by whom.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::matter::{can_take_back, corrected_by_another, live, not_own, proposed};
use crate::{
    actor::{Official, Role},
    ids::{CaseId, CommitmentId, MatterId, MilestoneId, UnitId},
    matter::{Indicator, MatterPage, PublicMatter, Published},
    text::Line,
    world::Needs,
};

/// Commands about public matters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum MatterCommand {
    /// Write the public page of a new matter, whose id is the command's.
    Propose {
        /// The page, without any petitioner's identity.
        page: Box<MatterPage>,
        /// The case it came from; never published.
        case: Option<CaseId>,
    },
    /// Write the page anew, before it is public.
    Revise {
        /// Which.
        matter: MatterId,
        /// The page, without any petitioner's identity.
        page: Box<MatterPage>,
    },
    /// Approve it: it becomes public.
    Approve {
        /// Which.
        matter: MatterId,
    },
    /// Publish the answer; not the same as done.
    Answer {
        /// Which.
        matter: MatterId,
        /// One sentence.
        answer: Line,
        /// The day it was given.
        on: NaiveDate,
    },
    /// Add a promise.
    Commit {
        /// Which matter.
        matter: MatterId,
        /// What is promised.
        promise: Line,
        /// Who promised.
        unit: UnitId,
        /// The unit's name, as published.
        unit_name: Line,
        /// By when.
        planned: NaiveDate,
        /// What can be measured.
        indicator: Option<Indicator>,
    },
    /// Add a dated step.
    AddMilestone {
        /// Which matter.
        matter: MatterId,
        /// Of which promise.
        commitment: CommitmentId,
        /// What.
        title: Line,
        /// Planned for.
        planned: NaiveDate,
    },
    /// A step was reached.
    CompleteMilestone {
        /// Which matter.
        matter: MatterId,
        /// Which step.
        milestone: MilestoneId,
        /// The day.
        on: NaiveDate,
        /// What shows it.
        evidence: Line,
    },
    /// A step comes later.
    DelayMilestone {
        /// Which matter.
        matter: MatterId,
        /// Which step.
        milestone: MilestoneId,
        /// The new date.
        until: NaiveDate,
        /// The published reason.
        reason: Line,
    },
    /// Put the page right; another person approves it.
    Correct {
        /// Which.
        matter: MatterId,
        /// The page as it should be.
        page: Box<MatterPage>,
        /// What was wrong; published.
        reason: Line,
    },
    /// Approve the corrected page.
    ApproveCorrection {
        /// Which.
        matter: MatterId,
    },
    /// Take back something that was published.
    TakeBack {
        /// Which.
        matter: MatterId,
        /// What of it.
        what: Published,
        /// Why; published.
        reason: Line,
    },
    /// The promise is kept.
    Fulfil {
        /// Which matter.
        matter: MatterId,
        /// Which promise.
        commitment: CommitmentId,
        /// The day.
        on: NaiveDate,
    },
}

/// What can be done with a public matter that is there: the commands by name, as screens offer them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MatterAct {
    /// Write the page anew.
    Revise,
    /// Approve it.
    Approve,
    /// Publish the answer.
    Answer,
    /// Add a promise.
    Commit,
    /// Add a step.
    AddMilestone,
    /// A step was reached.
    CompleteMilestone,
    /// A step comes later.
    DelayMilestone,
    /// The promise is kept.
    Fulfil,
    /// Put the page right.
    Correct,
    /// Approve the corrected page.
    ApproveCorrection,
    /// Take the whole page back.
    TakeBackPage,
    /// Take the answer back.
    TakeBackAnswer,
    /// Take back that a step was reached.
    TakeBackStep,
    /// Take back that a promise was kept.
    TakeBackFulfilment,
}

/// Who may do anything with public matters that are there.
pub const PUBLIC_MATTERS: &[Role] = &[Role::Publisher, Role::UnitHandler, Role::UnitHead];

impl MatterAct {
    /// Every act, in the order of a matter's life.
    pub const ALL: [Self; 14] = [
        Self::Revise,
        Self::Approve,
        Self::Answer,
        Self::Commit,
        Self::AddMilestone,
        Self::CompleteMilestone,
        Self::DelayMilestone,
        Self::Fulfil,
        Self::Correct,
        Self::ApproveCorrection,
        Self::TakeBackPage,
        Self::TakeBackAnswer,
        Self::TakeBackStep,
        Self::TakeBackFulfilment,
    ];

    /// The public matters' rows of the role table (`domain.md` §5.5).
    pub(super) fn roles(self) -> &'static [Role] {
        match self {
            Self::Revise
            | Self::Approve
            | Self::Correct
            | Self::ApproveCorrection
            | Self::TakeBackPage => PROPOSERS,
            _ => PUBLIC_MATTERS,
        }
    }

    /// True when this official can do it with the matter as it stands.
    pub fn is_open(self, official: &Official, matter: &PublicMatter) -> bool {
        let right = match self {
            Self::Revise => proposed(matter),
            Self::Approve => proposed(matter).and_then(|()| not_own(official, matter)),
            Self::ApproveCorrection => corrected_by_another(official, matter),
            Self::TakeBackAnswer => can_take_back(matter, Published::Answer),
            Self::Answer
            | Self::Commit
            | Self::AddMilestone
            | Self::CompleteMilestone
            | Self::DelayMilestone
            | Self::Fulfil
            | Self::Correct
            | Self::TakeBackPage
            | Self::TakeBackStep
            | Self::TakeBackFulfilment => live(matter),
        };
        official.has(self.roles()) && right.is_ok()
    }
}

/// Who may write the page of a new public matter.
pub const PROPOSERS: &[Role] = &[Role::Publisher];

impl MatterCommand {
    pub(super) fn act(&self) -> Option<MatterAct> {
        Some(match self {
            Self::Propose { .. } => return None,
            Self::Revise { .. } => MatterAct::Revise,
            Self::Approve { .. } => MatterAct::Approve,
            Self::Answer { .. } => MatterAct::Answer,
            Self::Commit { .. } => MatterAct::Commit,
            Self::AddMilestone { .. } => MatterAct::AddMilestone,
            Self::CompleteMilestone { .. } => MatterAct::CompleteMilestone,
            Self::DelayMilestone { .. } => MatterAct::DelayMilestone,
            Self::Fulfil { .. } => MatterAct::Fulfil,
            Self::Correct { .. } => MatterAct::Correct,
            Self::ApproveCorrection { .. } => MatterAct::ApproveCorrection,
            Self::TakeBack { what, .. } => match what {
                Published::Page => MatterAct::TakeBackPage,
                Published::Answer => MatterAct::TakeBackAnswer,
                Published::Step { .. } => MatterAct::TakeBackStep,
                Published::Fulfilment { .. } => MatterAct::TakeBackFulfilment,
            },
        })
    }

    pub(super) fn matter(&self) -> Option<MatterId> {
        match self {
            Self::Propose { .. } => None,
            Self::Revise { matter, .. }
            | Self::Approve { matter }
            | Self::Answer { matter, .. }
            | Self::Commit { matter, .. }
            | Self::AddMilestone { matter, .. }
            | Self::CompleteMilestone { matter, .. }
            | Self::DelayMilestone { matter, .. }
            | Self::Correct { matter, .. }
            | Self::ApproveCorrection { matter }
            | Self::TakeBack { matter, .. }
            | Self::Fulfil { matter, .. } => Some(*matter),
        }
    }

    pub(super) fn needs(&self) -> Needs {
        Needs {
            matter: self.matter(),
            ..Needs::default()
        }
    }
}
