use rstest::rstest;
use uuid::Uuid;

use super::{
    super::{
        CHANNELS, DISPOSITIONS, FieldProblem::*, IntakeForm, KINDS, LEVELS, MODES, MatterPageForm,
        ROLES, ReplyForm, SUBJECTS, SessionForm, UNIT_KINDS,
    },
    register::filled,
};
use crate::{
    case::{Channel, Disposition, IssueOutcome},
    desk::{HandOver, TableAnswer},
    ids::{OfficialId, RegistrationId},
    person::Filer,
    text::TextProblem,
};

const OFFICIAL: OfficialId = OfficialId(Uuid::from_u128(4));
const REGISTRATION: RegistrationId = RegistrationId(Uuid::from_u128(5));

fn intake() -> IntakeForm {
    IntakeForm {
        filing: filled(),
        channel: "letter".into(),
        received_on: "2026-03-02".into(),
        received_reason: "邮戳".into(),
    }
}

#[test]
fn the_desk_takes_in_a_letter_with_its_day() {
    let intake = intake().parse(OFFICIAL).unwrap();
    assert_eq!(intake.channel, Channel::Letter);
    assert_eq!(intake.received_on.to_string(), "2026-03-02");
    assert_eq!(
        intake.filing.party.filer,
        Filer::Desk { official: OFFICIAL }
    );
}

#[rstest]
#[case("2026-02-30")]
#[case("yesterday")]
#[case("0026-03-02")]
fn a_day_that_is_none_is_told(#[case] day: &str) {
    let form = IntakeForm {
        received_on: day.into(),
        ..intake()
    };
    let errors = form.parse(OFFICIAL).unwrap_err();
    assert_eq!(errors.of("received_on"), Some(&NotADate));
}

#[test]
fn the_desk_s_form_tells_the_problems_of_both_halves() {
    let form = IntakeForm {
        channel: "pigeon".into(),
        filing: Default::default(),
        ..intake()
    };
    let errors = form.parse(OFFICIAL).unwrap_err();
    assert_eq!(errors.of("channel"), Some(&NotAChoice));
    assert_eq!(errors.of("name"), Some(&Required));
}

#[test]
fn the_desk_s_form_is_posted_as_one_flat_page() {
    let json = serde_json::to_value(intake()).unwrap();
    assert_eq!(json["name"], "陈水根");
    let one = r#"{"name":"陈","restricted":"agent","channel":"phone"}"#;
    let form: IntakeForm = serde_json::from_str(one).unwrap();
    assert_eq!(form.filing.restricted, ["agent"]);
}

fn reply() -> ReplyForm {
    ReplyForm {
        plain: "村口的路十月底前由交通局修好。".into(),
        body: String::new(),
        disposition: "support".into(),
        facts: "现场看过".into(),
        basis: "公路法".into(),
        remedies: "三十日内可申请复查".into(),
        evidence: "现场照片\n\n会议纪要\n".into(),
    }
}

#[test]
fn an_opinion_has_every_part() {
    let content = reply().parse().unwrap();
    assert_eq!(content.disposition, Some(Disposition::Support));
    assert_eq!(content.evidence.len(), 2);
    assert!(content.check_opinion().is_ok());
}

#[rstest]
#[case("plain", |f: &mut ReplyForm| f.plain.clear())]
#[case("disposition", |f: &mut ReplyForm| f.disposition.clear())]
#[case("facts", |f: &mut ReplyForm| f.facts.clear())]
#[case("basis", |f: &mut ReplyForm| f.basis.clear())]
#[case("remedies", |f: &mut ReplyForm| f.remedies.clear())]
#[case("evidence", |f: &mut ReplyForm| f.evidence = "\n \n".into())]
fn an_opinion_without_a_part_is_told_which(#[case] part: &str, #[case] change: fn(&mut ReplyForm)) {
    let mut form = reply();
    change(&mut form);
    let errors = form.parse().unwrap_err();
    assert_eq!(errors.of(part), Some(&Required));
    assert_eq!(errors.0.len(), 1);
}

#[test]
fn a_plain_sentence_has_at_most_150_characters_on_one_line() {
    let plain = |plain: String| ReplyForm { plain, ..reply() }.parse();
    assert_eq!(
        plain("修".repeat(151)).unwrap_err().of("plain"),
        Some(&Text(TextProblem::TooLong {
            count: 151,
            max: 150
        }))
    );
    assert_eq!(
        plain("一\n二".to_owned()).unwrap_err().of("plain"),
        Some(&Text(TextProblem::ControlCharacter))
    );
}

fn session() -> SessionForm {
    SessionForm {
        leader: "周明".into(),
        statement: vec!["路".into(), "水".into(), String::new()],
        outcome: vec!["resolved_on_spot".into(), "will_do".into(), String::new()],
        words: vec!["今天铺好".into(), "接通自来水".into(), String::new()],
        by: vec![String::new(), "2026-10-31".into(), String::new()],
        record: "right".into(),
        plain: "路今天铺好，水十月底前接通。".into(),
        handed_over: "on".into(),
    }
}

#[test]
fn a_record_has_an_outcome_for_each_issue_and_empty_rows_do_not_count() {
    let record = session().parse(REGISTRATION).unwrap();
    assert_eq!(record.issues.len(), 2);
    assert!(matches!(
        record.issues[1].outcome,
        IssueOutcome::WillDo { .. }
    ));
    assert_eq!(record.record, TableAnswer::Right);
    assert_eq!(record.hand_over, HandOver::Signed);
}

#[test]
fn a_promise_without_a_day_is_told_with_its_row() {
    let mut form = session();
    form.by[1].clear();
    let errors = form.parse(REGISTRATION).unwrap_err();
    let problem = Box::new(Required);
    assert_eq!(errors.of("by"), Some(&Row { row: 2, problem }));
}

#[test]
fn a_record_has_one_to_five_issues() {
    let mut form = session();
    form.statement = vec!["路".into(); 6];
    let errors = form.parse(REGISTRATION).unwrap_err();
    assert_eq!(errors.of("statement"), Some(&TooMany { max: 5 }));
    form.statement.clear();
    form.words.clear();
    let errors = form.parse(REGISTRATION).unwrap_err();
    assert_eq!(errors.of("statement"), Some(&Required));
}

#[test]
fn a_public_page_survives_editing() {
    let form = MatterPageForm {
        title: "十里公路拓宽".into(),
        aliases: "老公路\n新公路".into(),
        subject: "roads".into(),
        places: vec!["330726100".into()],
        population: "２０００００".into(),
        summary: "六个小时的路".into(),
        checked: "on".into(),
    };
    let page = form.parse().unwrap();
    assert_eq!(page.population, Some(200_000));
    let mut again = MatterPageForm::from(&page);
    let errors = again.parse().unwrap_err();
    assert_eq!(errors.of("checked"), Some(&Required), "checked anew");
    again.checked = "on".into();
    assert_eq!(again.parse().unwrap(), page);
}

#[test]
fn posted_values_are_the_names_in_stored_events() {
    fn same<T: serde::Serialize>(choices: &[(&str, T)]) {
        for (value, choice) in choices {
            assert_eq!(serde_json::to_value(choice).unwrap(), *value);
        }
    }
    same(&SUBJECTS);
    same(&KINDS);
    same(&CHANNELS);
    same(&MODES);
    same(&DISPOSITIONS);
    same(&ROLES);
    same(&LEVELS);
    same(&UNIT_KINDS);
}
