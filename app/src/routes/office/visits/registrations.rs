//! Who comes on the day, by serial, with the day's figures; for everybody else counts by subject.

use domain::{desk::DESK, ids::VisitId, registration::RegistrationStatus};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sync::{
    query,
    view::{DeskFilter, RegistrationRow, Registrations as List},
};

use super::{PLACE, has, id_in_address};
use crate::{
    components::*,
    i18n::{
        citizen::{NeedTexts, need, rooms_for, subject},
        clock, common, day_and_weekday, in_china,
        office::{
            FrameTexts, VisitTexts, WorklistTexts, registration_status, shown_of, ticket_words,
        },
        span, use_language,
    },
    repository::use_view,
    routes::{
        citizen::notice_row::phase_mark,
        office::frame::{address, filtered, office, pagination},
    },
};

#[component]
pub fn Registrations() -> impl IntoView {
    let id = id_in_address("visit");
    let asked = use_query_map();
    let filter = move || {
        let asked = asked.read();
        let part = |name| asked.get(name).unwrap_or_default();
        DeskFilter {
            find: part("find"),
            status: part("status"),
            room: part("room"),
            page: part("page").parse().unwrap_or_default(),
        }
    };
    let view = use_view(move || query::Registrations {
        visit: VisitId(id()),
        filter: filter(),
    });
    office(VisitTexts::of(use_language()).title, PLACE, view, show)
}

fn show(list: List) -> AnyView {
    let (head, figures) = (head(&list), figures(&list));
    let body = if list.named {
        named(list)
    } else {
        by_subject(&list)
    };
    view! {
        {head}
        {body}
        {figures}
    }
    .into_any()
}

fn head(list: &List) -> AnyView {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let row = &list.visit;
    let when = day_and_weekday(language, row.date);
    let hours = span(row.hours.from, row.hours.to);
    let as_of = common::as_of(language, &clock(in_china(list.as_of).time()));
    let refresh = at(list, &list.filter);
    let desk = has(&list.me, DESK);
    let walk_in = (desk && list.named && row.date == list.today).then(|| {
        let href = address(&format!("/office/visits/{}/walk-in", row.visit));
        view! { <LinkButton href>{texts.walk_in}</LinkButton> }
    });
    let (title, venue) = (row.title.to_string(), row.venue.to_string());
    view! {
        <p><b>{title}</b> " " {when} " " {hours} " · " {venue}</p>
        <p class="row">
            {phase_mark(row.phase, row.free)}
            <span class="mute">{as_of}</span>
            <a class="target" href=refresh>{texts.refresh}</a>
            {walk_in}
        </p>
    }
    .into_any()
}

fn figures(list: &List) -> AnyView {
    let texts = VisitTexts::of(use_language());
    let figures = &list.figures;
    let rows = [
        (texts.registered, figures.registered),
        (texts.batches, figures.batches),
        (texts.walk_ins, figures.walk_ins),
        (texts.person_visits, figures.person_visits),
        (texts.issues_settled, figures.on_spot),
        (texts.no_shows, figures.no_shows),
        (texts.untold, list.untold),
    ]
    .map(|(label, count)| SummaryRow::new(label, count.to_string()));
    view! {
        <h2>{texts.figures}</h2>
        <SummaryList rows=rows.to_vec()/>
    }
    .into_any()
}

fn by_subject(list: &List) -> AnyView {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let columns = vec![
        Column::Text(texts.subject),
        Column::Number(texts.registered),
    ];
    let rows = list.by_subject.iter().map(|(about, count)| {
        vec![
            subject(language, *about).into_any(),
            count.to_string().into_any(),
        ]
    });
    let rows = rows.collect();
    view! {
        <p class="inset">{texts.before_visit}</p>
        <Table caption=texts.subject columns rows/>
    }
    .into_any()
}

fn named(list: List) -> AnyView {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let (search, tabs) = (search(&list), tabs(&list));
    let shown = u32::try_from(list.rows.len()).unwrap_or(u32::MAX);
    let shown = shown_of(language, shown, list.total);
    let needs = needs(&list);
    let pages = (list.filter.page, list.total, list.page_size);
    let pagination = pagination(pages, |page| {
        let filter = DeskFilter {
            page,
            ..list.filter.clone()
        };
        at(&list, &filter)
    });
    let table = if list.rows.is_empty() {
        empty(&list)
    } else {
        table(&list.rows)
    };
    view! {
        {search}
        <Tabs label=texts.status tabs/>
        {needs}
        <p class="mute number">{shown}</p>
        {table}
        {pagination}
    }
    .into_any()
}

/// What is to be made ready before the day.
fn needs(list: &List) -> Option<AnyView> {
    let language = use_language();
    let words = list.needs.iter();
    let words = words.map(|(it, parties)| format!("{} {parties}", need(language, *it)));
    let words: Vec<String> = words.collect();
    let short = NeedTexts::of(language).short;
    (!words.is_empty())
        .then(|| view! { <p class="inset"><b>{short}</b> " " {words.join(" · ")}</p> }.into_any())
}

/// The address of this list with another filter.
fn at(list: &List, filter: &DeskFilter) -> String {
    let registrations = format!("/office/visits/{}/registrations", list.visit.visit);
    filtered(&registrations, &filter.query())
}

fn search(list: &List) -> AnyView {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let filter = &list.filter;
    let rooms = list.rooms.iter().map(|room| {
        let word = rooms_for(language, u32::from(room.number), room.label.as_str());
        Choice::new(room.number.to_string(), word)
    });
    let status = (!filter.status.is_empty()).then(|| {
        let status = filter.status.clone();
        view! { <input type="hidden" name="status" value=status/> }
    });
    view! {
        <form class="row" method="get" action=at(list, &DeskFilter::default()) role="search">
            {status}
            <TextField name="find" label=texts.find hint=texts.find_hint
                value=filter.find.clone() kind=InputKind::Search/>
            <Select name="room" label=texts.room choices=rooms.collect()
                chosen=filter.room.clone() empty=texts.every_room/>
            <Button kind=ButtonKind::Secondary>{WorklistTexts::of(language).apply}</Button>
        </form>
    }
    .into_any()
}

fn tabs(list: &List) -> Vec<Tab> {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let tab = |word: &str, status: String, count: u32| {
        let current = list.filter.status == status;
        let filter = DeskFilter {
            status,
            room: list.filter.room.clone(),
            ..DeskFilter::default()
        };
        Tab {
            word: word.to_owned(),
            href: at(list, &filter),
            count: Some(count),
            current,
        }
    };
    let all = list.counts.iter().map(|(_, count)| count).sum();
    let mut tabs = vec![tab(texts.all, String::new(), all)];
    for (status, count) in &list.counts {
        tabs.push(tab(
            registration_status(language, *status),
            wire(*status),
            *count,
        ));
    }
    tabs
}

/// A state's name in addresses.
fn wire(status: RegistrationStatus) -> String {
    match serde_json::to_value(status) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn empty(list: &List) -> AnyView {
    let texts = VisitTexts::of(use_language());
    if list.counts.is_empty() {
        return view! { <EmptyState title=texts.none><p>{texts.none_what}</p></EmptyState> }
            .into_any();
    }
    let clear = WorklistTexts::of(use_language()).clear;
    let everything = at(list, &DeskFilter::default());
    view! {
        <EmptyState title=texts.none_fit>
            <p><a class="target" href=everything>{clear}</a></p>
        </EmptyState>
    }
    .into_any()
}

fn table(rows: &[RegistrationRow]) -> AnyView {
    let texts = VisitTexts::of(use_language());
    let columns = vec![
        Column::Text(texts.serial),
        Column::Text(texts.party),
        Column::Text(texts.ticket),
        Column::Text(texts.time),
        Column::Number(texts.people),
        Column::Text(texts.subject),
        Column::Text(texts.state),
    ];
    let rows = rows.iter().map(cells).collect();
    view! { <Table caption=texts.title columns rows/> }.into_any()
}

fn cells(row: &RegistrationRow) -> Vec<AnyView> {
    let language = use_language();
    let href = address(&format!("/office/registrations/{}", row.registration));
    let number = serial(row);
    let time = row.time.map(clock).unwrap_or_default();
    let about = row.subject.map(|about| subject(language, about));
    vec![
        view! { <a class="number" href=href>{number}</a> }.into_any(),
        name(row).into_any(),
        ticket(row).into_any(),
        time.into_any(),
        row.people.to_string().into_any(),
        about.into_any(),
        status_mark(row.status),
    ]
}

/// The serial; a walk-in has none.
pub(super) fn serial(row: &RegistrationRow) -> String {
    let walk_in = VisitTexts::of(use_language()).walk_in;
    row.serial
        .map_or_else(|| walk_in.to_owned(), |serial| serial.to_string())
}

/// The masked name, or 保密.
pub(super) fn name(row: &RegistrationRow) -> String {
    let sealed = FrameTexts::of(use_language()).confidential;
    row.name.clone().unwrap_or_else(|| sealed.to_owned())
}

pub(super) fn ticket(row: &RegistrationRow) -> String {
    let ticket = row.ticket;
    ticket
        .map(|ticket| ticket_words(use_language(), ticket.room, ticket.number))
        .unwrap_or_default()
}

pub(super) fn status_mark(status: RegistrationStatus) -> AnyView {
    let state = match status {
        RegistrationStatus::Confirmed | RegistrationStatus::Waitlisted => State::Waiting,
        RegistrationStatus::Arrived => State::DueSoon,
        RegistrationStatus::Done => State::Done,
        RegistrationStatus::BecameCase => State::Answered,
        RegistrationStatus::Cancelled => State::Overdue,
    };
    let word = registration_status(use_language(), status);
    view! { <StatusMark state word/> }.into_any()
}
