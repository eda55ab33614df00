//! Transitions 1–4, 6, 10, 11, 15, 21 and 22 of machine A (`domain.md` §2.10) with their guards.

use chrono::TimeDelta;
use domain::{
    actor::{HolderRole, Opened},
    case::{Category, Procedure, ReplyContent, ReplyKind, ReplyStatus, ServiceWay, StatutoryPath},
    citizen::CitizenCommand,
    desk::{DecidedIssue, DeskCommand, HandOver, SessionRecord, TableAnswer},
    filing::Statement,
    ids::{CaseId, RegistrationId, ReplyId, UnitId, VisitId},
    office::{CaseAct, CaseCommand, OfficeCommand, SendTo, VisitCommand},
    person::PartySize,
    readers::ReaderKey,
    receipt::Receipt,
    refusal::{OpinionPart, Refusal},
};

use crate::{
    county::{Command, County},
    people::{ROADS, WATER, clerk, day, filing, holder_as, notice, official, opinion, text},
    visits::{office, published},
};

fn act(county: &mut County, by: u128, case: CaseId, act: CaseAct) -> Result<Receipt, Refusal> {
    let command = OfficeCommand::Case(CaseCommand { case, act });
    county.execute(&clerk(by), &Command::Office(command))
}

fn filed(county: &mut County) -> CaseId {
    let command = CitizenCommand::File { filing: filing() };
    match county.execute(&domain::actor::Actor::Anyone, &Command::Citizen(command)) {
        Ok(Receipt::Filed { case, .. }) => case,
        other => panic!("{other:?}"),
    }
}

fn classify() -> CaseAct {
    let category = Category::Appeal(StatutoryPath::Petition);
    CaseAct::Classify { category }
}

fn send(kind: SendTo, unit: UnitId) -> CaseAct {
    let (unit_name, plain) = (text("交通局"), text("已转交通局办理。"));
    CaseAct::Send {
        kind,
        unit,
        unit_name,
        plain,
    }
}

fn accept() -> CaseAct {
    CaseAct::Accept {
        plain: text("交通局已受理。"),
    }
}

fn draft() -> CaseAct {
    CaseAct::DraftReply {
        reply: None,
        content: opinion(),
    }
}

fn procedure(county: &County, case: CaseId) -> Procedure {
    county.cases[&case].procedure
}

/// A case in the unit's hands.
fn accepted(county: &mut County) -> CaseId {
    let case = filed(county);
    act(county, 3, case, classify()).unwrap();
    act(county, 3, case, send(SendTo::Transfer, ROADS)).unwrap();
    act(county, 4, case, accept()).unwrap();
    case
}

fn drafted(county: &mut County, by: u128, case: CaseId) -> ReplyId {
    match act(county, by, case, draft()) {
        Ok(Receipt::Reply { reply, .. }) => reply,
        other => panic!("{other:?}"),
    }
}

#[test]
fn t2_a_filed_matter_is_registered_and_closed_until_it_is_read() {
    let mut county = County::new(1);
    let case = filed(&mut county);
    assert_eq!(procedure(&county, case), Procedure::Registered);
    assert_eq!(act(&mut county, 4, case, accept()), Err(Refusal::NotFound));
    let unread = act(&mut county, 3, case, send(SendTo::Transfer, ROADS));
    assert!(matches!(unread, Err(Refusal::NotInThisState { .. })));
}

#[test]
fn t3_a_matter_is_transferred_once_it_is_read_and_never_to_whom_it_is_closed() {
    let mut county = County::new(1);
    let mut closed = filing();
    closed.restricted_from = vec![ReaderKey::Unit(WATER)];
    let command = CitizenCommand::File { filing: closed };
    let anyone = domain::actor::Actor::Anyone;
    let receipt = county.execute(&anyone, &Command::Citizen(command));
    let Ok(Receipt::Filed { case, .. }) = receipt else {
        panic!("{receipt:?}")
    };
    act(&mut county, 3, case, classify()).unwrap();
    let refused = act(&mut county, 3, case, send(SendTo::Transfer, WATER));
    assert_eq!(refused, Err(Refusal::ClosedToReader));
    act(&mut county, 3, case, send(SendTo::Transfer, ROADS)).unwrap();
    assert_eq!(procedure(&county, case), Procedure::Transferred);
    assert!(
        county.cases[&case]
            .replies
            .iter()
            .any(|r| r.kind == ReplyKind::TransferNotice)
    );
}

#[test]
fn t4_an_assigned_matter_has_a_day_for_its_report() {
    let mut county = County::new(1);
    let case = filed(&mut county);
    act(&mut county, 3, case, classify()).unwrap();
    let past = SendTo::Assign {
        report_due: day("2026-09-14"),
    };
    assert_eq!(
        act(&mut county, 3, case, send(past, ROADS)),
        Err(Refusal::InPast)
    );
    let later = SendTo::Assign {
        report_due: day("2026-10-14"),
    };
    act(&mut county, 3, case, send(later, ROADS)).unwrap();
    assert_eq!(procedure(&county, case), Procedure::Assigned);
}

#[test]
fn t6_not_accepted_ends_only_when_its_notice_is_served() {
    let mut county = County::new(1);
    let case = filed(&mut county);
    let not_accept = CaseAct::NotAccept {
        reason: text("不属本县"),
        ask: text("市局"),
        plain: text("请找市局。"),
    };
    act(&mut county, 3, case, not_accept).unwrap();
    assert!(!county.cases[&case].has_ended());
    let reply = county.cases[&case].replies[0].id;
    let on = day("2026-09-14");
    act(
        &mut county,
        3,
        case,
        CaseAct::RecordService {
            reply,
            way: ServiceWay::ByHand,
            on,
        },
    )
    .unwrap();
    assert!(county.cases[&case].has_ended());
    act(
        &mut county,
        3,
        case,
        CaseAct::WithdrawReply {
            reply,
            reason: text("弄错了"),
        },
    )
    .unwrap();
    assert_eq!(procedure(&county, case), Procedure::Registered);
}

#[test]
fn t10_only_the_unit_that_has_it_accepts() {
    let mut county = County::new(1);
    let case = filed(&mut county);
    act(&mut county, 3, case, classify()).unwrap();
    act(&mut county, 3, case, send(SendTo::Transfer, ROADS)).unwrap();
    assert_eq!(act(&mut county, 7, case, accept()), Err(Refusal::NotFound));
    assert_eq!(
        act(&mut county, 3, case, accept()),
        Err(Refusal::NotAllowed)
    );
    act(&mut county, 4, case, accept()).unwrap();
    assert_eq!(county.cases[&case].accepted_on, Some(day("2026-09-14")));
}

#[test]
fn t10_a_unit_that_may_read_it_does_not_accept_for_another() {
    let mut county = County::new(1);
    let case = filed(&mut county);
    act(&mut county, 3, case, classify()).unwrap();
    act(&mut county, 3, case, send(SendTo::Transfer, ROADS)).unwrap();
    let widen = CaseAct::WidenReaders {
        reader: ReaderKey::Unit(WATER),
        reason: text("会办"),
    };
    act(&mut county, 3, case, widen).unwrap();
    assert_eq!(
        act(&mut county, 7, case, accept()),
        Err(Refusal::NotAllowed)
    );
}

#[test]
fn t11_the_unit_s_head_names_who_handles_it() {
    let mut county = County::new(1);
    let case = accepted(&mut county);
    let name = CaseAct::NameHandler {
        handler: official(4).id,
    };
    assert_eq!(
        act(&mut county, 4, case, name.clone()),
        Err(Refusal::NotAllowed)
    );
    act(&mut county, 5, case, name).unwrap();
    assert_eq!(procedure(&county, case), Procedure::InHandling);
}

#[test]
fn t15_an_opinion_is_drafted_signed_by_another_issued_and_served_by_an_act() {
    let mut county = County::new(1);
    let case = accepted(&mut county);
    let reply = drafted(&mut county, 5, case);
    let signed_by_drafter = act(&mut county, 5, case, CaseAct::SignReply { reply });
    assert_eq!(signed_by_drafter, Err(Refusal::SignerIsDrafter));
    assert!(
        act(&mut county, 4, case, CaseAct::IssueReply { reply }).is_err(),
        "unsigned"
    );
    act(&mut county, 11, case, CaseAct::SignReply { reply }).unwrap();
    act(&mut county, 4, case, CaseAct::IssueReply { reply }).unwrap();
    assert_eq!(procedure(&county, case), Procedure::Replied);
    assert!(
        !county.cases[&case]
            .replies
            .iter()
            .any(|r| r.id == reply && r.is_served())
    );
    let command = CitizenCommand::AcknowledgeReply { case, reply };
    let relative = holder_as(Opened::Case(case), HolderRole::Relative);
    let refused = county.execute(&relative, &Command::Citizen(command.clone()));
    assert_eq!(refused, Err(Refusal::NotAllowed));
    let own = holder_as(Opened::Case(case), HolderRole::Petitioner);
    county.execute(&own, &Command::Citizen(command)).unwrap();
    assert_eq!(
        county.cases[&case].reply(reply).unwrap().status,
        ReplyStatus::Served
    );
}

#[test]
fn t15_an_opinion_without_evidence_is_refused() {
    let mut county = County::new(1);
    let case = accepted(&mut county);
    let content = Box::new(ReplyContent {
        evidence: Vec::new(),
        ..*opinion()
    });
    let refused = act(
        &mut county,
        4,
        case,
        CaseAct::DraftReply {
            reply: None,
            content,
        },
    );
    let part = OpinionPart::Evidence;
    assert_eq!(refused, Err(Refusal::OpinionIncomplete { part }));
}

#[test]
fn t15_a_reply_without_a_plain_sentence_does_not_deserialise() {
    let mut json = serde_json::to_value(opinion()).unwrap();
    assert!(serde_json::from_value::<ReplyContent>(json.clone()).is_ok());
    json["plain"] = "".into();
    assert!(serde_json::from_value::<ReplyContent>(json.clone()).is_err());
    json.as_object_mut().unwrap().remove("plain");
    assert!(serde_json::from_value::<ReplyContent>(json).is_err());
}

#[test]
fn t21_only_the_petitioner_withdraws_and_has_it_confirmed() {
    let mut county = County::new(1);
    let case = accepted(&mut county);
    let withdraw = Command::Citizen(CitizenCommand::WithdrawCase { case });
    let agent = holder_as(Opened::Case(case), HolderRole::Agent);
    assert_eq!(county.execute(&agent, &withdraw), Err(Refusal::NotAllowed));
    assert_eq!(county.execute(&clerk(3), &withdraw), Err(Refusal::NotFound));
    let own = holder_as(Opened::Case(case), HolderRole::Petitioner);
    county.execute(&own, &withdraw).unwrap();
    assert!(county.cases[&case].has_ended());
    let reply = county.cases[&case].replies.last().unwrap().id;
    let undo = CaseAct::WithdrawReply {
        reply,
        reason: text("不同意"),
    };
    assert_eq!(act(&mut county, 3, case, undo), Err(Refusal::NotAllowed));
}

fn registered(county: &mut County, visit: VisitId) -> Result<RegistrationId, Refusal> {
    let command = CitizenCommand::Register {
        visit,
        filing: filing(),
    };
    let receipt = county.execute(&domain::actor::Actor::Anyone, &Command::Citizen(command))?;
    match receipt {
        Receipt::Registered { registration, .. } => Ok(registration),
        other => panic!("{other:?}"),
    }
}

#[test]
fn t22_a_record_the_petitioner_confirms_settles_the_matter_at_the_table() {
    for (record, hand_over, ended) in [
        (TableAnswer::Right, HandOver::Signed, true),
        (TableAnswer::Right, HandOver::Later, false),
        (TableAnswer::NotConfirmed, HandOver::Signed, false),
    ] {
        let (mut county, visit) = published(1);
        let registration = registered(&mut county, visit).unwrap();
        county.now += TimeDelta::days(4);
        let people = PartySize::new(2).unwrap();
        let arrive = Command::Desk(DeskCommand::Arrive {
            registration,
            people,
        });
        county.execute(&clerk(8), &arrive).unwrap();
        assert!(county.execute(&clerk(8), &arrive).is_err(), "one batch");
        let decision = text("今天修好");
        let issue = DecidedIssue {
            statement: vec![Statement::Text(text("路"))],
            outcome: domain::case::IssueOutcome::ResolvedOnSpot { decision },
        };
        let session = SessionRecord {
            registration,
            leader: text("周明"),
            issues: vec![issue],
            record,
            plain: text("今天修好。"),
            hand_over,
        };
        let session = Command::Desk(DeskCommand::RecordSession(Box::new(session)));
        county.execute(&clerk(9), &session).unwrap();
        let case = county.cases.values().next().unwrap();
        assert_eq!(case.has_ended(), ended);
        let settled = case.procedure == Procedure::ResolvedOnSpot;
        assert_eq!(settled, record == TableAnswer::Right);
        // What was typed is not lost where it settles nothing.
        let kept = county.registrations[&registration].record.as_ref();
        assert_eq!(kept.map(|plain| plain.as_str()), Some("今天修好。"));
    }
}

#[test]
fn registration_ends_with_its_window_and_with_the_visit() {
    let (mut county, visit) = published(1);
    county.now += TimeDelta::days(3) + TimeDelta::hours(7);
    let closed = registered(&mut county, visit);
    assert!(matches!(closed, Err(Refusal::RegistrationClosed { .. })));
    let (mut county, visit) = published(1);
    let cancel = VisitCommand::Cancel {
        visit,
        reason: text("台风"),
        offered: None,
    };
    county.execute(&clerk(2), &office(cancel)).unwrap();
    assert_eq!(registered(&mut county, visit), Err(Refusal::VisitCancelled));
}

#[test]
fn the_seventh_for_six_places_waits() {
    let (mut county, visit) = published(1);
    for _ in 0..7 {
        registered(&mut county, visit).unwrap();
    }
    assert_eq!(county.ledgers[&visit].waiting(), 1);
}

#[test]
fn a_notice_fewer_than_three_days_ahead_needs_a_reason_that_is_published() {
    let mut county = County::new(1);
    county.now += TimeDelta::days(2);
    let draft = office(VisitCommand::Draft { notice: notice() });
    let Ok(Receipt::Visit { visit }) = county.execute(&clerk(1), &draft) else {
        panic!("drafts")
    };
    let submit = |short_lead| office(VisitCommand::Submit { visit, short_lead });
    let refused = county.execute(&clerk(1), &submit(None));
    assert_eq!(
        refused,
        Err(Refusal::LeadTimeTooShort { days: 2, needed: 3 })
    );
    county
        .execute(&clerk(1), &submit(Some(text("防汛"))))
        .unwrap();
    let own = county.execute(&clerk(1), &office(VisitCommand::Approve { visit }));
    assert_eq!(own, Err(Refusal::ApproverIsAuthor));
    county
        .execute(&clerk(2), &office(VisitCommand::Approve { visit }))
        .unwrap();
    assert!(
        county.visits[&visit]
            .live
            .as_ref()
            .unwrap()
            .short_lead
            .is_some()
    );
}
