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
#[serde(tag = "command", rename_all = "snake_case")]
pub enum MatterCommand {
    /// Write the public page of a new matter, whose id is the command's.
    Propose {
        /// The page, without any petitioner's identity.
        page: Box<MatterPage>,
        /// The case it came from; never published.
        case: Option<CaseId>,
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

impl MatterCommand {
    fn matter(&self) -> Option<MatterId> {
        match self {
            Self::Propose { .. } => None,
            Self::Approve { matter }
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
    permit(official, roles(command))?;
    let matter = command.matter().unwrap_or(MatterId(id.0));
    let event = event(official, command, world, given)?;
    let mut decided = Decided::default();
    decided.matter(matter, event);
    Ok((decided, Receipt::Matter { matter }))
}

/// The public matters' rows of the role table (`domain.md` §5.5).
fn roles(command: &MatterCommand) -> &'static [Role] {
    match command {
        MatterCommand::Propose { .. }
        | MatterCommand::Approve { .. }
        | MatterCommand::Correct { .. }
        | MatterCommand::ApproveCorrection { .. }
        | MatterCommand::TakeBack {
            what: Published::Page,
            ..
        } => &[Role::Publisher],
        _ => &[Role::Publisher, Role::UnitHandler, Role::UnitHead],
    }
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
            let correction = world.matter()?.correction.as_ref();
            if correction.ok_or(Refusal::NotFound)?.author == by {
                return Err(Refusal::ApproverIsAuthor);
            }
            live(world.matter()?)?;
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
    if matter.status != MatterStatus::Proposed {
        return Err(Refusal::state(&matter.status));
    }
    if matter.author == official.id {
        return Err(Refusal::ApproverIsAuthor);
    }
    Ok(MatterEvent::Approved {
        by: official.id,
        at: given.now,
    })
}

fn live(matter: &PublicMatter) -> Result<(), Refusal> {
    match matter.status {
        MatterStatus::Live | MatterStatus::Fulfilled => Ok(()),
        MatterStatus::Proposed | MatterStatus::Withdrawn => Err(Refusal::state(&matter.status)),
    }
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
