//! A published visit to begin with.

use domain::{
    ids::VisitId,
    office::{OfficeCommand, VisitCommand},
    receipt::Receipt,
};

use crate::{
    county::{Command, County},
    people::{clerk, notice},
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
