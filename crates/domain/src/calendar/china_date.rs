use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// The date in China at an instant: UTC+8 all year, everywhere in the country.
///
/// Summer time was used from 1986 to 1991 only, before any date this system holds.
pub fn china_date(instant: DateTime<Utc>) -> NaiveDate {
    instant
        .naive_utc()
        .checked_add_signed(TimeDelta::hours(8))
        .map_or(NaiveDate::MAX, |local| local.date())
}

/// The first instant in China after a date.
pub fn end_of_day(date: NaiveDate) -> DateTime<Utc> {
    date.succ_opt()
        .and_then(|next| {
            next.and_time(chrono::NaiveTime::MIN)
                .checked_sub_signed(TimeDelta::hours(8))
        })
        .map_or(DateTime::<Utc>::MAX_UTC, |end| end.and_utc())
}
