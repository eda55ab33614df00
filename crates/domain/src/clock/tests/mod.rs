mod counting;
mod deadlines;
mod properties;
mod rules;
mod standing;

use chrono::NaiveDate;

use super::{Counted, Pause, Period, RuleSet, count};
use crate::calendar::LegalCalendar;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn counted(start: &str, period: Period) -> Counted {
    paused(start, period, &[])
}

fn paused(start: &str, period: Period, pauses: &[Pause]) -> Counted {
    let rules = RuleSet::default();
    count(
        day(start),
        period,
        pauses,
        rules.version(),
        LegalCalendar::builtin(),
    )
}
