use rstest::rstest;
use uuid::Uuid;

use super::super::{DeskActForm, FieldProblem::*, NO_SESSION, VisitActForm};
use crate::{
    desk::DeskCommand,
    ids::{RegistrationId, VisitId},
    office::VisitCommand,
};

const VISIT: VisitId = VisitId(Uuid::from_u128(3));
const REGISTRATION: RegistrationId = RegistrationId(Uuid::from_u128(5));

#[test]
fn a_reason_is_needed_to_give_back_and_to_cancel_but_not_to_submit() {
    let empty = VisitActForm::default();
    let back = empty.give_back(VISIT).unwrap_err();
    assert_eq!(back.of("reason"), Some(&Required));
    let cancelled = empty.cancel(VISIT).unwrap_err();
    assert_eq!(cancelled.of("cancel_reason"), Some(&Required));
    let submitted = empty.submit(VISIT).unwrap();
    assert!(matches!(
        submitted,
        VisitCommand::Submit {
            short_lead: None,
            ..
        }
    ));
}

#[test]
fn a_visit_that_is_offered_is_one() {
    let form = VisitActForm {
        cancel_reason: "道路塌方".into(),
        offered: "下一次".into(),
        ..VisitActForm::default()
    };
    let errors = form.cancel(VISIT).unwrap_err();
    assert_eq!(errors.of("offered"), Some(&NotAChoice));
}

#[rstest]
#[case("", Required)]
#[case("0", PartySize)]
#[case("1000", PartySize)]
fn who_arrives_is_counted(#[case] people: &str, #[case] problem: super::super::FieldProblem) {
    let form = DeskActForm {
        people: people.into(),
        ..DeskActForm::default()
    };
    let errors = form.arrive(REGISTRATION).unwrap_err();
    assert_eq!(errors.of("people"), Some(&problem));
}

#[test]
fn each_end_without_a_session_has_a_name() {
    for (name, expected) in NO_SESSION {
        let form = DeskActForm {
            why: name.into(),
            ..DeskActForm::default()
        };
        let DeskCommand::EndWithoutSession { why, .. } = form.end(REGISTRATION).unwrap() else {
            panic!("{name}")
        };
        assert_eq!(why, expected);
    }
}
