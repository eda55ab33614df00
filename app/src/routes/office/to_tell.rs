//! Whom to tell what: the words, the number to tap, and what came of it.

use domain::{
    person::ReachWay,
    phone::PhoneNumber,
    tidings::{TellState, TryResult},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sync::{
    query,
    view::{TellFilter, ToTell as List, ToTellRow},
};

use super::frame::{address, filtered, office, pagination};
use crate::{
    components::*,
    i18n::{
        moment,
        office::{ToTellTexts, shown_of, tell_state, tries_made, try_result, words_to_say},
        use_language,
    },
    repository::use_view,
};

/// Where this list is, for the rail.
const PLACE: &str = "/office/to-tell";

#[component]
pub fn ToTell() -> impl IntoView {
    let asked = use_query_map();
    let filter = move || {
        let asked = asked.read();
        TellFilter {
            state: asked.get("state").unwrap_or_default(),
            visit: asked.get("visit").and_then(|id| id.parse().ok()),
            page: asked
                .get("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or_default(),
        }
    };
    let view = use_view(move || query::ToTell { filter: filter() });
    office(ToTellTexts::of(use_language()).title, PLACE, view, list)
}

fn list(list: List) -> AnyView {
    let language = use_language();
    let texts = ToTellTexts::of(language);
    let shown = u32::try_from(list.rows.len()).unwrap_or(u32::MAX);
    let shown = shown_of(language, shown, list.total);
    let one_visit = list.filter.visit.map(|_| {
        let all = shown_by(&TellFilter {
            visit: None,
            page: 0,
            ..list.filter.clone()
        });
        view! { <p>{texts.one_visit} " · " <a href=all>{texts.all_visits}</a></p> }
    });
    let pages = (list.filter.page, list.total, list.page_size);
    let pagination = pagination(pages, |page| {
        shown_by(&TellFilter {
            page,
            ..list.filter.clone()
        })
    });
    let tabs = tabs(&list);
    let rows = if list.rows.is_empty() {
        empty(&list)
    } else {
        let back = shown_by(&list.filter);
        let rows = list.rows.iter().map(|row| card(row, &back)).collect_view();
        view! { <div class="stack">{rows}</div> }.into_any()
    };
    view! {
        {said()}
        <p>{texts.what} " " {texts.first_check}</p>
        {one_visit}
        <Tabs label=texts.title tabs/>
        <p class="mute number">{shown}</p>
        {rows}
        {pagination}
    }
    .into_any()
}

/// What came of the try that was entered last.
fn said() -> AnyView {
    let texts = ToTellTexts::of(use_language());
    let asked = use_query_map().get_untracked();
    let problem = asked.get("problem");
    let (words, kind) = match (asked.get("done"), problem.as_deref()) {
        (_, Some("gone")) => (texts.gone, InsetKind::Information),
        (_, Some(_)) => (texts.later, InsetKind::Warning),
        (Some(_), None) => (texts.entered, InsetKind::Information),
        (None, None) => return ().into_any(),
    };
    view! { <div role="status"><Inset title=words kind>""</Inset></div> }.into_any()
}

fn tabs(list: &List) -> Vec<Tab> {
    let language = use_language();
    let states = [TellState::Waiting, TellState::NotReached, TellState::Told];
    let current = list.filter.state.clone();
    let tabs = states.into_iter().map(|state| {
        let name = wire(state);
        let known = list.counts.iter().find(|(known, _)| *known == state);
        let filter = TellFilter {
            state: name.to_owned(),
            visit: list.filter.visit,
            page: 0,
        };
        Tab {
            word: tell_state(language, state).to_owned(),
            href: shown_by(&filter),
            count: Some(known.map_or(0, |(_, count)| *count)),
            current: current == name,
        }
    });
    tabs.collect()
}

/// A state in the address; those who wait need no word.
const fn wire(state: TellState) -> &'static str {
    match state {
        TellState::Waiting => "",
        TellState::NotReached => "not_reached",
        TellState::Told => "told",
    }
}

fn shown_by(filter: &TellFilter) -> String {
    filtered(PLACE, &filter.query())
}

fn empty(list: &List) -> AnyView {
    let texts = ToTellTexts::of(use_language());
    let title = match list.filter.state.as_str() {
        "not_reached" => texts.none_given_up,
        "told" => texts.none_told,
        _ => texts.none,
    };
    view! { <EmptyState title=title><p>{texts.none_what}</p></EmptyState> }.into_any()
}

fn card(row: &ToTellRow, back: &str) -> AnyView {
    let language = use_language();
    let texts = ToTellTexts::of(language);
    let words = words_to_say(language, &row.telling);
    let last = row.last.map(|last| {
        let tries = tries_made(language, row.tries);
        view! { " · " {tries} " · " {try_result(language, last)} }
    });
    let case = row.case.map(|case| {
        let href = address(&format!("/office/cases/{case}"));
        view! { <p><a href=href>{texts.case}</a></p> }
    });
    view! {
        <div class="card stack-close">
            <h2>{row.telling.name.to_string()}</h2>
            {way(row)}
            <blockquote class="words-to-say">{words}</blockquote>
            <p class="mute">{texts.since} " " {moment(language, row.since)} {last}</p>
            {case}
            {results(row, back)}
        </div>
    }
    .into_any()
}

/// How the person asked to be reached; a number is one tap.
fn way(row: &ToTellRow) -> AnyView {
    let texts = ToTellTexts::of(use_language());
    let contact = &row.telling.contact;
    let hours = contact
        .hours
        .as_ref()
        .map(|hours| view! { <p>{texts.hours} {hours.to_string()}</p> });
    let (word, scheme) = match &contact.way {
        ReachWay::Text => (texts.text.to_owned(), "sms"),
        ReachWay::Through { name } => (format!("{} {name}", texts.through), "tel"),
        ReachWay::Call => (texts.call.to_owned(), "tel"),
        ReachWay::DoNotContact => return view! { <p>{texts.asked_not}</p> }.into_any(),
    };
    let reach = match &contact.phone {
        None => view! { <p>{word} " · " {texts.by_visit}</p> }.into_any(),
        Some(phone) => {
            let href = format!("{scheme}:{}", dialled(phone));
            view! {
                <p class="row">
                    <a class="button secondary" href=href>{word} " " {phone.as_str().to_owned()}</a>
                </p>
            }
            .into_any()
        }
    };
    view! { {reach} {hours} }.into_any()
}

/// RFC 3966: a hyphen is allowed, but not every dialler agrees.
fn dialled(phone: &PhoneNumber) -> String {
    phone.as_str().replace('-', "")
}

/// One button a result. Who was given up can still turn up.
fn results(row: &ToTellRow, back: &str) -> AnyView {
    let language = use_language();
    let offered = [
        (TryResult::Reached, "reached", ButtonKind::Primary),
        (TryResult::NotReached, "not_reached", ButtonKind::Secondary),
        (
            TryResult::WrongNumber,
            "wrong_number",
            ButtonKind::Secondary,
        ),
    ];
    let buttons: Vec<_> = offered
        .into_iter()
        .filter(|(result, ..)| row.state.after(row.tries, *result).is_some())
        .map(|(result, value, kind)| {
            view! {
                <Button kind name="result" value=value.to_owned()>
                    {try_result(language, result)}
                </Button>
            }
        })
        .collect();
    if buttons.is_empty() {
        return ().into_any();
    }
    let action = address(&format!("{PLACE}/{}", row.id));
    view! {
        <form class="row" method="post" action=action>
            <input type="hidden" name="try" value=(row.tries + 1).to_string()/>
            <input type="hidden" name="back" value=back.to_owned()/>
            {buttons}
        </form>
    }
    .into_any()
}
