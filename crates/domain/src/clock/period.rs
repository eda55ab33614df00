use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A length of time in law: days, unless the text says 工作日.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Every day counts; an end on a day off moves to the next working day.
    CalendarDays(u16),
    /// Only working days count.
    WorkingDays(u16),
}

impl Period {
    /// How many days of its own unit.
    pub const fn length(self) -> u16 {
        match self {
            Self::CalendarDays(days) | Self::WorkingDays(days) => days,
        }
    }

    /// The same unit with another length.
    #[must_use]
    pub const fn with_length(self, days: u16) -> Self {
        match self {
            Self::CalendarDays(_) => Self::CalendarDays(days),
            Self::WorkingDays(_) => Self::WorkingDays(days),
        }
    }
}

/// Days left out of the count, such as a hearing; first and last day included. A hearing still
/// running has no last day: pass today for it. A `last` before `first` leaves nothing out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pause {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl Pause {
    pub fn holds(&self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }
}
