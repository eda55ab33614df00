use rstest::rstest;

use super::day;
use crate::calendar::{DayKind, LegalCalendar};

fn holiday(occasion: &str) -> DayKind {
    DayKind::Holiday {
        occasion: occasion.to_owned(),
    }
}

fn make_up(occasion: &str) -> DayKind {
    DayKind::MakeUpWorkday {
        occasion: occasion.to_owned(),
    }
}

#[rstest]
#[case::thursday("2025-09-18", DayKind::Workday)]
#[case::saturday("2025-09-20", DayKind::Weekend)]
#[case::sunday_worked_in_exchange("2025-09-28", make_up("国庆节"))]
#[case::weekday_off("2025-10-01", holiday("国庆节"))]
#[case::weekend_inside_a_break("2025-10-04", holiday("国庆节"))]
#[case::festival_inside_a_break("2025-10-06", holiday("中秋"))]
#[case::named_by_the_next_years_notice("2018-12-31", holiday("元旦"))]
#[case::before_the_data("2003-09-20", DayKind::Weekend)]
fn a_day_has_its_kind(#[case] date: &str, #[case] kind: DayKind) {
    let calendar = LegalCalendar::builtin();
    assert_eq!(calendar.kind(day(date)), kind);
    assert_eq!(calendar.is_working_day(day(date)), kind.is_working());
}

#[rstest]
#[case::plain_week("2025-09-18", "2025-09-19")]
#[case::over_a_weekend("2025-09-19", "2025-09-22")]
#[case::onto_a_make_up_sunday("2025-09-27", "2025-09-28")]
#[case::over_national_day("2025-09-30", "2025-10-09")]
#[case::new_year_then_make_up_sunday("2025-12-31", "2026-01-04")]
fn the_next_working_day(#[case] date: &str, #[case] next: &str) {
    assert_eq!(
        LegalCalendar::builtin().next_working_day(day(date)),
        day(next)
    );
}

#[test]
fn every_year_from_2004_to_2026_is_covered() {
    let years: Vec<i32> = (2004..=2026).collect();
    let calendar = LegalCalendar::builtin();
    assert_eq!(calendar.covered_years(), years);
    assert_eq!(calendar.version().as_str(), "cn-2026.1");
    assert!(!calendar.covers(2003) && !calendar.covers(2027));
}

#[rstest]
#[case::before_the_first_year("2003-12-28", false)]
#[case::first_day("2004-01-01", true)]
#[case::year_end_inside_the_data("2025-12-31", true)]
#[case::before_the_next_notice_can_reach("2026-12-28", true)]
#[case::the_next_notice_may_name_it("2026-12-29", false)]
#[case::after_the_last_year("2027-01-01", false)]
fn a_day_is_settled_when_no_notice_to_come_can_change_it(
    #[case] date: &str,
    #[case] settled: bool,
) {
    assert_eq!(LegalCalendar::builtin().is_settled(day(date)), settled);
}

/// The reason for 29 December: should a notice reach further back, this fails on its data.
#[test]
fn no_new_year_notice_reaches_before_29_december() {
    for year in LegalCalendar::builtin().covered_years() {
        let days = LegalCalendar::builtin()
            .special_days(day(&format!("{year}-11-01")), day(&format!("{year}-12-28")));
        assert_eq!(days, [], "{year}");
    }
}
