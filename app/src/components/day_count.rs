use chrono::{Datelike, NaiveDate};
use domain::{
    calendar::DayKind,
    clock::{Counted, CountedDay, DayPart, Period},
};
use leptos::prelude::*;

use super::Details;
use crate::i18n::{citizen::DayCountTexts, common, day, month_and_year, use_language};

/// A due date's count, day by day: a sentence that opens as a small calendar. Colours repeat what the
/// words in the cells say.
#[component]
pub fn DayCount(counted: Counted) -> impl IntoView {
    let language = use_language();
    let texts = DayCountTexts::of(language);
    let days: Vec<CountedDay> = counted.days().collect();
    let months =
        days.chunk_by(|a, b| (a.date.year(), a.date.month()) == (b.date.year(), b.date.month()));
    let months = months
        .map(|month| one_month(month, counted.due))
        .collect_view();
    let unit = match counted.period {
        Period::WorkingDays(_) => texts.working_days,
        Period::CalendarDays(_) => texts.calendar_days,
    };
    let special = counted.special_days.iter().map(|special| {
        let (word, occasion) = match &special.kind {
            DayKind::Holiday { occasion } => (texts.holiday, occasion.as_str()),
            DayKind::MakeUpWorkday { occasion } => (texts.make_up, occasion.as_str()),
            DayKind::Workday | DayKind::Weekend => ("", ""),
        };
        view! { <li>{day(language, special.date)} " " {word} " " {occasion.to_owned()}</li> }
    });
    let special: Vec<_> = special.collect();
    let special = (!special.is_empty()).then(|| {
        view! {
            <p>{texts.special}</p>
            <ul>{special}</ul>
        }
    });
    let provisional = counted
        .provisional
        .then(|| view! { <p>{texts.provisional}</p> });
    let summary = format!(
        "{}：{}",
        texts.how,
        common::days_counted(language, &counted)
    );
    view! {
        <Details summary>
            <p>{unit}</p>
            <div class="grid">{months}</div>
            <p class="mute">{texts.legend}</p>
            {special}
            {provisional}
        </Details>
    }
    .into_any()
}

fn one_month(days: &[CountedDay], due: NaiveDate) -> AnyView {
    let language = use_language();
    let texts = DayCountTexts::of(language);
    let Some(first) = days.first() else {
        return ().into_any();
    };
    let blank = first.date.weekday().num_days_from_monday() as usize;
    let cells = std::iter::repeat_n(None, blank).chain(days.iter().map(Some));
    let cells: Vec<Option<&CountedDay>> = cells.collect();
    let weeks = cells
        .chunks(7)
        .map(|week| {
            let cells = week.iter().map(|day| match day {
                Some(day) => cell(day, due),
                None => view! { <td></td> }.into_any(),
            });
            view! { <tr>{cells.collect_view()}</tr> }
        })
        .collect_view();
    let head = texts.weekdays.split(' ');
    let head = head
        .map(|word| view! { <th scope="col">{word}</th> })
        .collect_view();
    view! {
        <table class="day-count">
            <caption>{month_and_year(language, first.date)}</caption>
            <thead><tr>{head}</tr></thead>
            <tbody>{weeks}</tbody>
        </table>
    }
    .into_any()
}

fn cell(day: &CountedDay, due: NaiveDate) -> AnyView {
    let texts = DayCountTexts::of(use_language());
    let part = match day.part {
        DayPart::Event => texts.event.to_owned(),
        DayPart::Counted(nth) => nth.to_string(),
        DayPart::NotCounted => texts.not_counted.to_owned(),
        DayPart::Paused => texts.paused.to_owned(),
        DayPart::PassedOver => texts.passed_over.to_owned(),
        DayPart::MovedTo => texts.due.to_owned(),
    };
    let part = match day.date == due && !matches!(day.part, DayPart::MovedTo) {
        true => format!("{part} {}", texts.due),
        false => part,
    };
    let kind = match day.kind {
        DayKind::Holiday { .. } => Some(texts.holiday),
        DayKind::MakeUpWorkday { .. } => Some(texts.make_up),
        DayKind::Workday | DayKind::Weekend => None,
    };
    let class = match (day.date == due, day.kind.is_working()) {
        (true, _) => "due",
        (false, true) => "",
        (false, false) => "off",
    };
    view! {
        <td class=class>
            <b>{day.date.day()}</b>
            <small>{part}</small>
            {kind.map(|kind| view! { <small>{kind}</small> })}
        </td>
    }
    .into_any()
}
