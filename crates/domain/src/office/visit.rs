use serde::{Deserialize, Serialize};

use super::permit;
use crate::{
    actor::{Official, Role},
    booking::BookingEvent,
    desk::{DeskAct, may_read},
    event::Decided,
    given::Given,
    ids::{CommandId, RegistrationId, VisitId},
    receipt::Receipt,
    refusal::Refusal,
    registration::{Registration, RegistrationEvent},
    text::Line,
    visit::{PendingNotice, PendingStage, Visit, VisitEvent, VisitNotice},
    world::{Needs, Places, World},
};

/// Commands about a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum VisitCommand {
    /// Write the notice of a new visit, whose id is the command's.
    Draft {
        /// Its text.
        notice: Box<VisitNotice>,
    },
    /// Write a draft anew, or the next version of a published notice.
    Revise {
        /// Which visit.
        visit: VisitId,
        /// Its text.
        notice: Box<VisitNotice>,
        /// What changes; needed once the notice is public.
        change: Option<Line>,
    },
    /// Give it to another for approval.
    Submit {
        /// Which visit.
        visit: VisitId,
        /// Why it is published fewer than three days ahead.
        short_lead: Option<Line>,
    },
    /// Give it back to its author.
    Return {
        /// Which visit.
        visit: VisitId,
        /// Why.
        reason: Line,
    },
    /// Approve and publish it.
    Approve {
        /// Which visit.
        visit: VisitId,
    },
    /// The visit will not take place.
    Cancel {
        /// Which visit.
        visit: VisitId,
        /// The published reason.
        reason: Line,
        /// Another visit that is offered.
        offered: Option<VisitId>,
    },
    /// The day is over: publish its figures.
    Conclude {
        /// Which visit.
        visit: VisitId,
    },
    /// An office contacted a registrant before the visit; the registrant sees it.
    NoteContact {
        /// Which registration.
        registration: RegistrationId,
        /// What about.
        what: Line,
    },
    /// Open who it is, before the visit; recorded.
    ShowNames {
        /// Which registration.
        registration: RegistrationId,
    },
}

impl VisitCommand {
    pub(super) fn needs(&self) -> Needs {
        match self {
            Self::Draft { .. } => Needs::default(),
            Self::Revise { visit, .. }
            | Self::Submit { visit, .. }
            | Self::Return { visit, .. }
            | Self::Approve { visit }
            | Self::Cancel { visit, .. }
            | Self::Conclude { visit } => Needs {
                visit: Some(*visit),
                ledger: Some(*visit),
                ..Needs::default()
            },
            Self::NoteContact { registration, .. } | Self::ShowNames { registration } => Needs {
                registration: Some(*registration),
                places: Places::Seen,
                ..Needs::default()
            },
        }
    }
}

/// Who writes a notice.
pub const AUTHORS: &[Role] = &[Role::Publisher, Role::PetitionOfficer];
/// A notice is approved by a second publisher or by the receiving leader.
pub const APPROVERS: &[Role] = &[Role::Publisher, Role::ReceivingLeader];

pub(super) fn decide(
    official: &Official,
    id: CommandId,
    command: &VisitCommand,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let mut decided = Decided::default();
    let visit = match command {
        VisitCommand::Draft { notice } => {
            permit(official, AUTHORS)?;
            notice.check()?;
            let visit = VisitId(id.0);
            decided.visit(visit, drafted(official, notice, None));
            visit
        }
        VisitCommand::Revise {
            visit,
            notice,
            change,
        } => {
            permit(official, AUTHORS)?;
            decided.visit(
                *visit,
                revise(official, notice, change.as_ref(), world.visit()?)?,
            );
            *visit
        }
        VisitCommand::Submit { visit, short_lead } => {
            permit(official, AUTHORS)?;
            let pending = pending(world.visit()?, PendingStage::Draft)?;
            check_lead(pending, short_lead.as_ref(), given)?;
            decided.visit(
                *visit,
                VisitEvent::Submitted {
                    by: official.id,
                    short_lead: short_lead.clone(),
                },
            );
            *visit
        }
        VisitCommand::Return { visit, reason } => {
            permit(official, APPROVERS)?;
            pending(world.visit()?, PendingStage::UnderApproval)?;
            decided.visit(
                *visit,
                VisitEvent::Returned {
                    by: official.id,
                    reason: reason.clone(),
                },
            );
            *visit
        }
        VisitCommand::Approve { visit } => {
            approve(official, *visit, world, given, &mut decided)?;
            *visit
        }
        VisitCommand::Cancel {
            visit,
            reason,
            offered,
        } => {
            permit(official, APPROVERS)?;
            check_not_over(world.visit()?, given)?;
            decided.visit(
                *visit,
                VisitEvent::Cancelled {
                    by: official.id,
                    reason: reason.clone(),
                    at: given.now,
                    offered: *offered,
                },
            );
            *visit
        }
        VisitCommand::Conclude { visit } => {
            permit(official, AUTHORS)?;
            check_can_conclude(world.visit()?, given)?;
            decided.visit(
                *visit,
                VisitEvent::Concluded {
                    by: official.id,
                    at: given.now,
                },
            );
            *visit
        }
        VisitCommand::NoteContact { registration, what } => {
            return note_contact(official, *registration, what, world, given);
        }
        VisitCommand::ShowNames { registration } => {
            return show_names(official, *registration, world, given);
        }
    };
    Ok((decided, Receipt::Visit { visit }))
}

fn drafted(official: &Official, notice: &VisitNotice, change: Option<Line>) -> VisitEvent {
    VisitEvent::Drafted {
        notice: Box::new(notice.clone()),
        by: official.id,
        change,
    }
}

fn revise(
    official: &Official,
    notice: &VisitNotice,
    change: Option<&Line>,
    visit: &Visit,
) -> Result<VisitEvent, Refusal> {
    notice.check()?;
    if visit.cancelled.is_some() {
        return Err(Refusal::VisitCancelled);
    }
    if visit.concluded_at.is_some() {
        return Err(Refusal::NotInThisState {
            state: "Concluded".to_owned(),
        });
    }
    if visit.live.is_some() && change.is_none() {
        return Err(Refusal::Malformed {
            field: "change".to_owned(),
        });
    }
    Ok(drafted(official, notice, change.cloned()))
}

fn pending(visit: &Visit, stage: PendingStage) -> Result<&PendingNotice, Refusal> {
    if visit.cancelled.is_some() {
        return Err(Refusal::VisitCancelled);
    }
    let pending = visit.pending.as_ref().ok_or(Refusal::NotFound)?;
    if pending.stage == stage {
        Ok(pending)
    } else {
        Err(Refusal::state(&pending.stage))
    }
}

/// Published at least three whole days ahead, or with a reason that is published and marked.
fn check_lead(
    pending: &PendingNotice,
    reason: Option<&Line>,
    given: &Given<'_>,
) -> Result<(), Refusal> {
    let days = (pending.notice.date - given.today()).num_days();
    if days < 0 {
        return Err(Refusal::InPast);
    }
    if pending.notice.is_late(given.today()) && reason.is_none() {
        return Err(Refusal::LeadTimeTooShort {
            days,
            needed: VisitNotice::LEAD_DAYS,
        });
    }
    Ok(())
}

fn approve(
    official: &Official,
    id: VisitId,
    world: &World,
    given: &Given<'_>,
    decided: &mut Decided,
) -> Result<(), Refusal> {
    permit(official, APPROVERS)?;
    let visit = world.visit()?;
    let pending = pending(visit, PendingStage::UnderApproval)?;
    if pending.author == official.id {
        return Err(Refusal::ApproverIsAuthor);
    }
    check_lead(pending, pending.short_lead.as_ref(), given)?;
    let version = visit.live.as_ref().map_or(1, |live| live.version + 1);
    decided.visit(
        id,
        VisitEvent::Published {
            by: official.id,
            version,
            at: given.now,
        },
    );
    decided.booking(
        id,
        BookingEvent::Planned {
            plan: pending.notice.place_plan(),
        },
    );
    Ok(())
}

fn check_not_over(visit: &Visit, given: &Given<'_>) -> Result<(), Refusal> {
    let live = visit.live.as_ref().ok_or(Refusal::VisitNotPublished)?;
    if visit.cancelled.is_some() {
        return Err(Refusal::VisitCancelled);
    }
    if visit.concluded_at.is_some() || given.now >= live.notice.ends() {
        Err(Refusal::InPast)
    } else {
        Ok(())
    }
}

fn check_can_conclude(visit: &Visit, given: &Given<'_>) -> Result<(), Refusal> {
    let live = visit.live.as_ref().ok_or(Refusal::VisitNotPublished)?;
    if visit.cancelled.is_some() {
        return Err(Refusal::VisitCancelled);
    }
    if visit.concluded_at.is_some() {
        return Err(Refusal::NotInThisState {
            state: "Concluded".to_owned(),
        });
    }
    if given.today() < live.notice.date {
        return Err(Refusal::NotVisitDay {
            date: live.notice.date,
        });
    }
    Ok(())
}

fn note_contact(
    official: &Official,
    id: RegistrationId,
    what: &Line,
    world: &World,
    given: &Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    readable(official, world, given)?;
    let mut decided = Decided::default();
    let event = RegistrationEvent::ContactedBefore {
        by: official.id,
        what: what.clone(),
        at: given.now,
    };
    decided.registration(id, event);
    Ok((decided, Receipt::Registration { registration: id }))
}

fn show_names(
    official: &Official,
    id: RegistrationId,
    world: &World,
    given: &Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let registration = readable(official, world, given)?;
    if !DeskAct::ShowNames.is_open(official, registration, world.visit()?, given.now) {
        return Err(Refusal::NotInThisState {
            state: "NamesShown".to_owned(),
        });
    }
    let mut decided = Decided::default();
    let event = RegistrationEvent::NamesShown {
        to: official.id,
        name: official.name.clone(),
        at: given.now,
    };
    decided.registration(id, event);
    Ok((decided, Receipt::Registration { registration: id }))
}

/// The registration, for whoever may read it. For everybody else it is not there.
fn readable<'w>(
    official: &Official,
    world: &'w World,
    given: &Given<'_>,
) -> Result<&'w Registration, Refusal> {
    let registration = world.registration()?;
    if may_read(official, registration, world.visit()?, given.now) {
        Ok(registration)
    } else {
        Err(Refusal::NotFound)
    }
}
