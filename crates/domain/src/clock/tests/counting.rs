use rstest::rstest;

use super::{counted, day, paused};
use crate::calendar::{CalendarDay, DayKind};
use crate::clock::{Counted, DayPart, Pause, Period};
use Period::{CalendarDays, WorkingDays};

#[rstest]
#[case::ends_on_a_workday("2025-09-01", 15, "2025-09-16", "2025-09-16")]
#[case::ends_on_saturday("2025-08-01", 15, "2025-08-16", "2025-08-18")]
#[case::ends_on_sunday("2025-08-02", 15, "2025-08-17", "2025-08-18")]
#[case::ends_in_national_day("2025-09-18", 15, "2025-10-03", "2025-10-09")]
#[case::ends_on_a_make_up_saturday("2025-09-26", 15, "2025-10-11", "2025-10-11")]
#[case::moves_onto_a_make_up_sunday("2025-12-17", 15, "2026-01-01", "2026-01-04")]
#[case::over_the_year_end("2024-12-20", 15, "2025-01-04", "2025-01-06")]
#[case::onto_a_leap_day("2024-02-14", 15, "2024-02-29", "2024-02-29")]
#[case::no_leap_day("2023-02-14", 15, "2023-03-01", "2023-03-01")]
#[case::first_covered_year("2003-12-17", 15, "2004-01-01", "2004-01-02")]
#[case::event_on_a_holiday("2025-10-01", 8, "2025-10-09", "2025-10-09")]
#[case::same_day("2025-09-18", 0, "2025-09-18", "2025-09-18")]
#[case::same_day_on_a_holiday("2025-10-01", 0, "2025-10-01", "2025-10-09")]
fn calendar_days_end_on_a_working_day(
    #[case] start: &str,
    #[case] days: u16,
    #[case] last_counted: &str,
    #[case] due: &str,
) {
    let counted = counted(start, CalendarDays(days));
    assert_eq!(
        (counted.last_counted, counted.due),
        (day(last_counted), day(due))
    );
    assert!(!counted.provisional);
}

#[rstest]
#[case::over_a_weekend("2025-09-18", 5, "2025-09-25")]
#[case::into_spring_festival_with_a_make_up_sunday("2025-01-24", 5, "2025-02-07")]
#[case::over_spring_festival_with_a_make_up_saturday("2025-01-27", 5, "2025-02-10")]
#[case::event_inside_spring_festival("2025-01-30", 1, "2025-02-05")]
#[case::over_new_year_with_a_make_up_sunday("2025-12-31", 1, "2026-01-04")]
#[case::ten_over_national_day("2025-09-26", 10, "2025-10-16")]
fn working_days_count_working_days_only(#[case] start: &str, #[case] days: u16, #[case] due: &str) {
    let counted = counted(start, WorkingDays(days));
    assert_eq!((counted.last_counted, counted.due), (day(due), day(due)));
    assert_eq!(counted.moved_because, []);
}

#[rstest]
#[case::before_the_first_year("2003-09-18", CalendarDays(15), true)]
#[case::only_the_end_matters_for_calendar_days("2003-12-20", CalendarDays(15), false)]
#[case::every_day_matters_for_working_days("2003-12-30", WorkingDays(2), true)]
#[case::the_event_is_not_counted("2003-12-31", WorkingDays(1), false)]
#[case::last_settled_day("2026-12-13", CalendarDays(15), false)]
#[case::days_the_next_notice_may_name("2026-12-14", CalendarDays(15), true)]
#[case::last_settled_working_day("2026-12-21", WorkingDays(5), false)]
#[case::first_unsettled_working_day("2026-12-22", WorkingDays(5), true)]
#[case::moved_into_unsettled_days("2026-12-13", CalendarDays(60), true)]
#[case::year_not_published("2026-11-23", CalendarDays(60), true)]
fn a_date_that_a_notice_to_come_may_change_is_provisional(
    #[case] start: &str,
    #[case] period: Period,
    #[case] provisional: bool,
) {
    assert_eq!(counted(start, period).provisional, provisional);
}

#[test]
fn the_days_that_moved_the_end_are_named() {
    let counted = counted("2025-09-18", CalendarDays(15));
    let moved: Vec<String> = counted
        .moved_because
        .iter()
        .map(|d| d.date.to_string())
        .collect();
    assert_eq!(
        moved,
        [
            "2025-10-03",
            "2025-10-04",
            "2025-10-05",
            "2025-10-06",
            "2025-10-07",
            "2025-10-08"
        ]
    );
    let mid_autumn = CalendarDay {
        date: day("2025-10-06"),
        kind: DayKind::Holiday {
            occasion: "中秋".to_owned(),
        },
    };
    assert!(counted.moved_because.contains(&mid_autumn));
}

#[test]
fn a_small_calendar_shows_each_day_and_what_it_counted_for() {
    let counted = counted("2025-09-30", CalendarDays(2));
    let parts: Vec<DayPart> = counted.days().map(|day| day.part).collect();
    let [event, first, second, passed @ .., due] = &parts[..] else {
        panic!("too few days: {parts:?}")
    };
    assert_eq!(
        [*event, *first, *second],
        [DayPart::Event, DayPart::Counted(1), DayPart::Counted(2)]
    );
    assert_eq!(passed, [DayPart::PassedOver; 6]);
    assert_eq!(*due, DayPart::MovedTo);
    assert_eq!(
        counted.days().last().map(|day| day.kind),
        Some(DayKind::Workday)
    );
}

#[test]
fn a_small_calendar_of_working_days_skips_the_days_off() {
    let parts: Vec<DayPart> = counted("2025-09-26", WorkingDays(2))
        .days()
        .map(|day| day.part)
        .collect();
    // Friday; Saturday off; Sunday worked in exchange; Monday.
    let expected = [
        DayPart::Event,
        DayPart::NotCounted,
        DayPart::Counted(1),
        DayPart::Counted(2),
    ];
    assert_eq!(parts, expected);
}

#[test]
fn days_in_overlapping_pauses_are_left_out_once() {
    let one = Pause {
        first: day("2025-09-02"),
        last: day("2025-09-04"),
    };
    let other = Pause {
        first: day("2025-09-04"),
        last: day("2025-09-05"),
    };
    let counted = paused("2025-09-01", CalendarDays(4), &[one, other]);
    assert_eq!(counted.due, day("2025-09-09"));
    let left_out = counted
        .days()
        .filter(|day| day.part == DayPart::Paused)
        .count();
    assert_eq!(left_out, 4);
}

#[test]
fn a_pause_outside_the_period_or_back_to_front_changes_nothing() {
    let before = Pause {
        first: day("2025-08-01"),
        last: day("2025-09-01"),
    };
    let reversed = Pause {
        first: day("2025-09-05"),
        last: day("2025-09-02"),
    };
    let counted = paused("2025-09-01", CalendarDays(15), &[before, reversed]);
    assert_eq!(counted.due, day("2025-09-16"));
}

#[test]
fn the_count_crosses_the_wire_unchanged() {
    let counted = counted("2025-09-18", CalendarDays(15));
    let json = serde_json::to_string(&counted).unwrap();
    assert_eq!(serde_json::from_str::<Counted>(&json).unwrap(), counted);
}
