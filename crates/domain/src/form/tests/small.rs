use super::super::{FieldProblem::*, LookUp, LookUpForm, NoteForm};
use crate::{
    code::{CodeProblem, QueryCode, SealedCode},
    given::SeededDice,
    text::TextProblem,
};

fn look_up(code: &str, pin: &str) -> LookUpForm {
    LookUpForm {
        code: code.to_owned(),
        pin: pin.to_owned(),
        phone: String::new(),
    }
}

#[test]
fn ten_digits_and_four_open_a_matter() {
    let code = QueryCode::fresh(&mut SeededDice::new(1));
    let found = look_up(&code.to_string(), " 1234 ").parse().unwrap();
    assert!(matches!(found, LookUp::Short { code: found, .. } if found == code));
}

#[test]
fn a_wrong_check_digit_is_told_as_such() {
    let code = QueryCode::fresh(&mut SeededDice::new(1));
    let last = code.as_str().as_bytes()[9] - b'0';
    let typed = format!("{}{}", &code.as_str()[..9], (last + 1) % 10);
    let errors = look_up(&typed, "1234").parse().unwrap_err();
    assert_eq!(errors.of("code"), Some(&Code(CodeProblem::CheckDigit)));
}

#[test]
fn nine_digits_and_no_second_factor_are_two_problems() {
    let errors = look_up("123 456 789", "").parse().unwrap_err();
    assert_eq!(
        errors.of("code"),
        Some(&Code(CodeProblem::Length { digits: 9 }))
    );
    assert_eq!(errors.of("pin"), Some(&Required));
}

#[test]
fn twenty_six_characters_need_no_second_factor() {
    let code = SealedCode::fresh(&mut SeededDice::new(1));
    let found = look_up(&code.to_string().to_lowercase(), "").parse();
    assert_eq!(found.unwrap(), LookUp::Sealed(code));
}

#[test]
fn a_note_has_something_in_it_and_ends_somewhere() {
    let note = |text: String| NoteForm { text }.parse();
    assert_eq!(note("好".to_owned()).unwrap().as_str(), "好");
    assert_eq!(
        note(" \n ".to_owned()).unwrap_err().of("text"),
        Some(&Required)
    );
    assert_eq!(
        note("长".repeat(2001)).unwrap_err().of("text"),
        Some(&Text(TextProblem::TooLong {
            count: 2001,
            max: 2000
        }))
    );
}
