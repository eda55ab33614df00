use chrono::TimeDelta;

use crate::{
    access::AccessGrant,
    actor::{Actor, Opened, Scope},
    booking::{BookingEvent, Ledger, Placement, Share, Ticket},
    event::Decided,
    filing::{Filing, MatterKind},
    given::Given,
    ids::{CommandId, RegistrationId, VisitId},
    readers::{ReaderKey, ReaderSet},
    receipt::Receipt,
    refusal::Refusal,
    registration::{Received, Registration, RegistrationEvent, RegistrationStatus},
    visit::VisitPhase,
    world::World,
};

pub(super) fn register(
    actor: &Actor,
    visit: VisitId,
    id: CommandId,
    filing: &Filing,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    check_open(world, given)?;
    book(visit, id, filing, share(actor, world, given)?, world, given)
}

/// A request that is so old when it arrives was made where there was no network.
const LATE: TimeDelta = TimeDelta::minutes(30);

/// Which places may be given. What a device says of its clock is believed as far as it can be true, and gives
/// nobody more than half of what is kept.
fn share(actor: &Actor, world: &World, given: &Given<'_>) -> Result<Share, Refusal> {
    if matches!(actor, Actor::Official(_)) {
        return Ok(Share::Kept);
    }
    let live = world.visit()?.live.as_ref();
    let opened = live.is_some_and(|live| given.captured_at >= live.notice.registration.opens);
    let late = given.captured_at + LATE <= given.now;
    Ok(match opened && late {
        true => Share::Late,
        false => Share::Open,
    })
}

/// Registration is open: the visit is published, not cancelled, and within its window.
fn check_open(world: &World, given: &Given<'_>) -> Result<(), Refusal> {
    let visit = world.visit()?;
    let live = visit.live.as_ref().ok_or(Refusal::VisitNotPublished)?;
    let window = live.notice.registration;
    match visit.phase(given.now) {
        VisitPhase::RegistrationOpen => Ok(()),
        VisitPhase::Cancelled => Err(Refusal::VisitCancelled),
        VisitPhase::Draft => Err(Refusal::VisitNotPublished),
        VisitPhase::Published => Err(Refusal::RegistrationNotOpen {
            opens: window.opens,
        }),
        _ => Err(Refusal::RegistrationClosed {
            closed: window.closes,
        }),
    }
}

/// Gives the next serial and a place, or a position in the waiting list.
fn book(
    visit: VisitId,
    id: CommandId,
    filing: &Filing,
    share: Share,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let ledger = world.ledger()?;
    let (serial, placement, share) = ledger.next_booking(filing.subject, share);
    let registration = RegistrationId(id.0);
    let mut decided = Decided::default();
    decided.booking(
        visit,
        BookingEvent::Booked {
            registration,
            serial,
            placement,
            subject: filing.subject,
            share,
        },
    );
    let receipt = receive(
        visit,
        registration,
        filing,
        Some(serial),
        placement,
        world,
        given,
        &mut decided,
    )?;
    Ok((decided, receipt))
}

/// A party that came without booking: a ticket of the desk's block, no serial.
pub(crate) fn book_walk_in(
    visit: VisitId,
    id: CommandId,
    filing: &Filing,
    ticket: Ticket,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let registration = RegistrationId(id.0);
    let mut decided = Decided::default();
    decided.booking(
        visit,
        BookingEvent::WalkedIn {
            registration,
            ticket,
        },
    );
    let placement = Placement::WalkIn(ticket);
    let receipt = receive(
        visit,
        registration,
        filing,
        None,
        placement,
        world,
        given,
        &mut decided,
    )?;
    Ok((decided, receipt))
}

#[expect(
    clippy::too_many_arguments,
    reason = "the parts of one receipt, used by the two ways to get one"
)]
fn receive(
    visit: VisitId,
    registration: RegistrationId,
    filing: &Filing,
    serial: Option<u32>,
    placement: Placement,
    world: &World,
    given: &mut Given<'_>,
    decided: &mut Decided,
) -> Result<Receipt, Refusal> {
    filing.check_attachments()?;
    let grant = AccessGrant::on_receipt(filing.kind, &filing.second_factor, given);
    let receipt = Receipt::Registered {
        registration,
        serial,
        placement,
        code: grant.code.clone(),
        private_secret: grant.private_secret.clone(),
        upload: None,
    };
    let readers = readers(filing, world)?;
    let received = Received {
        visit,
        filing: filing.clone(),
        serial,
        placement,
        grant,
        readers,
        at: given.now,
    };
    decided.registration(
        registration,
        RegistrationEvent::Received(Box::new(received)),
    );
    Ok(receipt)
}

/// Until the visit begins only its named officers see who registered (`people.md` 6).
fn readers(filing: &Filing, world: &World) -> Result<ReaderSet, Refusal> {
    if filing.kind == MatterKind::Accusation {
        return Ok(ReaderSet::sealed(
            world.sealed_readers.clone(),
            &filing.restricted_from,
        ));
    }
    let live = world
        .visit()?
        .live
        .as_ref()
        .ok_or(Refusal::VisitNotPublished)?;
    let mut readers = ReaderSet::closed_until_read(&filing.restricted_from);
    readers.open_to = live
        .notice
        .officers
        .iter()
        .map(|officer| ReaderKey::Official(*officer))
        .collect();
    Ok(readers)
}

/// Only the registrant cancels (`people.md` 6). The first who waits gets the place.
pub(super) fn cancel(
    actor: &Actor,
    id: RegistrationId,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let Actor::Holder(holder) = actor else {
        return Err(Refusal::NotFound);
    };
    if holder.opens != Opened::Registration(id) {
        return Err(Refusal::NotFound);
    }
    super::allows(holder.role, Scope::Withdraw)?;
    let registration = world.registration()?;
    if !matches!(
        registration.status,
        RegistrationStatus::Confirmed | RegistrationStatus::Waitlisted
    ) {
        return Err(Refusal::state(&registration.status));
    }
    let mut decided = Decided::default();
    decided.registration(id, RegistrationEvent::Cancelled { at: given.now });
    release(id, registration, world, given, &mut decided)?;
    Ok((decided, Receipt::Registration { registration: id }))
}

/// Gives the place, or the position in the waiting list, back. Until the visit begins, the first who
/// waits gets the place.
pub(crate) fn release(
    id: RegistrationId,
    registration: &Registration,
    world: &World,
    given: &Given<'_>,
    decided: &mut Decided,
) -> Result<(), Refusal> {
    let visit = registration.received.visit;
    let released = BookingEvent::Released {
        registration: id,
        place: registration.place,
    };
    let mut ledger = world.ledger()?.clone();
    ledger.evolve(&released);
    decided.booking(visit, released);
    let times = world.visit()?.times();
    if times.is_some_and(|times| times.is_ahead(given.now)) {
        promote_first(visit, &mut ledger, decided);
    }
    Ok(())
}

/// Gives the first who waits a place, if there is one.
pub(crate) fn promote_first(visit: VisitId, ledger: &mut Ledger, decided: &mut Decided) -> bool {
    let Some((registration, place)) = ledger.next_promotion() else {
        return false;
    };
    let promoted = BookingEvent::Promoted {
        registration,
        place,
    };
    ledger.evolve(&promoted);
    decided.booking(visit, promoted);
    decided.registration(registration, RegistrationEvent::Promoted { place });
    true
}
