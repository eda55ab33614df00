//! Access for one more person (`people.md` 2): given and ended by the petitioner, to read and to add.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use domain::{
    access::{Delegate, IssuedHow, MOST_DELEGATES},
    actor::{Actor, HolderRole, Opened},
    case::{Category, ReplyStatus, StatutoryPath},
    citizen::{CitizenCommand, SettlesAnswer},
    code::AccessCode,
    filing::Filing,
    ids::{CaseId, GrantId, IssueId, NoteId, RegistrationId, ReplyId, VisitId},
    office::{CaseAct, CaseCommand, OfficeCommand, SendTo},
    receipt::Receipt,
    refusal::Refusal,
};
use rstest::rstest;
use uuid::Uuid;

use crate::{
    county::{Command, County},
    people::{ROADS, SEALED_READER, accusation, clerk, day, filing, holder_as, text},
    visits::published,
};

const PETITIONER: HolderRole = HolderRole::Petitioner;

fn ask(county: &mut County, actor: &Actor, command: CitizenCommand) -> Result<Receipt, Refusal> {
    county.execute(actor, &Command::Citizen(command))
}

fn filed(county: &mut County, filing: Box<Filing>) -> CaseId {
    match ask(county, &Actor::Anyone, CitizenCommand::File { filing }) {
        Ok(Receipt::Filed { case, .. }) => case,
        other => panic!("{other:?}"),
    }
}

fn registered(county: &mut County, visit: VisitId) -> RegistrationId {
    let filing = filing();
    let command = CitizenCommand::Register { visit, filing };
    match ask(county, &Actor::Anyone, command) {
        Ok(Receipt::Registered { registration, .. }) => registration,
        other => panic!("{other:?}"),
    }
}

fn office(county: &mut County, by: u128, case: CaseId, act: CaseAct) -> Receipt {
    let command = OfficeCommand::Case(CaseCommand { case, act });
    let done = county.execute(&clerk(by), &Command::Office(command));
    done.unwrap()
}

fn grant(opens: Opened, until: NaiveDate) -> CitizenCommand {
    CitizenCommand::GrantAccess {
        opens,
        holder: HolderRole::Relative,
        name: text("陈小妹"),
        until,
        second_factor: text("2468"),
    }
}

fn granted(county: &mut County, opens: Opened) -> GrantId {
    let command = grant(opens, day("2026-12-31"));
    match ask(county, &holder_as(opens, PETITIONER), command) {
        Ok(Receipt::Granted { grant, .. }) => grant,
        other => panic!("{other:?}"),
    }
}

fn delegates(county: &County, opens: Opened) -> &[Delegate] {
    match opens {
        Opened::Case(id) => &county.cases[&id].delegates,
        Opened::Registration(id) => &county.registrations[&id].delegates,
    }
}

/// What there is to ask about, so that each command could be carried out by the right person.
struct Asked {
    registration: RegistrationId,
    case: CaseId,
    visit: VisitId,
    opens: Opened,
    question: NoteId,
    reply: ReplyId,
    issue: IssueId,
    grant: GrantId,
}

/// Whether a delegate may ask for it. A new command does not compile before somebody has said.
fn is_for_delegates(command: &CitizenCommand) -> bool {
    match command {
        // Open to anyone, code or not.
        CitizenCommand::Register { .. } | CitizenCommand::File { .. } => true,
        CitizenCommand::AddNote { .. } | CitizenCommand::AnswerQuestion { .. } => true,
        CitizenCommand::CancelRegistration { .. }
        | CitizenCommand::WithdrawCase { .. }
        | CitizenCommand::AcknowledgeReply { .. }
        | CitizenCommand::AnswerIssue { .. }
        | CitizenCommand::GrantAccess { .. }
        | CitizenCommand::RevokeAccess { .. } => false,
    }
}

fn every_command(asked: &Asked) -> Vec<CitizenCommand> {
    let case = asked.case;
    vec![
        CitizenCommand::Register {
            visit: asked.visit,
            filing: filing(),
        },
        CitizenCommand::File { filing: filing() },
        CitizenCommand::CancelRegistration {
            registration: asked.registration,
        },
        CitizenCommand::AddNote {
            case,
            text: text("再说一句"),
        },
        CitizenCommand::AnswerQuestion {
            case,
            question: asked.question,
            text: text("在村口"),
        },
        CitizenCommand::AcknowledgeReply {
            case,
            reply: asked.reply,
        },
        CitizenCommand::AnswerIssue {
            case,
            issue: asked.issue,
            answer: SettlesAnswer::NotSettled,
        },
        grant(asked.opens, day("2026-12-31")),
        CitizenCommand::RevokeAccess {
            opens: asked.opens,
            grant: asked.grant,
        },
        CitizenCommand::WithdrawCase { case },
    ]
}

/// A matter with an open question and an issued notice.
fn with_everything_open(county: &mut County, visit: VisitId) -> Asked {
    let registration = registered(county, visit);
    let case = filed(county, filing());
    let category = Category::Appeal(StatutoryPath::Petition);
    office(county, 3, case, CaseAct::Classify { category });
    let ask = CaseAct::AskCitizen {
        text: text("在哪里"),
        by_date: day("2026-12-01"),
    };
    office(county, 3, case, ask);
    let send = CaseAct::Send {
        kind: SendTo::Transfer,
        unit: ROADS,
        unit_name: text("交通局"),
        plain: text("已转交通局办理。"),
    };
    office(county, 3, case, send);
    let opens = Opened::Case(case);
    let grant = granted(county, opens);
    let known = &county.cases[&case];
    let question = known.talk.iter().find_map(|talk| match talk {
        domain::case::Talk::Question { id, .. } => Some(*id),
        domain::case::Talk::Note { .. } => None,
    });
    Asked {
        registration,
        case,
        visit,
        opens,
        question: question.unwrap(),
        reply: known.replies[0].id,
        issue: known.issues[0].id,
        grant,
    }
}

#[rstest]
#[case(HolderRole::Representative)]
#[case(HolderRole::Relative)]
#[case(HolderRole::Agent)]
fn a_delegate_can_never_do_more_than_read_and_add(#[case] role: HolderRole) {
    let (mut county, visit) = published(1);
    let asked = with_everything_open(&mut county, visit);
    let commands = every_command(&asked);
    let kinds: BTreeSet<String> = commands
        .iter()
        .map(|command| serde_json::to_value(command).unwrap()["command"].to_string())
        .collect();
    assert_eq!(kinds.len(), 10, "every command is asked for: {kinds:?}");
    let before = county.cases[&asked.case].clocks(
        day("2026-09-14"),
        &domain::clock::RuleSet::default(),
        domain::calendar::LegalCalendar::builtin(),
    );
    for command in commands {
        let opens = match &command {
            CitizenCommand::CancelRegistration { registration } => {
                Opened::Registration(*registration)
            }
            _ => asked.opens,
        };
        let allowed = is_for_delegates(&command);
        let done = ask(&mut county, &holder_as(opens, role), command.clone());
        match allowed {
            true => assert!(done.is_ok(), "{command:?}: {done:?}"),
            false => assert_eq!(done, Err(Refusal::NotAllowed), "{command:?}"),
        }
    }
    let case = &county.cases[&asked.case];
    assert!(
        case.replies
            .iter()
            .all(|reply| reply.status == ReplyStatus::Issued)
    );
    let after = case.clocks(
        day("2026-09-14"),
        &domain::clock::RuleSet::default(),
        domain::calendar::LegalCalendar::builtin(),
    );
    assert_eq!(before, after, "no clock moves");
}

#[test]
fn the_petitioner_gives_and_ends_access_to_a_matter_and_to_a_registration() {
    let (mut county, visit) = published(1);
    let case = Opened::Case(filed(&mut county, filing()));
    let registration = Opened::Registration(registered(&mut county, visit));
    for opens in [case, registration] {
        let id = granted(&mut county, opens);
        let known = &delegates(&county, opens)[0];
        assert_eq!(known.name.as_str(), "陈小妹");
        assert_eq!(known.grant.issued, IssuedHow::Petitioner);
        assert!(matches!(known.grant.code, AccessCode::Short(_)));
        // To the end of the day in China, and not a second longer.
        let end = "2026-12-31T16:00:00Z".parse().unwrap();
        assert!(known.grant.is_live(end - TimeDelta::seconds(1)) && !known.grant.is_live(end));

        let petitioner = holder_as(opens, PETITIONER);
        let revoke = CitizenCommand::RevokeAccess { opens, grant: id };
        ask(&mut county, &petitioner, revoke.clone()).unwrap();
        assert!(!delegates(&county, opens)[0].grant.is_live(county.now));
        let again = ask(&mut county, &petitioner, revoke);
        assert!(matches!(again, Err(Refusal::NotInThisState { .. })));
        let unknown = CitizenCommand::RevokeAccess {
            opens,
            grant: GrantId(Uuid::nil()),
        };
        assert_eq!(
            ask(&mut county, &petitioner, unknown),
            Err(Refusal::NotFound)
        );
    }
}

#[test]
fn nobody_gives_access_to_what_their_code_does_not_open() {
    let (mut county, visit) = published(1);
    let case = Opened::Case(filed(&mut county, filing()));
    let other = Opened::Registration(registered(&mut county, visit));
    let until = day("2026-12-31");
    for actor in [Actor::Anyone, holder_as(other, PETITIONER), clerk(3)] {
        let done = ask(&mut county, &actor, grant(case, until));
        assert_eq!(done, Err(Refusal::NotFound), "{actor:?}");
    }
    let petitioner = CitizenCommand::GrantAccess {
        opens: case,
        holder: PETITIONER,
        name: text("陈小妹"),
        until,
        second_factor: text("2468"),
    };
    let done = ask(&mut county, &holder_as(case, PETITIONER), petitioner);
    assert!(
        matches!(done, Err(Refusal::Malformed { .. })),
        "one petitioner"
    );
}

#[rstest]
#[case("2026-09-13", false)]
#[case("2026-09-14", true)]
#[case("2027-09-14", true)]
#[case("2027-09-15", false)]
fn access_is_given_from_today_to_a_year_ahead(#[case] until: &str, #[case] given: bool) {
    let mut county = County::new(1);
    let opens = Opened::Case(filed(&mut county, filing()));
    let done = ask(
        &mut county,
        &holder_as(opens, PETITIONER),
        grant(opens, day(until)),
    );
    assert_eq!(done.is_ok(), given, "{done:?}");
    if !given {
        let latest = day("2027-09-14");
        assert_eq!(done, Err(Refusal::AccessDay { latest }));
    }
}

#[test]
fn five_have_access_at_a_time_and_an_ended_one_makes_room() {
    let mut county = County::new(1);
    let opens = Opened::Case(filed(&mut county, filing()));
    let petitioner = holder_as(opens, PETITIONER);
    let first = granted(&mut county, opens);
    for _ in 1..MOST_DELEGATES {
        granted(&mut county, opens);
    }
    let one_more = grant(opens, day("2026-12-31"));
    let most = MOST_DELEGATES;
    assert_eq!(
        ask(&mut county, &petitioner, one_more.clone()),
        Err(Refusal::TooManyDelegates { most })
    );
    let revoke = CitizenCommand::RevokeAccess {
        opens,
        grant: first,
    };
    ask(&mut county, &petitioner, revoke).unwrap();
    ask(&mut county, &petitioner, one_more).unwrap();
    // Those whose day has passed make room too.
    county.now += TimeDelta::days(120);
    ask(&mut county, &petitioner, grant(opens, day("2027-06-01"))).unwrap();
}

#[test]
fn of_a_sealed_matter_everybody_has_a_long_code() {
    let mut county = County::new(1);
    let opens = Opened::Case(filed(&mut county, accusation()));
    granted(&mut county, opens);
    let code = &delegates(&county, opens)[0].grant.code;
    assert!(matches!(code, AccessCode::Sealed(_)));
}

#[test]
fn a_replaced_code_leaves_the_others_and_a_sealing_ends_the_short_ones() {
    let mut county = County::new(1);
    let case = filed(&mut county, filing());
    let opens = Opened::Case(case);
    granted(&mut county, opens);
    let replace = CaseAct::ReplaceAccess {
        how: IssuedHow::Desk,
        second_factor: text("1234"),
    };
    office(&mut county, 3, case, replace);
    assert!(delegates(&county, opens)[0].grant.is_live(county.now));
    let category = Category::Accusation;
    office(
        &mut county,
        SEALED_READER,
        case,
        CaseAct::Classify { category },
    );
    assert!(!delegates(&county, opens)[0].grant.is_live(county.now));
    granted(&mut county, opens);
    let code = &delegates(&county, opens)[1].grant.code;
    assert!(matches!(code, AccessCode::Sealed(_)));
}

#[test]
fn no_official_reads_a_code() {
    let mut county = County::new(1);
    let case = filed(&mut county, filing());
    granted(&mut county, Opened::Case(case));
    let shown = county.cases[&case].clone().without_secrets();
    assert!(shown.grant.is_none() && shown.delegates.is_empty());
}

/// Events of before there was any of this are read as they are.
#[test]
fn a_grant_without_a_last_day_lasts() {
    let mut county = County::new(1);
    let case = filed(&mut county, filing());
    let grant = county.cases[&case].grant.clone().unwrap();
    let json = serde_json::to_value(&grant).unwrap();
    assert!(json.get("expires_at").is_none());
    let read: domain::access::AccessGrant = serde_json::from_value(json).unwrap();
    assert!(read.is_live(county.now + TimeDelta::days(36_500)));
}
