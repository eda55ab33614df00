//! Public matters, those that wait for approval first; and the page of a new one.

use domain::matter::MatterStatus;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sync::{
    query,
    view::{NewMatter as Start, OfficeMatter, OfficeMatters},
};

use super::{
    frame::{address, office, office_with_forms},
    kept::Kept,
    matter_page::page_fields,
};
use crate::{
    components::*,
    i18n::{
        common::StateTexts,
        day_with_year,
        office::{FrameTexts, PublicMatterEditorTexts},
        use_language,
    },
    repository::use_view,
};

/// Where the list is, for the rail.
pub(super) const PLACE: &str = "/office/matters";

#[component]
pub fn Matters() -> impl IntoView {
    let view = use_view(|| query::OfficeMatters {});
    let title = FrameTexts::of(use_language()).public_matters;
    office(title, PLACE, view, list)
}

fn list(matters: OfficeMatters) -> AnyView {
    let language = use_language();
    let texts = PublicMatterEditorTexts::of(language);
    let new = matters.may_propose.then(|| {
        let href = address("/office/matters/new");
        view! { <p><LinkButton href>{texts.new}</LinkButton></p> }
    });
    if matters.rows.is_empty() {
        return view! {
            {new}
            <EmptyState title=texts.none><p>{texts.none_what}</p></EmptyState>
        }
        .into_any();
    }
    let columns = vec![
        Column::Text(texts.heading),
        Column::Text(texts.state),
        Column::Text(texts.next_step),
        Column::Text(texts.author),
    ];
    let rows = matters.rows.into_iter().map(row).collect();
    let caption = FrameTexts::of(language).public_matters;
    view! {
        {new}
        <Table caption columns rows/>
    }
    .into_any()
}

fn row(matter: OfficeMatter) -> Vec<AnyView> {
    let language = use_language();
    let href = address(&format!("{PLACE}/{}", matter.row.matter));
    let title = matter.row.title.to_string();
    let next = matter.row.next.as_ref().map(|(step, on)| {
        let on = day_with_year(language, *on);
        view! { {step.to_string()} " · " <span class="number">{on}</span> }
    });
    vec![
        view! { <a href=href>{title}</a> }.into_any(),
        marks(&matter),
        next.into_any(),
        matter.author.into_any(),
    ]
}

/// 已答复 and 已落实 are two marks; before both, it is public or waits for approval.
fn marks(matter: &OfficeMatter) -> AnyView {
    let language = use_language();
    let (texts, states) = (
        PublicMatterEditorTexts::of(language),
        StateTexts::of(language),
    );
    if matter.status == MatterStatus::Proposed {
        return view! { <StatusMark state=State::DueSoon word=texts.awaits/> }.into_any();
    }
    if matter.status == MatterStatus::Withdrawn {
        return view! { <StatusMark state=State::Waiting word=texts.withdrawn/> }.into_any();
    }
    let corrected = matter
        .corrected
        .then(|| view! { <StatusMark state=State::DueSoon word=texts.correction_awaits/> " " });
    let row = &matter.row;
    let answered = row
        .answered_on
        .map(|_| view! { <StatusMark state=State::Answered word=states.answered/> " " });
    let work = if row.done_on.is_some() {
        view! { <StatusMark state=State::Done word=states.done/> }
    } else if row.overdue {
        view! { <StatusMark state=State::Overdue word=states.overdue/> }
    } else {
        view! { <StatusMark state=State::Waiting word=texts.public/> }
    };
    view! { {corrected} {answered} {work} }.into_any()
}

#[component]
pub fn NewMatter() -> impl IntoView {
    let asked = use_query_map();
    let case = move || asked.read().get("case").and_then(|id| id.parse().ok());
    let view = use_view(move || query::NewMatter { case: case() });
    let texts = PublicMatterEditorTexts::of(use_language());
    office_with_forms(texts.new, PLACE, view, write)
}

fn write(start: Start, kept: &Kept) -> AnyView {
    let texts = PublicMatterEditorTexts::of(use_language());
    let typed = kept.form("matters/new");
    let known = domain::form::MatterPageForm {
        subject: start.subject.as_ref().map_or_else(String::new, |subject| {
            domain::form::value_of(&domain::form::SUBJECTS, subject).to_owned()
        }),
        places: start.place.iter().map(ToString::to_string).collect(),
        ..Default::default()
    };
    let from = start.case.map(|(case, number)| {
        view! {
            <input type="hidden" name="case" value=case.to_string()/>
            <p>{texts.from_case} <span class="number">{number.to_string()}</span></p>
        }
    });
    let fields = view! {
        {from}
        {page_fields(&typed, &known, &start.divisions)}
        <Button>{texts.ask_approval}</Button>
    };
    view! {
        <p>{texts.new_what}</p>
        {typed.form(address("/office/matters/new"), None, fields)}
    }
    .into_any()
}
