//! The clocks of the deadline table (`domain.md` §2.3) and how their days are counted.
//!
//! A clock is a kind, the day it started and, once it is met, the day it was met: nothing else is
//! kept. Its due date is worked out when asked for, by [`due`], from the rules and the calendar then
//! in force, and never stored in an event. The answer is a [`Counted`]: not only the date but every
//! day on the way to it, so that a screen can show how it was counted. [`count()`] is the one place
//! where days are counted; `docs/decisions/0001-counting-days.md` gives the reasons.

mod count;
mod counted;
mod due;
mod kind;
mod period;
mod rules;
mod standing;
#[cfg(test)]
mod tests;

pub use count::count;
pub use counted::{Counted, CountedDay, DayPart};
pub use due::{ExtensionError, due, due_excluding_hearings, due_extended};
pub use kind::{Basis, ClockKind, Duty, StartEvent};
pub use period::{Pause, Period};
pub use rules::{RuleSet, RuleSetError, RuleVersion};
pub use standing::{AMBER_DAYS, Standing};
