//! One case: its facts at the left of a tablet; what the official can do, and what happened, at the
//! right.

mod acts;
mod corrections;
mod dates;
mod facts;
mod fields;
mod issues;
mod queued;
mod replies;
mod seen;

use domain::{filing::Danger, ids::CaseId, readers::Secrecy};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use sync::{query, view::Workspace as View};
use uuid::Uuid;

use super::{frame::office_with_forms, kept::Kept};
use crate::{
    components::*,
    i18n::{
        citizen::{MediaTexts, TimelineTexts},
        office::CaseTexts,
        use_language,
    },
    repository::use_office_view,
    routes::{attachments::attachments, citizen::case::history::history},
};

pub(super) use facts::words;

#[component]
pub fn Workspace() -> impl IntoView {
    let path = use_params_map();
    let case = move || {
        let id = path.read().get("case").unwrap_or_default();
        CaseId(Uuid::parse_str(&id).unwrap_or_default())
    };
    let view = use_office_view(move || query::Workspace { case: case() });
    office_with_forms(CaseTexts::of(use_language()).title, "/office", view, show)
}

fn show(view: View, kept: &Kept) -> AnyView {
    let language = use_language();
    let texts = CaseTexts::of(language);
    let sent = MediaTexts::of(language).sent;
    let sent = attachments(sent, view.id.0, &view.attachments);
    let (marks, facts, issues) = (marks(&view), facts::rows(&view), issues::issues(&view));
    let (dates, replies) = (dates::dates(&view), replies::replies(&view));
    let history = history(&view.timeline, &TimelineTexts::to_officials(language));
    let acts = acts::acts(view, kept.clone());
    view! {
        {marks}
        <div class="workspace">
            <section class="stack-close">
                <h2>{texts.facts}</h2>
                <SummaryList rows=facts/>
                {sent}
                {issues}
                {replies}
                <h2>{texts.clocks}</h2>
                {dates}
            </section>
            <section class="stack">
                {acts}
                <h2>{texts.history}</h2>
                {history}
            </section>
        </div>
    }
    .into_any()
}

/// What must not be overlooked.
fn marks(view: &View) -> AnyView {
    let texts = CaseTexts::of(use_language());
    let danger = (view.case.filing.danger == Danger::Now)
        .then(|| view! { <Inset title=texts.danger kind=InsetKind::Warning>""</Inset> });
    let sealed = (view.case.readers.secrecy == Secrecy::Sealed).then(
        || view! { <Inset title=texts.sealed kind=InsetKind::Warning>{texts.sealed_what}</Inset> },
    );
    let unread = view
        .case
        .category
        .is_none()
        .then(|| view! { <Inset title=texts.closed_until_read>""</Inset> });
    let done = use_query_map()
        .with_untracked(|query| query.get("done").is_some())
        .then(|| view! { <p role="status"><StatusMark state=State::Done word=texts.done/></p> });
    view! { {done} {danger} {sealed} {unread} }.into_any()
}

/// The name of an official the case names.
fn official_name(view: &View, id: domain::ids::OfficialId) -> String {
    let mut known = view.officials.iter();
    let found = known.find(|known| known.id == id);
    found.map(|found| found.name.clone()).unwrap_or_default()
}
