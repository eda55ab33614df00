use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// What a day is in law, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Monday to Friday, named in no notice.
    Workday,
    /// Saturday or Sunday, named in no notice.
    Weekend,
    /// A day off by the yearly notice; `occasion` is the notice's own word, such as 春节.
    Holiday { occasion: String },
    /// A Saturday or Sunday worked in exchange for a day off (调休) around `occasion`.
    MakeUpWorkday { occasion: String },
}

impl DayKind {
    /// What the day is when no notice names it.
    pub fn by_weekday(date: NaiveDate) -> Self {
        match date.weekday() {
            Weekday::Sat | Weekday::Sun => Self::Weekend,
            _ => Self::Workday,
        }
    }

    pub fn is_working(&self) -> bool {
        matches!(self, Self::Workday | Self::MakeUpWorkday { .. })
    }
}

/// A date together with what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CalendarDay {
    pub date: NaiveDate,
    pub kind: DayKind,
}
