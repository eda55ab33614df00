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
        MatterCommand::Propose { .. } | MatterCommand::Approve { .. } => &[Role::Publisher],
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
    if matter.status == MatterStatus::Proposed {
        Err(Refusal::state(&matter.status))
    } else {
        Ok(())
    }
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
