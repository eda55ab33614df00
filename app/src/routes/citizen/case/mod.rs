//! One's own matter: where it stands, the answer, what one can do, what happened.

mod acts;
mod answer;
pub(crate) mod history;
pub(crate) mod outcome;
mod standing;

use domain::{case::Talk, filing::Danger, form::NoteForm, ids::CaseId};
use leptos::prelude::*;
use sync::{query, view};

use super::{
    loaded::{age, asked_for, id_in_address, loaded},
    mistakes,
};
use crate::{
    components::*,
    i18n::{
        citizen::{MatterTexts, MediaTexts, StandingTexts, TimelineTexts, subject},
        common::ErrorTexts,
        day_with_year, use_language,
    },
    repository::use_view,
    routes::attachments::attachments,
};

#[component]
pub fn Case() -> impl IntoView {
    let id = id_in_address("case");
    let view = use_view(move || query::MyCase { case: CaseId(id()) });
    loaded(
        MatterTexts::of(use_language()).title,
        Place::Mine,
        view,
        case,
    )
}

fn case(case: view::MyCase) -> AnyView {
    let language = use_language();
    let texts = MatterTexts::of(language);
    let typed = case.typed.clone();
    let errors = RwSignal::new(typed.as_ref().map(of_typed).unwrap_or_default());
    let title = subject(language, case.subject);
    let rows = vec![
        SummaryRow::new(texts.number, case.number.to_string()),
        SummaryRow::new(texts.person, case.name.to_string()),
        SummaryRow::new(texts.received_on, day_with_year(language, case.received_on)),
    ];
    let answers = answer::answers(&case.replies);
    let visit = case.visit.map(|visit| {
        let href = language.address(&use_site().county, &format!("/notices/{visit}"));
        view! { <p><a href=href>{texts.from_visit}</a></p> }
    });
    let sent = MediaTexts::of(language).sent;
    let sent = attachments(sent, case.case.0, &case.attachments);
    let told = told(typed.as_ref());
    let acts = acts::acts(&case, typed.as_ref(), errors);
    view! {
        <Page title=title place=Place::Mine as_of=age(case.as_of)>
            <ErrorSummary errors/>
            <Letterhead/>
            <Heading>{title}</Heading>
            {told}
            {danger(case.danger)}
            {standing::standing(&case)}
            {asked(&case)}
            {answers}
            {outcome::outcomes(&case.issues)}
            {acts}
            <h2>{texts.history}</h2>
            {history::history(&case.timeline, TimelineTexts::of(language))}
            <SummaryList rows/>
            {sent}
            {visit}
            <p class="row no-print">
                <DeviceButton act=DeviceAct::Print word=texts.print/>
                <CallLink/>
            </p>
        </Page>
    }
    .into_any()
}

/// The mistakes in what was typed, beside the field it stands in again.
fn of_typed(typed: &view::Typed) -> Vec<FieldError> {
    let field = match typed.act.as_str() {
        "note" => "note",
        "answer" => "answer",
        _ => return Vec::new(),
    };
    let form = NoteForm {
        text: typed.text.clone(),
    };
    match form.parse() {
        Ok(_) => Vec::new(),
        Err(errors) => mistakes::words(&acts::under(errors, field), use_language()),
    }
}

/// What came of the act that led here.
fn told(typed: Option<&view::Typed>) -> AnyView {
    let language = use_language();
    let texts = MatterTexts::of(language);
    let done = asked_for("done")().and_then(|act| {
        Some(match act.as_str() {
            "note" => texts.done_note,
            "answer" => texts.done_answer,
            "acknowledge" => texts.done_acknowledge,
            "settle" => texts.done_settle,
            "withdraw" => texts.done_withdraw,
            _ => return None,
        })
    });
    let done = done.map(|word| view! { <p class="inset" role="status"><b>{word}</b></p> });
    let refused = typed.and_then(|typed| typed.refused.as_ref());
    let problem = asked_for("problem")().map(|act| {
        let what = match refused {
            Some(refused) => mistakes::refusal(refused, language),
            // Something is to be put right in the field itself, which the summary says.
            None if typed.is_some_and(|typed| !of_typed(typed).is_empty()) => return None,
            None if act == "later" => ErrorTexts::of(language).not_received_what.to_owned(),
            None => texts.not_done_what.to_owned(),
        };
        Some(view! { <Inset title=texts.not_done kind=InsetKind::Warning><p>{what}</p></Inset> })
    });
    view! { {done} {problem.flatten()} }.into_any()
}

fn danger(danger: Danger) -> AnyView {
    let texts = StandingTexts::of(use_language());
    let said = (danger == Danger::Now).then(|| view! { <p><b>{texts.in_danger}</b></p> });
    view! {
        <Emergency/>
        {said}
    }
    .into_any()
}

/// A question of the office comes before everything one might do by oneself.
fn asked(case: &view::MyCase) -> AnyView {
    let texts = StandingTexts::of(use_language());
    let open = case
        .talk
        .iter()
        .any(|talk| matches!(talk, Talk::Question { answer: None, .. }));
    open.then(|| view! { <p><b>{texts.question_open}</b></p> })
        .into_any()
}
