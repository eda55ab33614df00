use std::collections::BTreeMap;

use super::day;
use crate::calendar::LegalCalendar;
use crate::clock::{ClockKind, Period, RuleSet, RuleSetError, RuleVersion, due};

fn rules(version: &str, kind: ClockKind, period: Period) -> Result<RuleSet, RuleSetError> {
    RuleSet::new(
        RuleVersion::parse(version).unwrap(),
        BTreeMap::from([(kind, period)]),
    )
}

#[test]
fn an_office_may_set_its_own_length_under_its_own_name() {
    let county = rules("county-1", ClockKind::Transfer, Period::CalendarDays(4)).unwrap();
    let counted = due(
        ClockKind::Transfer,
        day("2025-09-18"),
        &county,
        LegalCalendar::builtin(),
    );
    assert_eq!(
        (counted.due, counted.rule.as_str()),
        (day("2025-09-22"), "county-1")
    );
    assert_eq!(county.period(ClockKind::Handle), Period::CalendarDays(60));
}

#[test]
fn changed_rules_may_not_pass_for_the_rules_of_2022() {
    let changed = rules("2022", ClockKind::Transfer, Period::CalendarDays(4));
    assert_eq!(changed, Err(RuleSetError::NameTaken));
}

#[test]
fn a_length_of_0_days_is_refused() {
    let changed = rules("county-1", ClockKind::Transfer, Period::WorkingDays(0));
    assert_eq!(changed, Err(RuleSetError::NoDays(ClockKind::Transfer)));
}

#[test]
fn configuration_is_checked_and_names_clocks_as_the_table_does() {
    let text = r#"{"version":"county-1","periods":{"ACCEPT_NOTICE":{"working_days":10}}}"#;
    let read: RuleSet = serde_json::from_str(text).unwrap();
    assert_eq!(
        read.period(ClockKind::AcceptNotice),
        Period::WorkingDays(10)
    );
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    assert!(serde_json::from_str::<RuleSet>(&text.replace("county-1", "2022")).is_err());
    assert!(serde_json::from_str::<RuleSet>(&text.replace("ACCEPT_NOTICE", "NOTICE")).is_err());
}

#[test]
fn every_clock_has_its_name_in_the_table() {
    let names: Vec<String> = ClockKind::ALL
        .iter()
        .map(|kind| {
            serde_json::to_value(kind)
                .unwrap()
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    let table = "TRANSFER OBJECT ACCEPT_NOTICE HANDLE EXTENSION REVIEW_REQUEST REVIEW \
                 REREVIEW_REQUEST REREVIEW REVIEW_REFUSAL_NOTICE ASSIGNED_REPORT SIMPLE_ACCEPT \
                 SIMPLE_HANDLE SIMPLE_FORWARD RATING_WINDOW";
    assert_eq!(names.join(" "), table);
}
