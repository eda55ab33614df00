//! Every case an official may see, what is urgent first. The filters are in the address.

use domain::case::Procedure;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sync::{
    query,
    view::{WorkFilter, WorkRow, Worklist as List},
};

use super::frame::{address, filtered, office, pagination};
use crate::{
    components::*,
    i18n::{
        citizen::subject,
        common::StateTexts,
        day,
        office::{TabletTexts, WorklistTexts, days_left, procedure, shown_of},
        use_language,
    },
    repository::{use_from_tablet, use_office_view},
};

#[component]
pub fn Worklist() -> impl IntoView {
    let asked = use_query_map();
    let filter = move || {
        let asked = asked.read();
        let part = |name| asked.get(name).unwrap_or_default();
        WorkFilter {
            find: part("find"),
            state: part("state"),
            subject: part("subject"),
            due: part("due"),
            page: part("page").parse().unwrap_or_default(),
        }
    };
    let view = use_office_view(move || query::Worklist { filter: filter() });
    let texts = WorklistTexts::of(use_language());
    office(texts.title, "/office", view, list)
}

fn list(list: List) -> AnyView {
    let texts = WorklistTexts::of(use_language());
    let find = list.filter.find.clone();
    let (from, only_number) = (
        use_from_tablet(),
        TabletTexts::of(use_language()).only_number,
    );
    let tabs = tabs(&list);
    let shown = u32::try_from(list.rows.len()).unwrap_or(u32::MAX);
    let shown = shown_of(use_language(), shown, list.total);
    let pages = (list.filter.page, list.total, list.page_size);
    let pagination = pagination(pages, |page| {
        shown_by(&WorkFilter {
            page,
            ..list.filter.clone()
        })
    });
    let rows = if list.rows.is_empty() {
        empty(&list.filter)
    } else {
        table(list.rows)
    };
    view! {
        <form class="row" method="get" action=address("/office") role="search">
            <TextField name="find" label=texts.look_up hint=texts.look_up_hint value=find
                kind=InputKind::Search/>
            <Button kind=ButtonKind::Secondary>{texts.apply}</Button>
        </form>
        {move || from.get().map(|_| view! { <p class="mute">{only_number}</p> })}
        <Tabs label=texts.filters tabs/>
        <p class="mute number">{shown}</p>
        {rows}
        {pagination}
    }
    .into_any()
}

fn tabs(list: &List) -> Vec<Tab> {
    let language = use_language();
    let texts = WorklistTexts::of(language);
    let all = list.counts.iter().map(|(_, count)| count).sum();
    let looking = !list.filter.find.trim().is_empty();
    let everything = WorkFilter::default();
    let none = list.filter.state.is_empty() && list.filter.due.is_empty() && !looking;
    let mut tabs = vec![tab(texts.all, &everything, all, none)];
    let overdue = WorkFilter {
        due: "overdue".to_owned(),
        ..WorkFilter::default()
    };
    let late = list.filter.due == overdue.due && !looking;
    tabs.push(tab(texts.overdue, &overdue, list.overdue, late));
    for (state, count) in &list.counts {
        let filter = WorkFilter {
            state: wire(*state),
            ..WorkFilter::default()
        };
        let current = list.filter.state == filter.state && !looking;
        tabs.push(tab(procedure(language, *state), &filter, *count, current));
    }
    tabs
}

fn tab(word: &str, filter: &WorkFilter, count: u32, current: bool) -> Tab {
    Tab {
        word: word.to_owned(),
        href: shown_by(filter),
        count: Some(count),
        current,
    }
}

fn shown_by(filter: &WorkFilter) -> String {
    filtered("/office", &filter.query())
}

/// A state's name in addresses.
fn wire(procedure: Procedure) -> String {
    match serde_json::to_value(procedure) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn empty(filter: &WorkFilter) -> AnyView {
    let texts = WorklistTexts::of(use_language());
    let (title, what) = if *filter == WorkFilter::default() {
        (texts.all_done, texts.all_done_what)
    } else {
        (texts.none, texts.none_what)
    };
    view! {
        <EmptyState title>
            <p>{what}</p>
            <p><a href=address("/office")>{texts.clear}</a></p>
        </EmptyState>
    }
    .into_any()
}

/// Rows as a table; on a phone each is a card.
pub(super) fn table(rows: Vec<WorkRow>) -> AnyView {
    let texts = WorklistTexts::of(use_language());
    let columns = vec![
        Column::Text(texts.number),
        Column::Text(texts.petitioner),
        Column::Text(texts.about),
        Column::Text(texts.received),
        Column::Text(texts.due),
        Column::Text(texts.state),
    ];
    let rows = rows.iter().map(cells).collect();
    view! { <Table caption=texts.title columns rows/> }.into_any()
}

fn cells(row: &WorkRow) -> Vec<AnyView> {
    let language = use_language();
    let texts = WorklistTexts::of(language);
    let href = address(&format!("/office/cases/{}", row.case));
    let (number, name) = (row.number.to_string(), row.name.clone());
    let danger = (row.danger != domain::filing::Danger::None)
        .then(|| view! { " " <StatusMark state=State::Overdue word=texts.in_danger/> });
    let unread = row
        .unread
        .then(|| view! { " " <StatusMark state=State::Waiting word=texts.unread/> });
    let left = row.days_left.map(|days| {
        let state = match days {
            ..0 => State::Overdue,
            0..=7 => State::DueSoon,
            _ => State::Waiting,
        };
        view! { <StatusMark state word=days_left(language, days)/> }
    });
    let ended = row.due.is_none().then(|| {
        let answered = matches!(
            row.procedure,
            Procedure::Replied | Procedure::ResolvedOnSpot
        );
        answered.then(
            || view! { <StatusMark state=State::Answered word=StateTexts::of(language).answered/> },
        )
    });
    let unit = row
        .unit
        .clone()
        .map(|unit| view! { " " <span class="mute">{unit}</span> });
    vec![
        view! { <a href=href class="number">{number}</a> {danger} }.into_any(),
        name.into_any(),
        view! { {subject(language, row.subject)} {unread} }.into_any(),
        day(language, row.received_on).into_any(),
        view! { {left} {ended} }.into_any(),
        view! { {procedure(language, row.procedure)} {unit} }.into_any(),
    ]
}
