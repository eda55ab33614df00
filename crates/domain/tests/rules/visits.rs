//! A published visit to begin with.

use domain::{
    actor::Actor,
    citizen::CitizenCommand,
    ids::VisitId,
    office::{OfficeCommand, VisitCommand},
    receipt::Receipt,
    refusal::Refusal,
};

use crate::{
    county::{Command, County},
    people::{clerk, filing, notice, official},
};

pub fn office(command: VisitCommand) -> Command {
    Command::Office(OfficeCommand::Visit(command))
}

/// A county with one visit, open for registration.
pub fn published(seed: u64) -> (County, VisitId) {
    let mut county = County::new(seed);
    let draft = office(VisitCommand::Draft { notice: notice() });
    let Ok(Receipt::Visit { visit }) = county.execute(&clerk(1), &draft) else {
        panic!("a publisher drafts")
    };
    let submit = VisitCommand::Submit {
        visit,
        short_lead: None,
    };
    county.execute(&clerk(1), &office(submit)).unwrap();
    county
        .execute(&clerk(2), &office(VisitCommand::Approve { visit }))
        .unwrap();
    (county, visit)
}

/// `people.md` 6: the booking list is not a list of whom to dissuade.
#[test]
fn who_registered_is_for_the_named_officers_until_the_visit_begins() {
    let (county, visit) = published(1);
    let visit = &county.visits[&visit];
    let before = county.now;
    let during = visit.live.as_ref().unwrap().notice.begins();
    for number in 1..=12 {
        let official = official(number);
        let named = number == 2;
        assert_eq!(visit.shows_registrants_to(&official, before), named);
        let receives = matches!(number, 2 | 3 | 6 | 8 | 9);
        assert_eq!(
            visit.shows_registrants_to(&official, during),
            receives,
            "{number}"
        );
    }
}

/// Names are opened one by one, by whoever sees the list, and each time is recorded.
#[test]
fn before_the_visit_each_officer_opens_a_name_once_and_is_recorded() {
    let (mut county, visit) = published(1);
    let command = CitizenCommand::Register {
        visit,
        filing: filing(),
    };
    let Ok(Receipt::Registered { registration, .. }) =
        county.execute(&Actor::Anyone, &Command::Citizen(command))
    else {
        panic!("not registered");
    };
    let show = office(VisitCommand::ShowNames { registration });
    assert_eq!(county.execute(&clerk(8), &show), Err(Refusal::NotFound));
    assert!(county.execute(&clerk(2), &show).is_ok());
    assert_eq!(
        county.registrations[&registration].shown_to,
        [official(2).id]
    );
    assert!(matches!(
        county.execute(&clerk(2), &show),
        Err(Refusal::NotInThisState { .. })
    ));
    let unnamed = county.execute(&clerk(3), &show);
    assert_eq!(unnamed, Err(Refusal::NotFound), "not one of its officers");
    county.now = county.visits[&visit].live.as_ref().unwrap().notice.begins();
    let late = county.execute(&clerk(6), &show);
    assert!(
        matches!(late, Err(Refusal::NotInThisState { .. })),
        "{late:?}"
    );
}
