//! `people.md` 26: a share of the places stays until the evening before for agents, the desk and requests that
//! arrive late from where there is no signal.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::Actor,
    agent::AgentCommand,
    booking::Placement,
    citizen::CitizenCommand,
    ids::{OfficialId, RegistrationId, VisitId},
    office::VisitCommand,
    person::Filer,
    receipt::Receipt,
    refusal::Refusal,
    registration::RegistrationStatus,
    text::Line,
    timed::TimedCommand,
};
use uuid::Uuid;

use crate::{
    county::{Command, County},
    people::{clerk, filing, text},
    visits::{office, published},
};

/// A visit of eight places, two of them kept, whose other six are taken.
fn booked_out() -> (County, VisitId) {
    let (mut county, visit) = published(1);
    for _ in 0..6 {
        assert!(has_place(registered(&mut county, visit)));
    }
    (county, visit)
}

fn ask(county: &mut County, actor: &Actor, command: &Command) -> (RegistrationId, Placement) {
    match county.execute(actor, command) {
        Ok(Receipt::Registered {
            registration,
            placement,
            ..
        }) => (registration, placement),
        other => panic!("{other:?}"),
    }
}

fn registered(county: &mut County, visit: VisitId) -> (RegistrationId, Placement) {
    let filing = filing();
    let command = CitizenCommand::Register { visit, filing };
    ask(county, &Actor::Anyone, &Command::Citizen(command))
}

fn has_place((_, placement): (RegistrationId, Placement)) -> bool {
    matches!(placement, Placement::Confirmed(_))
}

fn open(county: &mut County, visit: VisitId, actor: &Actor) -> Result<Receipt, Refusal> {
    county.execute(actor, &Command::Timed(TimedCommand::OpenReserve { visit }))
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn what_was_asked_for_without_a_network_half_an_hour_ago_has_a_kept_place() {
    for (minutes, late) in [(0, false), (29, false), (30, true), (6 * 60, true)] {
        let (mut county, visit) = booked_out();
        county.now += TimeDelta::days(1);
        county.age = TimeDelta::minutes(minutes);
        assert_eq!(has_place(registered(&mut county, visit)), late, "{minutes}");
    }
}

#[test]
fn a_clock_that_cannot_be_right_gives_nobody_a_place() {
    let (mut county, visit) = booked_out();
    county.now += TimeDelta::days(1);
    for days in [3650, 30, -3650] {
        county.age = TimeDelta::days(days);
        assert!(!has_place(registered(&mut county, visit)), "{days}");
    }
}

#[test]
fn an_agent_registers_a_villager_who_has_no_phone() {
    let (mut county, visit) = booked_out();
    let mut filing = filing();
    filing.party.filer = Filer::Agent {
        agent: OfficialId(Uuid::from_u128(10)),
        basis: text("手印"),
        village_signatory: None,
    };
    let command = Command::Agent(AgentCommand::Register { visit, filing });
    for kept in [true, true, false] {
        assert_eq!(has_place(ask(&mut county, &clerk(10), &command)), kept);
    }
}

#[test]
fn the_evening_before_those_who_wait_have_what_was_kept_and_no_earlier() {
    let (mut county, visit) = booked_out();
    let waiting: Vec<_> = (0..3).map(|_| registered(&mut county, visit).0).collect();
    county.now = at("2026-09-17T09:59:59Z");
    assert!(open(&mut county, visit, &Actor::Clock).is_err());
    county.now = at("2026-09-17T10:00:00Z");
    open(&mut county, visit, &Actor::Clock).unwrap();
    let status = waiting.iter().map(|id| county.registrations[id].status);
    assert!(status.eq([
        RegistrationStatus::Confirmed,
        RegistrationStatus::Confirmed,
        RegistrationStatus::Waitlisted,
    ]));
    assert_eq!(county.ledgers[&visit].kept(), 0);
    let before = county.events.len();
    assert!(open(&mut county, visit, &Actor::Clock).is_err());
    assert_eq!(county.events.len(), before);
}

#[test]
fn only_time_opens_the_reserve_and_not_of_a_visit_that_begins_or_is_cancelled() {
    let (mut county, visit) = booked_out();
    county.now = at("2026-09-17T10:00:00Z");
    for actor in [Actor::Anyone, clerk(1), clerk(2)] {
        let refused = open(&mut county, visit, &actor);
        assert_eq!(refused, Err(Refusal::NotAllowed));
    }
    let mut begun = county.clone();
    begun.now = at("2026-09-18T00:00:00Z");
    assert!(open(&mut begun, visit, &Actor::Clock).is_err());
    let reason: Line = text("台风");
    let cancel = VisitCommand::Cancel {
        visit,
        reason,
        offered: None,
    };
    county.execute(&clerk(2), &office(cancel)).unwrap();
    assert!(open(&mut county, visit, &Actor::Clock).is_err());
}
