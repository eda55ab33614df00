use chrono::NaiveDate;
use thiserror::Error;

use super::{ClockKind, Counted, Pause, RuleSet, count};
use crate::calendar::LegalCalendar;

/// The due date of a clock that started on a day in China (see [`crate::calendar::china_date`]).
///
/// For [`ClockKind::Extension`] the start is the `last_counted` day of the handling clock;
/// [`due_extended`] does both steps.
pub fn due(
    kind: ClockKind,
    started_on: NaiveDate,
    rules: &RuleSet,
    calendar: &LegalCalendar,
) -> Counted {
    count(
        started_on,
        rules.period(kind),
        &[],
        rules.version(),
        calendar,
    )
}

/// The due date of a re-review, hearing time left out (art. 36; no other clock stops).
pub fn due_excluding_hearings(
    request_received_on: NaiveDate,
    hearings: &[Pause],
    rules: &RuleSet,
    calendar: &LegalCalendar,
) -> Counted {
    let period = rules.period(ClockKind::Rereview);
    count(
        request_received_on,
        period,
        hearings,
        rules.version(),
        calendar,
    )
}

/// Why an extension was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ExtensionError {
    #[error("an extension is at least 1 day")]
    NoDays,
    #[error("an extension is at most {at_most} days (art. 34), not {asked}")]
    TooLong { asked: u16, at_most: u16 },
}

/// The due date of a matter whose handling was extended by `granted` days.
///
/// The extension runs on from the last day of the handling period itself, even where that was a day
/// off and the due date moved: 60 + 30 days are never more than 90 and a move.
///
/// # Errors
/// [`ExtensionError`] when `granted` is 0 or more than the rules allow in total.
pub fn due_extended(
    accepted_on: NaiveDate,
    granted: u16,
    rules: &RuleSet,
    calendar: &LegalCalendar,
) -> Result<Counted, ExtensionError> {
    let longest = rules.period(ClockKind::Extension);
    if granted == 0 {
        return Err(ExtensionError::NoDays);
    }
    if granted > longest.length() {
        return Err(ExtensionError::TooLong {
            asked: granted,
            at_most: longest.length(),
        });
    }
    let handling_ends = due(ClockKind::Handle, accepted_on, rules, calendar).last_counted;
    Ok(count(
        handling_ends,
        longest.with_length(granted),
        &[],
        rules.version(),
        calendar,
    ))
}
