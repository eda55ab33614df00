use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Pause, Period, RuleVersion};
use crate::calendar::{CalendarDay, CalendarVersion, DayKind};

/// A due date and how it was counted. Self-contained: a screen needs no calendar to show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Counted {
    /// The day of the event, not counted.
    pub start: NaiveDate,
    pub period: Period,
    /// The last day of the period itself.
    pub last_counted: NaiveDate,
    /// The last day on which the act is in time; later than `last_counted` when that is a day off.
    pub due: NaiveDate,
    /// The days off from `last_counted` up to the day before `due`; empty when nothing moved.
    pub moved_because: Vec<CalendarDay>,
    /// The days between `start` and `due` that a holiday notice names, in order.
    pub special_days: Vec<CalendarDay>,
    pub pauses: Vec<Pause>,
    /// A holiday notice still to come may change `due`; the screen says 暂按…计算.
    pub provisional: bool,
    pub rule: RuleVersion,
    pub calendar: CalendarVersion,
}

/// One cell of the small calendar behind a due date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedDay {
    pub date: NaiveDate,
    pub kind: DayKind,
    pub part: DayPart,
}

/// What a day contributes to the count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayPart {
    /// The day of the event, not counted.
    Event,
    /// The nth day of the period, from 1.
    Counted(u16),
    /// A day off inside a period of working days.
    NotCounted,
    /// In a pause.
    Paused,
    /// A day off after the period's last day.
    PassedOver,
    /// The due day, after an end on a day off was moved.
    MovedTo,
}

impl Counted {
    /// Every day from the event to the due day, both included.
    pub fn days(&self) -> impl Iterator<Item = CountedDay> + '_ {
        let mut nth = 0;
        self.start
            .iter_days()
            .take_while(|&date| date <= self.due)
            .map(move |date| {
                let kind = self.kind(date);
                let part = self.part(date, &kind, &mut nth);
                CountedDay { date, kind, part }
            })
    }

    fn kind(&self, date: NaiveDate) -> DayKind {
        self.special_days
            .iter()
            .find(|day| day.date == date)
            .map_or_else(|| DayKind::by_weekday(date), |day| day.kind.clone())
    }

    fn part(&self, date: NaiveDate, kind: &DayKind, nth: &mut u16) -> DayPart {
        if date == self.start {
            DayPart::Event
        } else if date > self.last_counted && date == self.due {
            DayPart::MovedTo
        } else if date > self.last_counted {
            DayPart::PassedOver
        } else if self.pauses.iter().any(|pause| pause.holds(date)) {
            DayPart::Paused
        } else if matches!(self.period, Period::WorkingDays(_)) && !kind.is_working() {
            DayPart::NotCounted
        } else {
            *nth = nth.saturating_add(1);
            DayPart::Counted(*nth)
        }
    }
}
