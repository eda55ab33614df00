//! Mistakes are put right in the open (people 10): the place stays, with its reason.

use domain::{
    actor::Actor,
    case::{Category, OfficialAct, Procedure, ReplyKind, StatutoryPath, Talk},
    citizen::CitizenCommand,
    filing::Filing,
    ids::{CaseId, CommitmentId, MatterId, ReplyId},
    matter::{MatterStatus, Published},
    office::{CaseAct, CaseCommand, MatterCommand, OfficeCommand, SendTo},
    readers::ReaderKey,
    receipt::Receipt,
    refusal::Refusal,
};

use crate::{
    county::{Command, County},
    people::{ROADS, WATER, clerk, day, filing, official, opinion, text},
};

fn act(county: &mut County, by: u128, case: CaseId, act: CaseAct) -> Result<Receipt, Refusal> {
    let command = OfficeCommand::Case(CaseCommand { case, act });
    county.execute(&clerk(by), &Command::Office(command))
}

fn sent(county: &mut County, filing: Box<Filing>) -> CaseId {
    let command = Command::Citizen(CitizenCommand::File { filing });
    let Ok(Receipt::Filed { case, .. }) = county.execute(&Actor::Anyone, &command) else {
        panic!("not filed")
    };
    let category = Category::Appeal(StatutoryPath::Petition);
    act(county, 3, case, CaseAct::Classify { category }).unwrap();
    send(county, case);
    case
}

fn send(county: &mut County, case: CaseId) {
    let send = CaseAct::Send {
        kind: SendTo::Transfer,
        unit: ROADS,
        unit_name: text("交通局"),
        plain: text("已转交通局办理。"),
    };
    act(county, 3, case, send).unwrap();
}

fn notice(county: &County, case: CaseId, kind: ReplyKind) -> ReplyId {
    let mut replies = county.cases[&case].replies.iter();
    replies.find(|reply| reply.kind == kind).unwrap().id
}

fn withdraw(
    county: &mut County,
    by: u128,
    case: CaseId,
    kind: ReplyKind,
) -> Result<Receipt, Refusal> {
    let reply = notice(county, case, kind);
    let reason = text("单位选错");
    act(county, by, case, CaseAct::WithdrawReply { reply, reason })
}

#[test]
fn a_matter_sent_to_the_wrong_unit_is_taken_back_and_unreadable_there_at_once() {
    let mut county = County::new(1);
    let case = sent(&mut county, filing());
    assert_eq!(
        withdraw(&mut county, 4, case, ReplyKind::TransferNotice),
        Err(Refusal::NotAllowed)
    );
    withdraw(&mut county, 3, case, ReplyKind::TransferNotice).unwrap();
    let state = &county.cases[&case];
    assert_eq!(state.procedure, Procedure::Registered);
    assert!(state.assignment.is_none());
    assert!(!state.readers.admits(&official(4).reader_keys()));
    // The place stays, and the next notice is named as its successor.
    let old = notice(&county, case, ReplyKind::TransferNotice);
    send(&mut county, case);
    let state = &county.cases[&case];
    let next = state.replies.last().unwrap().id;
    let withdrawn = state.reply(old).unwrap().withdrawn.as_ref().unwrap();
    assert_eq!(withdrawn.successor, Some(next));
}

#[test]
fn an_acceptance_is_taken_back_by_its_unit_until_the_answer_is_out() {
    let mut county = County::new(1);
    let case = sent(&mut county, filing());
    let plain = text("已受理。");
    act(&mut county, 4, case, CaseAct::Accept { plain }).unwrap();
    assert!(matches!(
        withdraw(&mut county, 3, case, ReplyKind::TransferNotice),
        Err(Refusal::NotInThisState { .. })
    ));
    withdraw(&mut county, 4, case, ReplyKind::AcceptanceNotice).unwrap();
    let state = &county.cases[&case];
    assert_eq!(state.procedure, Procedure::Transferred);
    assert_eq!(state.accepted_on, None);
    let content = opinion();
    let draft = CaseAct::DraftReply {
        reply: None,
        content,
    };
    assert!(matches!(
        act(&mut county, 4, case, draft),
        Err(Refusal::NotInThisState { .. })
    ));
}

#[test]
fn letting_somebody_read_is_taken_back_and_the_petitioner_s_wish_holds_again() {
    let mut county = County::new(1);
    let mut closed = filing();
    let reader = ReaderKey::Unit(WATER);
    closed.restricted_from = vec![reader.clone()];
    let case = sent(&mut county, closed);
    let reason = || text("由他办");
    let take_back = || CaseAct::TakeBack {
        what: OfficialAct::Widening {
            reader: ReaderKey::Unit(WATER),
        },
        reason: text("弄错"),
    };
    assert_eq!(
        act(&mut county, 3, case, take_back()),
        Err(Refusal::NotFound)
    );
    let widen = CaseAct::WidenReaders {
        reader: reader.clone(),
        reason: reason(),
    };
    act(&mut county, 3, case, widen).unwrap();
    assert!(
        county.cases[&case]
            .readers
            .admits(&official(7).reader_keys())
    );
    act(&mut county, 3, case, take_back()).unwrap();
    let state = &county.cases[&case];
    assert!(!state.readers.admits(&official(7).reader_keys()));
    assert!(state.readers.excludes(&reader));
}

#[test]
fn a_question_is_taken_back_until_it_is_answered() {
    let mut county = County::new(1);
    let case = sent(&mut county, filing());
    let ask = || CaseAct::AskCitizen {
        text: text("在哪里"),
        by_date: day("2026-12-01"),
    };
    let asked = |county: &County| match county.cases[&case].talk.last() {
        Some(Talk::Question { id, .. }) => *id,
        other => panic!("{other:?}"),
    };
    let take_back = |question| CaseAct::TakeBack {
        what: OfficialAct::Question { question },
        reason: text("问错人"),
    };
    act(&mut county, 3, case, ask()).unwrap();
    let question = asked(&county);
    act(&mut county, 3, case, take_back(question)).unwrap();
    assert!(county.cases[&case].talk.is_empty());

    act(&mut county, 3, case, ask()).unwrap();
    let question = asked(&county);
    let answer = Command::Citizen(CitizenCommand::AnswerQuestion {
        case,
        question,
        text: text("桥头"),
    });
    let own = crate::people::holder_as(
        domain::actor::Opened::Case(case),
        domain::actor::HolderRole::Petitioner,
    );
    county.execute(&own, &answer).unwrap();
    assert!(matches!(
        act(&mut county, 3, case, take_back(question)),
        Err(Refusal::NotInThisState { .. })
    ));
}

fn publish(county: &mut County, by: u128, command: MatterCommand) -> Result<MatterId, Refusal> {
    let command = Command::Office(OfficeCommand::Matter(command));
    match county.execute(&clerk(by), &command)? {
        Receipt::Matter { matter } => Ok(matter),
        other => panic!("{other:?}"),
    }
}

fn live(county: &mut County) -> (MatterId, CommitmentId) {
    let page = Box::new(crate::random::page("拓宽老公路"));
    let matter = publish(county, 1, MatterCommand::Propose { page, case: None }).unwrap();
    publish(county, 2, MatterCommand::Approve { matter }).unwrap();
    let commit = MatterCommand::Commit {
        matter,
        promise: text("两年内拓宽"),
        unit: ROADS,
        unit_name: text("交通局"),
        planned: day("2026-12-01"),
        indicator: None,
    };
    publish(county, 1, commit).unwrap();
    (matter, county.matters[&matter].commitments[0].id)
}

#[test]
fn a_public_page_is_put_right_by_two_and_says_what_was_wrong() {
    let mut county = County::new(1);
    let (matter, _) = live(&mut county);
    let page = Box::new(crate::random::page("拓宽省道"));
    let reason = text("路名写错");
    let correct = MatterCommand::Correct {
        matter,
        page,
        reason,
    };
    publish(&mut county, 1, correct).unwrap();
    assert_eq!(county.matters[&matter].page.title.as_str(), "拓宽老公路");
    let approve = || MatterCommand::ApproveCorrection { matter };
    let own = publish(&mut county, 1, approve());
    assert_eq!(own, Err(Refusal::ApproverIsAuthor));
    publish(&mut county, 2, approve()).unwrap();
    let state = &county.matters[&matter];
    assert_eq!(state.page.title.as_str(), "拓宽省道");
    assert_eq!(state.changes[0].reason.as_str(), "路名写错");
    let again = publish(&mut county, 2, approve());
    assert_eq!(again, Err(Refusal::NotFound));
}

#[test]
fn a_promise_called_kept_too_early_is_open_again_with_the_reason() {
    let mut county = County::new(1);
    let (matter, commitment) = live(&mut county);
    let what = Published::Fulfilment { commitment };
    let take_back = |what| MatterCommand::TakeBack {
        matter,
        what,
        reason: text("还没有通车"),
    };
    let nothing = publish(&mut county, 1, take_back(what));
    assert_eq!(nothing, Err(Refusal::NotFound));
    let on = domain::calendar::china_date(county.now);
    let fulfil = MatterCommand::Fulfil {
        matter,
        commitment,
        on,
    };
    publish(&mut county, 1, fulfil).unwrap();
    publish(&mut county, 1, take_back(what)).unwrap();
    assert_eq!(county.matters[&matter].status, MatterStatus::Live);
    // A page that is gone takes no more acts.
    publish(&mut county, 1, take_back(Published::Page)).unwrap();
    assert_eq!(county.matters[&matter].status, MatterStatus::Withdrawn);
    assert!(matches!(
        publish(&mut county, 1, take_back(Published::Page)),
        Err(Refusal::NotInThisState { .. })
    ));
}
