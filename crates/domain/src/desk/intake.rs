use super::Intake;
use crate::{
    actor::Official,
    case::Origin,
    citizen::{NewCase, book_walk_in, open_case},
    event::Decided,
    filing::Filing,
    given::Given,
    ids::{CaseId, CommandId, RegistrationId, VisitId},
    receipt::Receipt,
    refusal::Refusal,
    registration::RegistrationEvent,
    visit::VisitPhase,
    world::World,
};

pub(super) fn take_in(
    official: &Official,
    id: CommandId,
    intake: &Intake,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let days_before_entry = (given.today() - intake.received_on).num_days();
    if days_before_entry < 0 {
        return Err(Refusal::InFuture);
    }
    if days_before_entry > 1 && intake.received_reason.is_none() {
        return Err(Refusal::ReasonNeeded);
    }
    let new = NewCase {
        id: CaseId(id.0),
        command: id,
        filing: intake.filing.clone(),
        origin: Origin::Direct,
        channel: intake.channel,
        received_on: intake.received_on,
        received_reason: intake.received_reason.clone(),
        by: Some(official.id),
        issues: None,
    };
    let mut decided = Decided::default();
    let receipt = open_case(new, world, given, &mut decided)?;
    Ok((decided, receipt))
}

pub(super) fn walk_in(
    official: &Official,
    visit: VisitId,
    id: CommandId,
    filing: &Filing,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    on_the_day(world, given)?;
    let ticket = world
        .ledger()?
        .next_walk_in(filing.subject)
        .ok_or(Refusal::NotFound)?;
    let (mut decided, receipt) = book_walk_in(visit, id, filing, ticket, world, given)?;
    let arrived = RegistrationEvent::Arrived {
        people: filing.party.size,
        by: official.id,
        at: given.now,
    };
    decided.registration(RegistrationId(id.0), arrived);
    Ok((decided, receipt))
}

/// The doors open before the hours do: all of the visit's day counts.
pub(super) fn on_the_day(world: &World, given: &Given<'_>) -> Result<(), Refusal> {
    let visit = world.visit()?;
    let live = visit.live.as_ref().ok_or(Refusal::VisitNotPublished)?;
    if visit.phase(given.now) == VisitPhase::Cancelled {
        return Err(Refusal::VisitCancelled);
    }
    if live.notice.date == given.today() {
        Ok(())
    } else {
        Err(Refusal::NotVisitDay {
            date: live.notice.date,
        })
    }
}
