use rstest::rstest;
use uuid::Uuid;

use super::super::{AccountForm, FieldProblem::*, UnitForm};
use crate::{actor::Role, ids::UnitId};

const UNIT: UnitId = UnitId(Uuid::from_u128(2));

fn account() -> AccountForm {
    AccountForm {
        name: " 演示甲 ".into(),
        title: "承办人".into(),
        portfolio: String::new(),
        unit: UNIT.to_string(),
        level: "county".into(),
        role: vec![
            "unit_head".into(),
            "unit_handler".into(),
            "unit_head".into(),
        ],
    }
}

#[test]
fn an_account_has_a_name_a_unit_and_each_role_once() {
    let account = account().parse(|unit| unit == UNIT).unwrap();
    assert_eq!(account.name.as_str(), "演示甲");
    assert_eq!(account.roles, [Role::UnitHandler, Role::UnitHead]);
}

#[rstest]
#[case("name", |f: &mut AccountForm| f.name.clear())]
#[case("title", |f: &mut AccountForm| f.title.clear())]
#[case("unit", |f: &mut AccountForm| f.unit.clear())]
#[case("level", |f: &mut AccountForm| f.level.clear())]
#[case("role", |f: &mut AccountForm| f.role.clear())]
fn what_is_missing_is_told(#[case] field: &str, #[case] change: fn(&mut AccountForm)) {
    let mut form = account();
    change(&mut form);
    let errors = form.parse(|_| true).unwrap_err();
    assert_eq!(errors.of(field), Some(&Required));
    assert_eq!(errors.0.len(), 1);
}

#[test]
fn a_unit_that_is_not_there_is_no_choice() {
    let errors = account().parse(|_| false).unwrap_err();
    assert_eq!(errors.of("unit"), Some(&NotAChoice));
}

#[test]
fn a_township_says_which_it_is_and_a_department_need_not() {
    let mut form = UnitForm {
        unit_name: "县水利局".into(),
        kind: "department".into(),
        ..UnitForm::default()
    };
    assert!(form.parse().unwrap().division.is_none());
    form.kind = "township".into();
    assert_eq!(form.parse().unwrap_err().of("division"), Some(&Required));
    form.division = "330726107".into();
    assert!(form.parse().is_ok());
}
