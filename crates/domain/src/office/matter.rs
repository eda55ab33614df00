use chrono::NaiveDate;

use super::{
    matter_command::{MatterAct, MatterCommand, PROPOSERS},
    permit,
};
use crate::{
    actor::Official,
    event::Decided,
    given::Given,
    ids::{CommandId, CommitmentId, MatterId, MilestoneId},
    matter::{Commitment, MatterEvent, MatterStatus, Milestone, PublicMatter, Published},
    receipt::Receipt,
    refusal::Refusal,
    world::World,
};

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

pub(super) fn not_own(official: &Official, matter: &PublicMatter) -> Result<(), Refusal> {
    if matter.author == official.id {
        Err(Refusal::ApproverIsAuthor)
    } else {
        Ok(())
    }
}

pub(super) fn proposed(matter: &PublicMatter) -> Result<(), Refusal> {
    if matter.status == MatterStatus::Proposed {
        Ok(())
    } else {
        Err(Refusal::state(&matter.status))
    }
}

pub(super) fn live(matter: &PublicMatter) -> Result<(), Refusal> {
    match matter.status {
        MatterStatus::Live | MatterStatus::Fulfilled => Ok(()),
        MatterStatus::Proposed | MatterStatus::Withdrawn => Err(Refusal::state(&matter.status)),
    }
}

pub(super) fn corrected_by_another(
    official: &Official,
    matter: &PublicMatter,
) -> Result<(), Refusal> {
    let correction = matter.correction.as_ref().ok_or(Refusal::NotFound)?;
    if correction.author == official.id {
        return Err(Refusal::ApproverIsAuthor);
    }
    live(matter)
}

/// Only what is there can be taken back.
pub(super) fn can_take_back(matter: &PublicMatter, what: Published) -> Result<(), Refusal> {
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
