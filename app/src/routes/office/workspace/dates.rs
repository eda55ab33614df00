//! The clocks, counted anew whenever the page is asked for, and how.

use domain::{
    calendar::{CalendarDay, DayKind},
    case::CaseClock,
    clock::Standing,
};
use leptos::prelude::*;
use sync::view::Workspace as View;

use crate::{
    components::*,
    i18n::{
        common, day, day_and_weekday, day_with_year,
        office::{CountTexts, clock_name, days_left, period},
        use_language,
    },
};

pub(super) fn dates(view: &View) -> Vec<AnyView> {
    view.clocks.iter().map(|clock| date(view, clock)).collect()
}

fn date(view: &View, clock: &CaseClock) -> AnyView {
    let language = use_language();
    let counted = &clock.counted;
    let due = day_with_year(language, counted.due);
    let due = if counted.provisional {
        common::provisional(language, &due)
    } else {
        due
    };
    let left = days_left(language, (counted.due - view.today).num_days());
    let (state, word) = match clock.standing {
        Standing::Met { on, in_time } => {
            let met = format!("{} {}", CountTexts::of(language).met, day(language, on));
            let state = if in_time { State::Done } else { State::Overdue };
            (state, met)
        }
        Standing::Overdue { .. } => (State::Overdue, left),
        Standing::DueToday => (State::DueSoon, left),
        Standing::Running { days_left } if days_left <= domain::clock::AMBER_DAYS => {
            (State::DueSoon, left)
        }
        Standing::Running { .. } | Standing::NotStarted => (State::Waiting, left),
    };
    let name = clock_name(language, clock.kind);
    view! {
        <p><b>{name}</b> "：" {due} " " <StatusMark state word/></p>
        {how(clock)}
    }
    .into_any()
}

fn how(clock: &CaseClock) -> AnyView {
    let language = use_language();
    let texts = CountTexts::of(language);
    let counted = &clock.counted;
    let days = |days: &[CalendarDay]| {
        let days: Vec<String> = days.iter().map(special).collect();
        days.join("\n")
    };
    let mut rows = vec![
        SummaryRow::new(texts.start, day_and_weekday(language, counted.start)),
        SummaryRow::new(texts.rule, period(language, counted.period)),
    ];
    if !counted.special_days.is_empty() {
        rows.push(SummaryRow::new(texts.holidays, days(&counted.special_days)));
    }
    rows.push(SummaryRow::new(
        texts.last,
        day_and_weekday(language, counted.last_counted),
    ));
    if !counted.moved_because.is_empty() {
        rows.push(SummaryRow::new(texts.moved, days(&counted.moved_because)));
    }
    rows.push(SummaryRow::new(
        texts.due,
        day_and_weekday(language, counted.due),
    ));
    rows.push(SummaryRow::new(
        texts.version,
        format!("{} · {}", counted.rule.as_str(), counted.calendar.as_str()),
    ));
    view! { <Details summary=texts.how><SummaryList rows/></Details> }.into_any()
}

/// "10月1日（星期四） 国庆节" or the plain day off.
fn special(special: &CalendarDay) -> String {
    let date = day_and_weekday(use_language(), special.date);
    match &special.kind {
        DayKind::Holiday { occasion } => format!("{date} {occasion}"),
        DayKind::MakeUpWorkday { occasion } => {
            let texts = CountTexts::of(use_language());
            format!("{date} {occasion} {}", texts.make_up)
        }
        DayKind::Workday | DayKind::Weekend => date,
    }
}
