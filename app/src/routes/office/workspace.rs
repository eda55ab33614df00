//! One case: its facts and dates at the left of a tablet, what happened at the right.

use domain::{clock::Standing, filing::Statement, ids::CaseId, readers::Secrecy};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use sync::{query, view::Workspace as View};
use uuid::Uuid;

use super::frame::office;
use crate::{
    components::*,
    i18n::{
        citizen::subject,
        common, day,
        office::{CaseTexts, WorklistTexts, clock_name, days_left, procedure},
        use_language,
    },
    repository::use_view,
    routes::citizen::case::history::history,
};

#[component]
pub fn Workspace() -> impl IntoView {
    let path = use_params_map();
    let case = move || {
        let id = path.read().get("case").unwrap_or_default();
        CaseId(Uuid::parse_str(&id).unwrap_or_default())
    };
    let view = use_view(move || query::Workspace { case: case() });
    office(CaseTexts::of(use_language()).title, "", view, show)
}

fn show(view: View) -> AnyView {
    let texts = CaseTexts::of(use_language());
    let marks = marks(&view);
    let (facts, dates) = (facts(&view), dates(&view));
    let history = history(&view.timeline);
    view! {
        {marks}
        <div class="workspace">
            <section class="stack-close">
                <h2>{texts.facts}</h2>
                <SummaryList rows=facts/>
                <h2>{texts.clocks}</h2>
                <SummaryList rows=dates/>
            </section>
            <section class="stack-close">
                <h2>{texts.history}</h2>
                {history}
            </section>
        </div>
    }
    .into_any()
}

fn marks(view: &View) -> AnyView {
    let texts = CaseTexts::of(use_language());
    let sealed = (view.case.readers.secrecy == Secrecy::Sealed)
        .then(|| view! { <Inset title=texts.sealed kind=InsetKind::Warning>""</Inset> });
    let unread = view
        .case
        .category
        .is_none()
        .then(|| view! { <Inset title=texts.closed_until_read>""</Inset> });
    view! { {sealed} {unread} }.into_any()
}

fn facts(view: &View) -> Vec<SummaryRow> {
    let language = use_language();
    let texts = CaseTexts::of(language);
    let case = &view.case;
    let contact = case.filing.contact.phone.as_ref();
    let contact = contact
        .map(|phone| phone.as_str().to_owned())
        .unwrap_or_default();
    let unit = case.assignment.as_ref();
    let unit = unit.map(|assignment| assignment.unit_name.to_string());
    let handler = case.handler.and_then(|id| {
        let known = view.handlers.iter().find(|known| known.id == id)?;
        Some(known.name.clone())
    });
    let numbers: Vec<String> = case
        .external
        .iter()
        .map(|reference| format!("{} {}", reference.system, reference.number))
        .collect();
    let said: Vec<String> = case.filing.statement.iter().filter_map(words).collect();
    vec![
        SummaryRow::new(WorklistTexts::of(language).number, case.number.to_string()),
        SummaryRow::new(texts.title, procedure(language, case.procedure)),
        SummaryRow::new(
            texts.petitioner,
            case.filing.party.petitioner.name.to_string(),
        ),
        SummaryRow::new(texts.contact, contact),
        SummaryRow::new(texts.issues, subject(language, case.filing.subject)),
        SummaryRow::new(texts.facts, said.join("\n")),
        SummaryRow::new(texts.received_on, day(language, case.received_on)),
        SummaryRow::new(texts.unit, unit.unwrap_or_default()),
        SummaryRow::new(texts.handler, handler.unwrap_or_default()),
        SummaryRow::new(texts.national_number, numbers.join("\n")),
    ]
}

fn words(statement: &Statement) -> Option<String> {
    match statement {
        Statement::Text(text) => Some(text.to_string()),
        _ => None,
    }
}

/// Each clock with its due day; counted anew whenever the page is asked for.
fn dates(view: &View) -> Vec<SummaryRow> {
    let language = use_language();
    view.clocks
        .iter()
        .map(|clock| {
            let due = day(language, clock.counted.due);
            let due = if clock.counted.provisional {
                common::provisional(language, &due)
            } else {
                due
            };
            let left = match clock.standing {
                Standing::Running { .. } | Standing::DueToday | Standing::Overdue { .. } => {
                    days_left(language, (clock.counted.due - view.today).num_days())
                }
                _ => String::new(),
            };
            SummaryRow::new(clock_name(language, clock.kind), format!("{due} {left}"))
        })
        .collect()
}
