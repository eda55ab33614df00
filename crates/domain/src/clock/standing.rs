use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Counted;

/// A clock turns amber when this many calendar days or fewer are left (rule R16).
pub const AMBER_DAYS: u32 = 7;

/// Where a clock stands on a day. All counts are in calendar days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    NotStarted,
    /// From 1 day left.
    Running {
        days_left: u32,
    },
    DueToday,
    /// From 1 day late. For a petitioner's clock the right has lapsed.
    Overdue {
        days: u32,
    },
    Met {
        on: NaiveDate,
        in_time: bool,
    },
}

impl Standing {
    /// `counted` is none before the clock's event has happened; `today` is the date in China.
    pub fn of(counted: Option<&Counted>, met_on: Option<NaiveDate>, today: NaiveDate) -> Self {
        let Some(counted) = counted else {
            return Self::NotStarted;
        };
        if let Some(on) = met_on {
            return Self::Met {
                on,
                in_time: on <= counted.due,
            };
        }
        if today < counted.start {
            return Self::NotStarted;
        }
        let left = (counted.due - today).num_days();
        let days = u32::try_from(left.unsigned_abs()).unwrap_or(u32::MAX);
        match left {
            0 => Self::DueToday,
            1.. => Self::Running { days_left: days },
            _ => Self::Overdue { days },
        }
    }

    /// Time to remind: the due day is at most [`AMBER_DAYS`] away and has not passed.
    pub fn is_amber(self) -> bool {
        match self {
            Self::Running { days_left } => days_left <= AMBER_DAYS,
            Self::DueToday => true,
            Self::NotStarted | Self::Overdue { .. } | Self::Met { .. } => false,
        }
    }
}
