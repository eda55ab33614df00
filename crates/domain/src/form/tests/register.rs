use rstest::rstest;
use uuid::Uuid;

use super::super::{
    FieldProblem::{self, *},
    RegisterForm, Step,
};
use crate::{
    code::CodeProblem,
    filing::{AccessNeed, Danger, MatterKind, Statement, Subject},
    ids::{OfficialId, UnitId},
    person::{Filer, ReachWay},
    phone::PhoneProblem,
    readers::ReaderKey,
    text::TextProblem,
};

pub(super) fn filled() -> RegisterForm {
    let text = str::to_owned;
    RegisterForm {
        for_whom: text("self"),
        name: text("陈水根"),
        people: text("3"),
        kind: text("request"),
        subject: text("roads"),
        statement: text("村口的路冬天走不了车"),
        reach: text("call"),
        phone: text("１３８ ００１３ ８０００"),
        ..RegisterForm::default()
    }
}

fn with(change: impl FnOnce(&mut RegisterForm)) -> RegisterForm {
    let mut form = filled();
    change(&mut form);
    form
}

#[test]
fn a_filled_form_becomes_a_filing_and_the_phone_gives_the_second_factor() {
    let filing = filled().parse().unwrap();
    assert_eq!(filing.party.filer, Filer::Petitioner);
    assert_eq!(filing.party.size.get(), 3);
    assert_eq!(filing.kind, MatterKind::Request);
    assert_eq!(filing.subject, Subject::Roads);
    assert_eq!(filing.contact.way, ReachWay::Call);
    assert_eq!(filing.contact.phone.unwrap().as_str(), "13800138000");
    assert_eq!(String::from(filing.second_factor), "8000");
    assert_eq!(filing.danger, Danger::None);
}

type Change = fn(&mut RegisterForm);

#[rstest]
#[case::no_name("name", |f: &mut RegisterForm| f.name.clear(), Required)]
#[case::name_of_spaces("name", |f: &mut RegisterForm| f.name = "　 ".into(), Required)]
#[case::name_with_nul("name", |f: &mut RegisterForm| f.name = "陈\0根".into(), Text(TextProblem::ControlCharacter))]
#[case::name_too_long("name", |f: &mut RegisterForm| f.name = "陈".repeat(51), Text(TextProblem::TooLong { count: 51, max: 50 }))]
#[case::for_nobody("for_whom", |f: &mut RegisterForm| f.for_whom.clear(), Required)]
#[case::for_somebody("for_whom", |f: &mut RegisterForm| f.for_whom = "boss".into(), NotAChoice)]
#[case::relative_without_name("filer_name", |f: &mut RegisterForm| f.for_whom = "relative".into(), Required)]
#[case::relative_without_relation("relation", |f: &mut RegisterForm| f.for_whom = "relative".into(), Required)]
#[case::year_of_two_digits("birth_year", |f: &mut RegisterForm| f.birth_year = "58".into(), Number { min: 1900, max: 2199 })]
#[case::township_as_village("village", |f: &mut RegisterForm| f.village = "330726100".into(), NotAChoice)]
#[case::id_number("id_number", |f: &mut RegisterForm| f.id_number = "110105194912310021".into(), IdNumber)]
#[case::nobody("people", |f: &mut RegisterForm| f.people = "0".into(), PartySize)]
#[case::a_thousand("people", |f: &mut RegisterForm| f.people = "1000".into(), PartySize)]
#[case::people_in_words("people", |f: &mut RegisterForm| f.people = "三个".into(), PartySize)]
#[case::people_missing("people", |f: &mut RegisterForm| f.people.clear(), Required)]
#[case::no_kind("kind", |f: &mut RegisterForm| f.kind.clear(), Required)]
#[case::subject("subject", |f: &mut RegisterForm| f.subject = "weather".into(), NotAChoice)]
#[case::place("place", |f: &mut RegisterForm| f.place = "12".into(), NotAChoice)]
#[case::nothing_said("statement", |f: &mut RegisterForm| f.statement.clear(), Required)]
#[case::too_much_said("statement", |f: &mut RegisterForm| f.statement = "路".repeat(2001), Text(TextProblem::TooLong { count: 2001, max: 2000 }))]
#[case::no_reach("reach", |f: &mut RegisterForm| f.reach.clear(), Required)]
#[case::call_without_phone("phone", |f: &mut RegisterForm| f.phone.clear(), Required)]
#[case::ten_digits("phone", |f: &mut RegisterForm| f.phone = "1380013800".into(), Phone(PhoneProblem::MobileLength { digits: 10 }))]
#[case::text_to_a_landline("phone", |f: &mut RegisterForm| { f.reach = "text".into(); f.phone = "0579-84100000".into(); }, CannotReceiveText)]
#[case::through_nobody("through_name", |f: &mut RegisterForm| f.reach = "through".into(), Required)]
#[case::no_phone_and_no_digits("pin", |f: &mut RegisterForm| { f.reach = "none".into(); f.phone.clear(); }, Required)]
#[case::three_digits("pin", |f: &mut RegisterForm| f.pin = "123".into(), Code(CodeProblem::Length { digits: 3 }))]
#[case::box_with_other_value("danger", |f: &mut RegisterForm| f.danger = "maybe".into(), NotAChoice)]
#[case::needs("needs", |f: &mut RegisterForm| f.needs = vec!["wheelchair".into(), "lift".into()], Row { row: 2, problem: Box::new(NotAChoice) })]
#[case::restricted("restricted", |f: &mut RegisterForm| f.restricted = vec!["agent".into(), "unit:7".into()], Row { row: 2, problem: Box::new(NotAChoice) })]
#[case::village_as_township("restricted", |f: &mut RegisterForm| f.restricted = vec!["township:330726100201".into()], Row { row: 1, problem: Box::new(NotAChoice) })]
fn each_bad_input_has_its_own_problem(
    #[case] field: &str,
    #[case] change: Change,
    #[case] problem: FieldProblem,
) {
    let form = with(change);
    let errors = form.parse().unwrap_err();
    assert_eq!(errors.of(field), Some(&problem), "{errors:?}");
    let step = Step::of(field);
    assert!(form.parse_step(step).is_err());
    assert!(form.parse_step(Step::Check).is_err());
    assert!(errors.0.iter().all(|error| Step::of(error.field) == step));
}

#[test]
fn six_representatives_are_refused_with_their_number_and_five_pass() {
    let six = with(|f| f.representatives = "甲\n乙，丙、丁,戊；己\n".into());
    assert_eq!(
        six.parse().unwrap_err().of("representatives"),
        Some(&TooManyRepresentatives { count: 6 })
    );
    assert!(six.parse_step(Step::HowMany).is_err());
    assert!(six.parse_step(Step::Who).is_ok());
    let five = with(|f| f.representatives = "甲\n\n乙，丙、丁,戊".into());
    assert_eq!(five.parse().unwrap().party.representatives.names().len(), 5);
}

#[test]
fn emoji_and_text_from_right_to_left_pass() {
    let form = with(|f| f.statement = "谢谢👍🏽 مرحبا بكم".into());
    let said = form.parse().unwrap().statement;
    assert!(matches!(&said[..], [Statement::Text(text)] if text.as_str() == "谢谢👍🏽 مرحبا بكم"));
}

#[test]
fn what_a_person_needs_is_kept_apart_from_who_should_not_know() {
    let sent = |name: &str| match name {
        "needs" => vec!["wheelchair".to_owned(), "dialect".to_owned()],
        "people" => vec!["1".to_owned()],
        _ => Vec::new(),
    };
    let form = with(|f| f.restricted = vec!["agent".into()]).with_step(Step::HowMany, sent);
    let filing = form.parse().unwrap();
    assert_eq!(filing.needs, [AccessNeed::Wheelchair, AccessNeed::Dialect]);
    assert_eq!(filing.restricted_from.len(), 1);
    assert!(filled().parse().unwrap().needs.is_empty());
}

#[test]
fn what_will_be_said_face_to_face_need_not_be_written() {
    let form = with(|f| {
        f.statement.clear();
        f.in_person = "on".into();
    });
    assert!(form.parse().unwrap().statement.is_empty());
}

#[test]
fn without_contact_the_person_chooses_four_digits() {
    let form = with(|f| {
        f.reach = "none".into();
        f.phone.clear();
        f.pin = "０４２７".into();
    });
    let filing = form.parse().unwrap();
    assert_eq!(filing.contact.way, ReachWay::DoNotContact);
    assert_eq!(String::from(filing.second_factor), "0427");
}

#[test]
fn a_wrong_phone_is_told_once_and_not_again_at_the_four_digits() {
    let errors = with(|f| f.phone = "12".into()).parse().unwrap_err();
    assert_eq!(errors.0.len(), 1);
}

#[test]
fn who_should_not_know_is_named_by_box_or_by_name() {
    let unit = Uuid::from_u128(7);
    let form = with(|f| {
        f.restricted = vec![
            "agent".into(),
            format!("unit:{unit}"),
            "township:330726100".into(),
            "village:330726100201".into(),
        ];
        f.restricted_person = "王某、李某".into();
    });
    let closed = form.parse().unwrap().restricted_from;
    assert_eq!(closed.len(), 6);
    assert_eq!(closed[0], ReaderKey::Agents);
    assert_eq!(closed[1], ReaderKey::Unit(UnitId(unit)));
    assert!(matches!(&closed[5], ReaderKey::Named(name) if name.as_str() == "李某"));
}

#[test]
fn an_agent_is_not_asked_for_whom() {
    let form = with(|f| f.for_whom.clear());
    let filer = Filer::Desk {
        official: OfficialId(Uuid::from_u128(1)),
    };
    let filing = form.parse_filed_by(filer.clone()).unwrap();
    assert_eq!(filing.party.filer, filer);
}

#[test]
fn an_empty_form_tells_every_needed_field_at_once() {
    let errors = RegisterForm::default().parse().unwrap_err();
    let fields: Vec<_> = errors.0.iter().map(|error| error.field).collect();
    assert_eq!(
        fields,
        [
            "for_whom",
            "name",
            "people",
            "kind",
            "subject",
            "statement",
            "reach"
        ]
    );
}

#[test]
fn every_field_of_the_form_is_on_one_page() {
    let json = serde_json::to_value(filled()).unwrap();
    for field in json.as_object().unwrap().keys() {
        assert_ne!(Step::of(field), Step::Check, "{field}");
    }
}

#[test]
fn one_ticked_box_reads_like_several() {
    let one: RegisterForm = serde_json::from_str(r#"{"restricted":"agent"}"#).unwrap();
    let many: RegisterForm = serde_json::from_str(r#"{"restricted":["agent"]}"#).unwrap();
    assert_eq!(one, many);
}

#[test]
fn sending_every_step_makes_the_whole_form() {
    let mut number = 0;
    let whole = Step::ALL
        .into_iter()
        .fold(RegisterForm::default(), |form, step| {
            form.with_step(step, |name| vec![format!("{name} as sent")])
        });
    let serde_json::Value::Object(fields) = serde_json::to_value(&whole).unwrap() else {
        panic!("a form is an object")
    };
    for (name, value) in fields {
        let sent = format!("{name} as sent");
        let expected = if ["restricted", "needs", "images"].contains(&name.as_str()) {
            serde_json::json!([sent])
        } else {
            serde_json::json!(sent)
        };
        assert_eq!(value, expected, "{name}");
        number += 1;
    }
    assert_eq!(
        number,
        Step::ALL
            .iter()
            .map(|step| step.fields().len())
            .sum::<usize>()
    );
}

#[test]
fn a_box_that_is_no_longer_ticked_is_no_longer_in_the_form() {
    let ticked = with(|form| form.in_person = "on".to_owned());
    assert_eq!(ticked.with_step(Step::Matter, |_| Vec::new()).in_person, "");
}

const PHOTO: &str = "0193f000-0000-7000-8000-000000000001";
const RECORDING: &str = "0193f000-0000-7000-8000-000000000002";

#[test]
fn a_photo_of_a_letter_says_what_it_is_about() {
    let form = with(|form| {
        form.statement = String::new();
        form.images = vec![PHOTO.to_owned()];
    });
    let attachment = PHOTO.parse().unwrap();
    assert_eq!(
        form.parse().unwrap().statement,
        [Statement::Image {
            attachment,
            transcript: None
        }]
    );
}

#[test]
fn words_come_before_photos_and_photos_before_the_recording() {
    let form = with(|form| {
        form.images = vec![PHOTO.to_owned()];
        form.recording = RECORDING.to_owned();
    });
    let said = form.parse().unwrap().statement;
    assert!(matches!(
        said[..],
        [
            Statement::Text(_),
            Statement::Image { .. },
            Statement::Audio { .. }
        ]
    ));
}

#[test]
fn ten_photos_are_too_many_and_something_else_is_no_photo() {
    let ids = (0..10).map(|last| format!("0193f000-0000-7000-8000-00000000000{last}"));
    let ten = with(|form| form.images = ids.collect());
    let words = with(|form| form.images = vec!["photo.jpg".to_owned()]);
    let problem = |form: RegisterForm| form.parse().unwrap_err().0.remove(0).problem;
    assert_eq!(problem(ten), TooMany { max: 9 });
    let no_photo = Row {
        row: 1,
        problem: Box::new(NotAChoice),
    };
    assert_eq!(problem(words), no_photo);
}
