use rstest::rstest;

use super::{counted, day};
use crate::clock::{Period, Standing};

fn met(on: &str, in_time: bool) -> Standing {
    Standing::Met {
        on: day(on),
        in_time,
    }
}

/// Started 2025-09-18; the 15th day is in the National Day break, so due 2025-10-09.
#[rstest]
#[case::before_the_event("2025-09-17", None, Standing::NotStarted, false)]
#[case::on_the_day_of_the_event("2025-09-18", None, Standing::Running { days_left: 21 }, false)]
#[case::eight_days_left("2025-10-01", None, Standing::Running { days_left: 8 }, false)]
#[case::seven_days_left("2025-10-02", None, Standing::Running { days_left: 7 }, true)]
#[case::last_day_off("2025-10-08", None, Standing::Running { days_left: 1 }, true)]
#[case::due_day("2025-10-09", None, Standing::DueToday, true)]
#[case::a_day_late("2025-10-10", None, Standing::Overdue { days: 1 }, false)]
#[case::met_on_the_due_day("2025-12-01", Some("2025-10-09"), met("2025-10-09", true), false)]
#[case::met_late("2025-12-01", Some("2025-10-10"), met("2025-10-10", false), false)]
fn where_a_clock_stands(
    #[case] today: &str,
    #[case] met_on: Option<&str>,
    #[case] standing: Standing,
    #[case] amber: bool,
) {
    let counted = counted("2025-09-18", Period::CalendarDays(15));
    let found = Standing::of(Some(&counted), met_on.map(day), day(today));
    assert_eq!((found, found.is_amber()), (standing, amber));
}

#[test]
fn a_clock_whose_event_has_not_happened_has_not_started() {
    assert_eq!(
        Standing::of(None, None, day("2025-09-18")),
        Standing::NotStarted
    );
}

/// Acceptance example 3 of `domain.md` §8.
#[test]
fn unreplied_at_the_end_of_day_60_is_overdue_on_day_61() {
    let counted = counted("2025-09-18", Period::CalendarDays(60));
    let on = |today| Standing::of(Some(&counted), None, day(today));
    assert_eq!(on("2025-11-17"), Standing::DueToday);
    assert_eq!(on("2025-11-18"), Standing::Overdue { days: 1 });
}
