use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::permit;
use crate::{
    actor::{Official, Role},
    event::Decided,
    given::Given,
    ids::{CaseId, CommandId, CommitmentId, MatterId, MilestoneId, UnitId},
    matter::{
        Commitment, Indicator, MatterEvent, MatterPage, MatterStatus, Milestone, PublicMatter,
        Published,
    },
    receipt::Receipt,
    refusal::Refusal,
    text::Line,
    world::{Needs, World},
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
    fn roles(self) -> &'static [Role] {
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
    fn act(&self) -> Option<MatterAct> {
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

    fn matter(&self) -> Option<MatterId> {
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

pub(super) fn decide(
    official: &Official,
    id: CommandId,
    command: &MatterCommand,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    permit(official, command.act().map_or(PROPOSERS, MatterAct::roles))?;
    let matter = command.matter().unwrap_or(MatterId(id.0));
    let event = event(official, command, world, given)?;
    let mut decided = Decided::default();
    decided.matter(matter, event);
    Ok((decided, Receipt::Matter { matter }))
}

fn event(
    official: &Official,
    command: &MatterCommand,
    world: &World,
    given: &mut Given<'_>,
) -> Result<MatterEvent, Refusal> {
    let by = official.id;
    match command {
        MatterCommand::Propose { page, case } => Ok(MatterEvent::Proposed {
            page: page.clone(),
            by,
            case: *case,
        }),
        MatterCommand::Revise { page, .. } => {
            let matter = world.matter()?;
            proposed(matter)?;
            Ok(MatterEvent::Proposed {
                page: page.clone(),
                by,
                case: matter.case,
            })
        }
        MatterCommand::Approve { .. } => approve(official, world.matter()?, given),
        MatterCommand::Answer { answer, on, .. } => {
            live(world.matter()?)?;
            not_after_today(*on, given)?;
            Ok(MatterEvent::Answered {
                answer: answer.clone(),
                on: *on,
                by,
            })
        }
        MatterCommand::Commit {
            promise,
            unit,
            unit_name,
            planned,
            indicator,
            ..
        } => {
            live(world.matter()?)?;
            let commitment = Commitment {
                id: CommitmentId(given.dice.uuid()),
                promise: promise.clone(),
                unit: *unit,
                unit_name: unit_name.clone(),
                planned: *planned,
                indicator: indicator.clone(),
                milestones: Vec::new(),
                fulfilled_on: None,
            };
            Ok(MatterEvent::Committed {
                commitment: Box::new(commitment),
                by,
            })
        }
        MatterCommand::AddMilestone {
            commitment,
            title,
            planned,
            ..
        } => {
            promise(world.matter()?, *commitment)?;
            let id = MilestoneId(given.dice.uuid());
            let milestone = Milestone {
                id,
                title: title.clone(),
                planned: *planned,
                done: None,
                delays: Vec::new(),
            };
            Ok(MatterEvent::MilestoneAdded {
                commitment: *commitment,
                milestone,
                by,
            })
        }
        MatterCommand::CompleteMilestone {
            milestone,
            on,
            evidence,
            ..
        } => {
            open_step(world.matter()?, *milestone)?;
            not_after_today(*on, given)?;
            Ok(MatterEvent::MilestoneDone {
                milestone: *milestone,
                on: *on,
                evidence: evidence.clone(),
                by,
            })
        }
        MatterCommand::DelayMilestone {
            milestone,
            until,
            reason,
            ..
        } => {
            let step = open_step(world.matter()?, *milestone)?;
            if *until <= step.planned {
                return Err(Refusal::InPast);
            }
            Ok(MatterEvent::MilestoneDelayed {
                milestone: *milestone,
                until: *until,
                reason: reason.clone(),
                by,
            })
        }
        MatterCommand::Correct { page, reason, .. } => {
            live(world.matter()?)?;
            Ok(MatterEvent::Corrected {
                page: page.clone(),
                reason: reason.clone(),
                by,
            })
        }
        MatterCommand::ApproveCorrection { .. } => {
            corrected_by_another(official, world.matter()?)?;
            let at = given.now;
            Ok(MatterEvent::CorrectionApproved { by, at })
        }
        MatterCommand::TakeBack { what, reason, .. } => {
            can_take_back(world.matter()?, *what)?;
            Ok(MatterEvent::TakenBack {
                what: *what,
                reason: reason.clone(),
                by,
                at: given.now,
            })
        }
        MatterCommand::Fulfil { commitment, on, .. } => {
            let known = promise(world.matter()?, *commitment)?;
            if let Some(day) = known.fulfilled_on {
                return Err(Refusal::NotInThisState {
                    state: format!("Fulfilled {day}"),
                });
            }
            not_after_today(*on, given)?;
            Ok(MatterEvent::Fulfilled {
                commitment: *commitment,
                on: *on,
                by,
            })
        }
    }
}

fn approve(
    official: &Official,
    matter: &PublicMatter,
    given: &Given<'_>,
) -> Result<MatterEvent, Refusal> {
    proposed(matter)?;
    not_own(official, matter)?;
    Ok(MatterEvent::Approved {
        by: official.id,
        at: given.now,
    })
}

fn not_own(official: &Official, matter: &PublicMatter) -> Result<(), Refusal> {
    if matter.author == official.id {
        Err(Refusal::ApproverIsAuthor)
    } else {
        Ok(())
    }
}

fn proposed(matter: &PublicMatter) -> Result<(), Refusal> {
    if matter.status == MatterStatus::Proposed {
        Ok(())
    } else {
        Err(Refusal::state(&matter.status))
    }
}

fn live(matter: &PublicMatter) -> Result<(), Refusal> {
    match matter.status {
        MatterStatus::Live | MatterStatus::Fulfilled => Ok(()),
        MatterStatus::Proposed | MatterStatus::Withdrawn => Err(Refusal::state(&matter.status)),
    }
}

fn corrected_by_another(official: &Official, matter: &PublicMatter) -> Result<(), Refusal> {
    let correction = matter.correction.as_ref().ok_or(Refusal::NotFound)?;
    if correction.author == official.id {
        return Err(Refusal::ApproverIsAuthor);
    }
    live(matter)
}

/// Only what is there can be taken back.
fn can_take_back(matter: &PublicMatter, what: Published) -> Result<(), Refusal> {
    live(matter)?;
    let there = match what {
        Published::Page => true,
        Published::Answer => matter.answered.is_some(),
        Published::Step { milestone } => matter
            .milestone(milestone)
            .is_some_and(|step| step.done.is_some()),
        Published::Fulfilment { commitment } => promise(matter, commitment)?.fulfilled_on.is_some(),
    };
    there.then_some(()).ok_or(Refusal::NotFound)
}

fn promise(matter: &PublicMatter, id: CommitmentId) -> Result<&Commitment, Refusal> {
    live(matter)?;
    matter
        .commitments
        .iter()
        .find(|commitment| commitment.id == id)
        .ok_or(Refusal::NotFound)
}

fn open_step(matter: &PublicMatter, id: MilestoneId) -> Result<&Milestone, Refusal> {
    live(matter)?;
    let step = matter.milestone(id).ok_or(Refusal::NotFound)?;
    if step.done.is_some() {
        Err(Refusal::NotInThisState {
            state: "Done".to_owned(),
        })
    } else {
        Ok(step)
    }
}

fn not_after_today(on: NaiveDate, given: &Given<'_>) -> Result<(), Refusal> {
    if on > given.today() {
        Err(Refusal::InFuture)
    } else {
        Ok(())
    }
}
