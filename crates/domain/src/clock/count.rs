use chrono::NaiveDate;

use super::{Counted, Pause, Period, RuleVersion};
use crate::calendar::LegalCalendar;

/// Counts a period from the day of an event.
///
/// The event's own day is not counted, nor are days in a pause. A period in calendar days whose last
/// day is a holiday or weekend ends on the next working day; a weekend worked in exchange is a
/// working day. A period in working days counts those only. A period of 0 days ends on the day of
/// the event, or on the next working day. Source: Civil Code arts. 201 and 203 by analogy; to be
/// confirmed with the office.
pub fn count(
    start: NaiveDate,
    period: Period,
    pauses: &[Pause],
    rule: &RuleVersion,
    calendar: &LegalCalendar,
) -> Counted {
    let last_counted = last_counted_day(start, period, pauses, calendar);
    let due = if calendar.is_working_day(last_counted) {
        last_counted
    } else {
        calendar.next_working_day(last_counted)
    };
    let first_looked_up = match period {
        Period::CalendarDays(_) => last_counted,
        Period::WorkingDays(_) => start.succ_opt().unwrap_or(start).min(last_counted),
    };
    Counted {
        start,
        period,
        last_counted,
        due,
        moved_because: days_before(last_counted, due)
            .map(|date| calendar.day(date))
            .collect(),
        special_days: calendar.special_days(start, due).to_vec(),
        pauses: pauses.to_vec(),
        provisional: first_looked_up
            .iter_days()
            .take_while(|&date| date <= due)
            .any(|date| !calendar.is_settled(date)),
        rule: rule.clone(),
        calendar: calendar.version().clone(),
    }
}

fn last_counted_day(
    start: NaiveDate,
    period: Period,
    pauses: &[Pause],
    calendar: &LegalCalendar,
) -> NaiveDate {
    let counts = |date: NaiveDate| {
        let unit_counts = match period {
            Period::CalendarDays(_) => true,
            Period::WorkingDays(_) => calendar.is_working_day(date),
        };
        unit_counts && !pauses.iter().any(|pause| pause.holds(date))
    };
    let Some(earlier) = usize::from(period.length()).checked_sub(1) else {
        return start;
    };
    start
        .iter_days()
        .skip(1)
        .filter(|&date| counts(date))
        .nth(earlier)
        // Only past the last date chrono can hold.
        .unwrap_or(NaiveDate::MAX)
}

fn days_before(first: NaiveDate, end: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take_while(move |&date| date < end)
}
