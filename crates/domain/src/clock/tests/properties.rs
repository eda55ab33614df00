use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::calendar::LegalCalendar;
use crate::clock::{Counted, DayPart, Pause, Period, RuleSet, count};

/// Days inside the data and a year or two on either side.
fn dates() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2003, 1, 1).unwrap();
    (0_u64..26 * 365).prop_map(move |days| first + Days::new(days))
}

fn periods(days: std::ops::Range<u16>) -> impl Strategy<Value = Period> {
    (days, any::<bool>()).prop_map(|(days, working)| {
        if working {
            Period::WorkingDays(days)
        } else {
            Period::CalendarDays(days)
        }
    })
}

fn counted(start: NaiveDate, period: Period, pauses: &[Pause]) -> Counted {
    count(
        start,
        period,
        pauses,
        RuleSet::default().version(),
        LegalCalendar::builtin(),
    )
}

proptest! {
    #[test]
    fn the_due_day_is_a_working_day_after_the_event(start in dates(), period in periods(1..400)) {
        let counted = counted(start, period, &[]);
        prop_assert!(LegalCalendar::builtin().is_working_day(counted.due));
        prop_assert!(counted.due >= counted.last_counted && counted.last_counted > start);
    }

    #[test]
    fn a_longer_period_is_never_due_earlier(start in dates(), period in periods(0..400)) {
        let longer = period.with_length(period.length() + 1);
        prop_assert!(counted(start, longer, &[]).due >= counted(start, period, &[]).due);
    }

    #[test]
    fn a_later_event_is_never_due_earlier(start in dates(), period in periods(1..400)) {
        let next = start + Days::new(1);
        prop_assert!(counted(next, period, &[]).due >= counted(start, period, &[]).due);
    }

    #[test]
    fn exactly_n_working_days_lie_in_a_period_of_n(start in dates(), n in 1_u16..400) {
        let due = counted(start, Period::WorkingDays(n), &[]).due;
        let working = start
            .iter_days()
            .skip(1)
            .take_while(|&date| date <= due)
            .filter(|&date| LegalCalendar::builtin().is_working_day(date))
            .count();
        prop_assert_eq!(working, usize::from(n));
    }

    #[test]
    fn a_period_of_n_calendar_days_ends_n_days_after_the_event(start in dates(), n in 0_u16..400) {
        let last = counted(start, Period::CalendarDays(n), &[]).last_counted;
        prop_assert_eq!((last - start).num_days(), i64::from(n));
    }

    #[test]
    fn only_days_off_move_the_end(start in dates(), n in 0_u16..400) {
        let counted = counted(start, Period::CalendarDays(n), &[]);
        prop_assert!(counted.moved_because.iter().all(|day| !day.kind.is_working()));
        let moved = (counted.due - counted.last_counted).num_days();
        prop_assert_eq!(i64::try_from(counted.moved_because.len()), Ok(moved));
    }

    #[test]
    fn the_small_calendar_agrees_with_the_count(
        start in dates(),
        period in periods(1..100),
        pause_after in 0_u64..60,
        pause_length in 0_u64..20,
    ) {
        let first = start + Days::new(pause_after);
        let pause = Pause { first, last: first + Days::new(pause_length) };
        let counted = counted(start, period, &[pause]);
        let days: Vec<_> = counted.days().collect();
        let last = days.iter().rfind(|day| matches!(day.part, DayPart::Counted(_))).unwrap();
        prop_assert_eq!((last.date, last.part), (counted.last_counted, DayPart::Counted(period.length())));
        prop_assert_eq!(days.last().map(|day| day.date), Some(counted.due));
        for day in &days {
            prop_assert_eq!(&day.kind, &LegalCalendar::builtin().kind(day.date));
        }
    }

    #[test]
    fn no_date_and_no_length_panics(days in any::<i32>(), period in periods(0..2000)) {
        let start = NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(NaiveDate::MAX);
        prop_assert!(counted(start, period, &[]).due >= start);
    }
}
