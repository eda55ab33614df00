use chrono::NaiveDate;
use domain::{
    calendar::{CalendarDay, CalendarVersion, DayKind},
    clock::{Counted, Pause, Period, RuleVersion},
};
use leptos::prelude::*;

use super::sample::Sample;
use crate::components::*;

/// A day of a list, and due dates with how they were counted.
pub(super) fn days(texts: &'static Sample) -> AnyView {
    view! {
        <h2>{texts.days}</h2>
        <DateBlock date=on(2026, 12, 15)/>
        {over_a_holiday().map(|counted| view! { <DayCount counted/> })}
        {moved_and_provisional().map(|counted| view! { <DayCount counted/> })}
    }
    .into_any()
}

/// Working days over a week of holidays and a working Saturday, with a pause.
fn over_a_holiday() -> Option<Counted> {
    let holiday = |day| CalendarDay {
        date: on(2026, 10, day),
        kind: DayKind::Holiday {
            occasion: "国庆节".into(),
        },
    };
    let make_up = CalendarDay {
        date: on(2026, 10, 10),
        kind: DayKind::MakeUpWorkday {
            occasion: "国庆节".into(),
        },
    };
    Some(Counted {
        start: on(2026, 9, 28),
        period: Period::WorkingDays(5),
        last_counted: on(2026, 10, 12),
        due: on(2026, 10, 12),
        moved_because: Vec::new(),
        special_days: (1..=7).map(holiday).chain([make_up]).collect(),
        pauses: vec![Pause {
            first: on(2026, 9, 30),
            last: on(2026, 9, 30),
        }],
        provisional: false,
        rule: RuleVersion::parse("sample").ok()?,
        calendar: CalendarVersion::parse("sample").ok()?,
    })
}

/// Calendar days that end on a Sunday, in a year whose holidays nobody knows yet.
fn moved_and_provisional() -> Option<Counted> {
    let sunday = on(2027, 2, 14);
    Some(Counted {
        start: on(2027, 1, 30),
        period: Period::CalendarDays(15),
        last_counted: sunday,
        due: on(2027, 2, 15),
        moved_because: vec![CalendarDay {
            date: sunday,
            kind: DayKind::Weekend,
        }],
        special_days: Vec::new(),
        pauses: Vec::new(),
        provisional: true,
        rule: RuleVersion::parse("sample").ok()?,
        calendar: CalendarVersion::parse("sample").ok()?,
    })
}

fn on(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}
