use chrono::{DateTime, Utc};
use rstest::rstest;

use super::day;
use crate::calendar::china_date;

#[rstest]
#[case::last_second_of_the_day("2025-09-18T15:59:59Z", "2025-09-18")]
#[case::midnight("2025-09-18T16:00:00Z", "2025-09-19")]
#[case::no_summer_time("2025-07-01T15:59:59Z", "2025-07-01")]
#[case::new_year("2025-12-31T16:00:00Z", "2026-01-01")]
#[case::leap_day("2024-02-28T16:00:00Z", "2024-02-29")]
fn the_day_begins_at_16_00_utc(#[case] instant: DateTime<Utc>, #[case] date: &str) {
    assert_eq!(china_date(instant), day(date));
}

#[test]
fn the_last_instant_does_not_overflow() {
    assert_eq!(china_date(DateTime::<Utc>::MAX_UTC), chrono::NaiveDate::MAX);
}
