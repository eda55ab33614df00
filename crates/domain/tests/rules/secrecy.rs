//! Two worlds that differ only in an accusation look the same to all who may not see it.

use domain::{
    access::IssuedHow,
    actor::{Actor, HolderRole, Opened},
    case::{Category, IssueOutcome, OfficialAct, ServiceWay},
    citizen::CitizenCommand,
    desk::DeskCommand,
    ids::{CaseId, IssueId, RegistrationId, ReplyId, VisitId},
    office::{CaseAct, CaseCommand, OfficeCommand, SendTo, VisitCommand},
    readers::{ReaderKey, Secrecy},
    receipt::Receipt,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{
    county::{Command, County},
    people::{
        ROADS, SEALED_READER, accusation, clerk, day, filing, holder_as, official, opinion, text,
    },
    random::{Roll, Step, plan},
    visits::published,
};

/// The same county, with an accusation in it. Luck and ids go on as if there were none.
fn with_accusation(county: &County) -> (County, CaseId) {
    let mut other = county.clone();
    let (dice, next) = (other.dice.clone(), other.next);
    other.next = 1 << 80;
    let command = CitizenCommand::File {
        filing: accusation(),
    };
    let receipt = other.execute(&Actor::Anyone, &Command::Citizen(command));
    let Ok(Receipt::Filed { case, .. }) = receipt else {
        panic!("{receipt:?}")
    };
    (other.dice, other.next) = (dice, next);
    (other, case)
}

fn others() -> impl Iterator<Item = u128> {
    (1..=12).filter(|number| *number != SEALED_READER)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn an_accusation_changes_nothing_that_others_meet(
        seed: u64,
        rolls in proptest::collection::vec(any::<Roll>(), 1..120),
    ) {
        let (mut without, _) = published(seed);
        let (mut with, accused) = with_accusation(&without);
        for roll in rolls {
            match plan(&without, roll) {
                Step::Wait(time) => {
                    without.now += time;
                    with.now += time;
                }
                Step::Ask(actor, command) => {
                    let (a, b) = (without.events.len(), with.events.len());
                    prop_assert_eq!(
                        without.execute(&actor, &command),
                        with.execute(&actor, &command)
                    );
                    prop_assert_eq!(&without.events[a..], &with.events[b..]);
                }
            }
        }
        let readers = &with.cases[&accused].readers;
        for number in others() {
            prop_assert!(!readers.admits(&official(number).reader_keys()));
        }
    }
}

#[test]
fn an_accusation_answers_every_act_of_others_as_an_unknown_matter_does() {
    let (mut county, accused) = with_accusation(&published(1).0);
    let unknown = CaseId(Uuid::nil());
    for number in others() {
        for (known, unknown) in case_acts(accused).into_iter().zip(case_acts(unknown)) {
            let met = county.execute(&clerk(number), &known);
            assert!(met.is_err());
            assert_eq!(
                met,
                county.execute(&clerk(number), &unknown),
                "{number} {known:?}"
            );
        }
    }
    let other = holder_as(Opened::Case(unknown), HolderRole::Petitioner);
    let withdraw = |case| Command::Citizen(CitizenCommand::WithdrawCase { case });
    let met = county.execute(&other, &withdraw(accused));
    assert_eq!(
        met,
        county.execute(&other, &withdraw(CaseId(Uuid::from_u128(2))))
    );
}

fn registered(mut county: County, visit: VisitId, accuses: bool) -> (County, RegistrationId) {
    let filing = if accuses { accusation() } else { filing() };
    let command = CitizenCommand::Register { visit, filing };
    match county.execute(&Actor::Anyone, &Command::Citizen(command)) {
        Ok(Receipt::Registered { registration, .. }) => (county, registration),
        other => panic!("{other:?}"),
    }
}

/// A sealed party takes a serial and a place like any other: nothing more is to be seen of it.
#[test]
fn a_sealed_party_takes_a_place_like_any_other_and_even_the_visit_s_officers_cannot_read_it() {
    let (county, visit) = published(1);
    let (ordinary, _) = registered(county.clone(), visit, false);
    let (mut sealed, registration) = registered(county, visit, true);
    assert_eq!(ordinary.ledgers, sealed.ledgers);
    let readers = &sealed.registrations[&registration].received.readers;
    assert_eq!(readers.secrecy, Secrecy::Sealed);
    assert!(others().all(|number| !readers.admits(&official(number).reader_keys())));
    let contact = |registration| {
        let what = text("问一问");
        let command = VisitCommand::NoteContact { registration, what };
        Command::Office(OfficeCommand::Visit(command))
    };
    let met = sealed.execute(&clerk(2), &contact(registration));
    let unknown = RegistrationId(Uuid::nil());
    assert_eq!(met, sealed.execute(&clerk(2), &contact(unknown)));
    let names = |registration| {
        let command = VisitCommand::ShowNames { registration };
        Command::Office(OfficeCommand::Visit(command))
    };
    let met = sealed.execute(&clerk(2), &names(registration));
    assert_eq!(met, sealed.execute(&clerk(2), &names(unknown)));
    let room = Command::Desk(DeskCommand::Move {
        registration,
        room: 2,
    });
    assert!(
        sealed.execute(&clerk(8), &room).is_ok(),
        "the desk still seats the party"
    );
}

#[test]
fn the_named_reader_reads_it() {
    let (mut county, accused) = with_accusation(&published(1).0);
    let readers = &county.cases[&accused].readers;
    assert!(readers.admits(&official(SEALED_READER).reader_keys()));
    let classify = case_acts(accused).remove(0);
    assert!(county.execute(&clerk(SEALED_READER), &classify).is_ok());
}

/// Acts on one case, one of each kind; the first calls it an accusation.
fn case_acts(case: CaseId) -> Vec<Command> {
    let (reply, way, on) = (ReplyId(Uuid::nil()), ServiceWay::ByHand, day("2026-09-14"));
    let acts = [
        CaseAct::Classify {
            category: Category::Accusation,
        },
        CaseAct::Send {
            kind: SendTo::Transfer,
            unit: ROADS,
            unit_name: text("交通局"),
            plain: text("已转交通局办理。"),
        },
        CaseAct::Accept {
            plain: text("已受理。"),
        },
        CaseAct::NameHandler {
            handler: official(4).id,
        },
        CaseAct::DraftReply {
            reply: None,
            content: opinion(),
        },
        CaseAct::SignReply { reply },
        CaseAct::IssueReply { reply },
        CaseAct::RecordService { reply, way, on },
        CaseAct::WithdrawReply {
            reply,
            reason: text("写错"),
        },
        CaseAct::CorrectDecision {
            issue: IssueId(Uuid::nil()),
            outcome: IssueOutcome::NotPossible {
                reason: text("没有依据"),
            },
            reason: text("记错"),
        },
        CaseAct::TakeBack {
            what: OfficialAct::Widening {
                reader: ReaderKey::Unit(ROADS),
            },
            reason: text("不需要"),
        },
        CaseAct::AskCitizen {
            text: text("在哪里"),
            by_date: day("2026-12-01"),
        },
        CaseAct::WidenReaders {
            reader: ReaderKey::Unit(ROADS),
            reason: text("需要"),
        },
        CaseAct::ReplaceAccess {
            how: IssuedHow::Desk,
            second_factor: text("1234"),
        },
    ];
    acts.map(|act| Command::Office(OfficeCommand::Case(CaseCommand { case, act })))
        .into()
}
