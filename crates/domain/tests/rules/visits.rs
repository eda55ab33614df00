//! A published visit to begin with.

use domain::{
    ids::VisitId,
    office::{OfficeCommand, VisitCommand},
    receipt::Receipt,
};

use crate::{
    county::{Command, County},
    people::{clerk, notice, official},
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
