mod builtin;
mod china_date;
mod file;

use chrono::NaiveDate;

use super::{CalendarError, CalendarVersion, LegalCalendar};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn parse(csv: &str) -> Result<LegalCalendar, CalendarError> {
    LegalCalendar::parse(csv, CalendarVersion::parse("test").unwrap())
}
