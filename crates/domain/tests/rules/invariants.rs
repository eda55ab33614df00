//! What must hold in every state that commands can reach.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    booking::{BookingEvent, Placement, Share},
    calendar::LegalCalendar,
    case::{Case, CaseEvent, Procedure, Reply, ReplyKind, ReplyStatus, Signer},
    clock::RuleSet,
    event::DomainEvent,
    filing::MatterKind,
    ids::VisitId,
    matter::MatterStatus,
    readers::{ReaderKey, Secrecy},
    registration::RegistrationStatus,
};

use crate::{
    county::County,
    people::{SEALED_READER, official},
};

/// Checks everything; panics with what does not hold.
pub fn check(county: &County) {
    county
        .cases
        .values()
        .for_each(|case| check_case(case, county));
    county
        .ledgers
        .keys()
        .for_each(|visit| check_places(*visit, county));
    check_registrations(county);
    check_matters(county);
    check_served_after_issue(county);
}

fn check_case(case: &Case, county: &County) {
    case.replies.iter().for_each(check_reply);
    assert!(
        !case.has_ended() || case.has_served_reply(),
        "ended in silence"
    );
    let sent = case.assignment.is_some();
    match case.procedure {
        Procedure::Transferred | Procedure::Assigned => assert!(sent),
        Procedure::Accepted => assert!(sent && case.accepted_on.is_some(), "accepted by nobody"),
        Procedure::InHandling => {
            assert!(sent && case.handler.is_some() || case.accepted_on.is_some())
        }
        Procedure::Replied => assert!(
            issued(case, ReplyKind::HandlingOpinion),
            "replied without opinion"
        ),
        Procedure::NotAccepted => assert!(issued(case, ReplyKind::NonAcceptanceNotice)),
        Procedure::ResolvedOnSpot => assert!(issued(case, ReplyKind::OnSpotRecord)),
        Procedure::Withdrawn => assert!(case.has_ended(), "a withdrawal is confirmed at once"),
        Procedure::Registered => {}
    }
    assert!(!sent || case.category.is_some(), "sent before it was read");
    if let (Some(accepted), Some(assignment)) = (case.accepted_on, &case.assignment) {
        assert!(assignment.on <= accepted || case.procedure < Procedure::Accepted);
    }
    assert!(!case.issues.is_empty());
    check_readers(case);
    let today = domain::calendar::china_date(county.now);
    for clock in case.clocks(today, &RuleSet::default(), LegalCalendar::builtin()) {
        assert!(
            clock.counted.due > clock.counted.start,
            "a clock runs backwards"
        );
    }
}

fn issued(case: &Case, kind: ReplyKind) -> bool {
    let mut replies = case.replies.iter();
    replies.any(|reply| reply.kind == kind && is_out(reply))
}

fn is_out(reply: &Reply) -> bool {
    matches!(reply.status, ReplyStatus::Issued | ReplyStatus::Served)
}

fn check_reply(reply: &Reply) {
    if let Some(Signer::Official(signer)) = &reply.signer {
        assert_ne!(*signer, reply.drafter, "signed by its drafter");
    }
    if reply.kind == ReplyKind::HandlingOpinion && is_out(reply) {
        assert!(reply.signer.is_some(), "issued unsigned");
        assert!(reply.content.check_opinion().is_ok());
    }
    if reply.is_served() {
        let issued = reply.issued_at.expect("served reply was issued");
        let service = reply.service.as_ref().expect("served reply has a service");
        assert!(service.on >= domain::calendar::china_date(issued));
    }
}

/// Sealed matters open to named officials, and to the unit an officer among them sent it to.
fn check_readers(case: &Case) {
    let accused = case.filing.kind == MatterKind::Accusation;
    assert!(!accused || case.readers.secrecy == Secrecy::Sealed);
    let unit = case.assignment.as_ref().map(|assignment| assignment.unit);
    if case.readers.secrecy == Secrecy::Sealed {
        for key in &case.readers.open_to {
            let named = matches!(key, ReaderKey::Official(_));
            let sent = unit.is_some_and(|unit| *key == ReaderKey::Unit(unit));
            assert!(named || sent, "a sealed matter is open to {key:?}");
        }
        assert!(
            case.number.as_str().contains('S') || !accused,
            "sealed number series"
        );
    }
    for number in 1..=12 {
        let official = official(number);
        let keys = official.reader_keys();
        let closed = case.readers.closed_to.iter().any(|key| keys.contains(key));
        assert!(!(closed && case.readers.admits(&keys)), "closed_to wins");
        let is_named = number == SEALED_READER || unit == Some(official.unit);
        if accused && !is_named && case.readers.open_to.len() == 1 {
            assert!(
                !case.readers.admits(&keys),
                "{number} reads a sealed matter"
            );
        }
    }
}

fn check_places(visit: VisitId, county: &County) {
    let events = county.events.iter().filter_map(|event| match event {
        DomainEvent::Booking { id, event } if *id == visit => Some(event),
        _ => None,
    });
    let (mut serials, mut tickets, mut held) = (0, BTreeSet::new(), BTreeMap::new());
    let (mut places, mut bookable, mut reserve) = (0, 0, 0);
    for event in events {
        let place = match event {
            BookingEvent::Planned { plan } => {
                places = places.max(plan.places());
                bookable = bookable.max(plan.bookable());
                reserve = reserve.max(plan.reserve());
                None
            }
            BookingEvent::Booked {
                serial,
                placement,
                registration,
                share,
                ..
            } => {
                assert_eq!(*serial, serials + 1, "serials have no hole");
                serials = *serial;
                match placement {
                    Placement::Confirmed(place) => Some((*registration, *place, *share)),
                    _ => None,
                }
            }
            BookingEvent::ReserveOpened => {
                (bookable, reserve) = (places, 0);
                held.values_mut().for_each(|share| *share = Share::Open);
                None
            }
            BookingEvent::Promoted {
                registration,
                place,
            } => Some((*registration, *place, Share::Open)),
            BookingEvent::Released {
                registration,
                place,
            } => {
                assert_eq!(held.remove(registration).is_some(), place.is_some());
                None
            }
            BookingEvent::WalkedIn { ticket, .. } => {
                assert!(tickets.insert(*ticket), "a ticket came twice");
                None
            }
        };
        if let Some((registration, place, share)) = place {
            assert!(held.insert(registration, share).is_none());
            assert!(tickets.insert(place.ticket), "a ticket came twice");
        }
        let held = |shares: &[Share]| {
            let held = held.values().filter(|share| shares.contains(share));
            held.count() as u32
        };
        assert!(held(&[Share::Open]) <= bookable, "booked more than may be");
        assert!(
            held(&[Share::Late, Share::Kept]) <= reserve,
            "more than was kept"
        );
        assert!(
            held(&[Share::Late]) <= reserve.div_ceil(2),
            "late ones took all"
        );
    }
    assert_eq!(county.ledgers[&visit].registered(), serials);
}

/// What a registration says and what the ledger says is the same.
fn check_registrations(county: &County) {
    for (id, registration) in &county.registrations {
        let waits = registration.status == RegistrationStatus::Waitlisted;
        let ledger = &county.ledgers[&registration.received.visit];
        assert_eq!(waits, ledger.is_waiting(*id), "{:?}", registration.status);
        let ended = matches!(
            registration.status,
            RegistrationStatus::Done | RegistrationStatus::BecameCase
        );
        assert_eq!(
            ended,
            registration.cases.len() == 1,
            "nothing ends in silence"
        );
        for case in &registration.cases {
            assert!(county.cases.contains_key(case));
        }
        if registration.received.filing.kind == MatterKind::Accusation {
            assert_eq!(registration.received.readers.secrecy, Secrecy::Sealed);
        }
    }
}

fn check_matters(county: &County) {
    for matter in county.matters.values() {
        let kept = matter
            .commitments
            .iter()
            .all(|promise| promise.fulfilled_on.is_some());
        match matter.status {
            MatterStatus::Fulfilled => assert!(kept && !matter.commitments.is_empty()),
            MatterStatus::Live => assert!(!kept || matter.commitments.is_empty()),
            MatterStatus::Proposed => assert!(matter.published_at.is_none()),
            MatterStatus::Withdrawn => assert!(!matter.changes.is_empty(), "gone without a reason"),
        }
    }
}

fn check_served_after_issue(county: &County) {
    let mut issued = BTreeSet::new();
    for (case, event) in county.case_events() {
        match event {
            CaseEvent::ReplyIssued { reply, .. } => {
                issued.insert((case, *reply));
            }
            CaseEvent::ReplyServed { reply, .. } => {
                assert!(
                    issued.contains(&(case, *reply)),
                    "served before it was issued"
                );
            }
            _ => {}
        }
    }
}
