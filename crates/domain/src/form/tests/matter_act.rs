use rstest::rstest;
use uuid::Uuid;

use super::super::{FieldProblem::*, MatterActForm};
use crate::{
    ids::{MatterId, UnitId},
    office::{MatterAct, MatterCommand},
    text::Line,
};

const MATTER: MatterId = MatterId(Uuid::from_u128(1));
const UNIT: UnitId = UnitId(Uuid::from_u128(2));

fn form() -> MatterActForm {
    MatterActForm {
        answer: "列入县重点工程".into(),
        on: "2026-03-02".into(),
        promise: "全线拓宽".into(),
        unit: UNIT.to_string(),
        planned: "2027-12-31".into(),
        measure: "到省城的车程".into(),
        before: "6 小时".into(),
        after: "2 小时".into(),
        commitment: Uuid::from_u128(3).to_string(),
        milestone: Uuid::from_u128(4).to_string(),
        step: "开工".into(),
        evidence: "开工报告".into(),
        until: "2028-03-01".into(),
        reason: "雨季塌方".into(),
        ..MatterActForm::default()
    }
}

fn named(unit: UnitId) -> Option<Line> {
    (unit == UNIT).then(|| Line::parse("交通局").unwrap())
}

#[rstest]
#[case(MatterAct::Answer, &["answer", "on"])]
#[case(MatterAct::Commit, &["promise", "unit", "planned"])]
#[case(MatterAct::AddMilestone, &["commitment", "step", "planned"])]
#[case(MatterAct::CompleteMilestone, &["milestone", "on", "evidence"])]
#[case(MatterAct::DelayMilestone, &["milestone", "until", "reason"])]
#[case(MatterAct::Fulfil, &["commitment", "on"])]
#[case(MatterAct::TakeBackPage, &["reason"])]
#[case(MatterAct::TakeBackAnswer, &["reason"])]
#[case(MatterAct::TakeBackStep, &["milestone", "reason"])]
#[case(MatterAct::TakeBackFulfilment, &["commitment", "reason"])]
fn each_act_needs_its_own_fields(#[case] act: MatterAct, #[case] needed: &[&str]) {
    assert!(form().parse(act, MATTER, named).is_ok());
    let errors = MatterActForm::default().parse(act, MATTER, named);
    let errors = errors.unwrap_err();
    let missing: Vec<&str> = errors.0.iter().map(|error| error.field).collect();
    assert_eq!(missing, needed);
    assert!(errors.0.iter().all(|error| error.problem == Required));
}

#[test]
fn a_promise_carries_the_unit_s_own_name_and_its_measure() {
    let command = form().parse(MatterAct::Commit, MATTER, named).unwrap();
    let MatterCommand::Commit {
        unit_name,
        indicator,
        ..
    } = command
    else {
        panic!("another command")
    };
    assert_eq!(unit_name.as_str(), "交通局");
    assert_eq!(indicator.unwrap().before.as_str(), "6 小时");
}

#[test]
fn a_measure_is_whole_or_not_there() {
    let mut form = form();
    form.after.clear();
    let errors = form.parse(MatterAct::Commit, MATTER, named).unwrap_err();
    assert_eq!(errors.of("after"), Some(&Required));
    (form.measure, form.before) = (String::new(), " ".into());
    let command = form.parse(MatterAct::Commit, MATTER, named).unwrap();
    assert!(matches!(
        command,
        MatterCommand::Commit {
            indicator: None,
            ..
        }
    ));
}

#[test]
fn a_unit_that_is_none_is_not_a_choice() {
    let form = MatterActForm {
        unit: Uuid::from_u128(9).to_string(),
        ..form()
    };
    let errors = form.parse(MatterAct::Commit, MATTER, named).unwrap_err();
    assert_eq!(errors.of("unit"), Some(&NotAChoice));
}
