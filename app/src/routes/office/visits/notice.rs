//! One visit's notice: where it stands, what the public will see, and what can be done with it.

use domain::{
    ids::VisitId,
    visit::{PendingStage, Visit},
};
use leptos::prelude::*;
use sync::{query, view::VisitEditor};

use super::{PLACE, done_note, id_in_address, notice_acts::acts};
use crate::{
    components::*,
    i18n::{
        day_and_weekday, moment,
        office::{NoticeEditorTexts, version_number},
        span, use_language,
    },
    repository::use_view,
    routes::{
        citizen::notice::content,
        office::{
            frame::{address, office_with_forms},
            kept::Kept,
        },
    },
};

#[component]
pub fn Notice() -> impl IntoView {
    let id = id_in_address("visit");
    let view = use_view(move || query::VisitEditor {
        visit: Some(VisitId(id())),
    });
    let title = NoticeEditorTexts::of(use_language()).title;
    office_with_forms(title, PLACE, view, show)
}

fn show(view: VisitEditor, kept: &Kept) -> AnyView {
    let texts = NoticeEditorTexts::of(use_language());
    let (standing, preview, acts) = (standing(&view), preview(&view), acts(&view, kept));
    let versions = versions(&view.visit);
    view! {
        {done_note()}
        {standing}
        <div class="workspace">
            <section class="stack-close">
                <h2>{texts.preview}</h2>
                {preview}
                {versions}
            </section>
            <section class="stack">{acts}</section>
        </div>
    }
    .into_any()
}

/// The newest text in two lines, and its marks.
fn standing(view: &VisitEditor) -> AnyView {
    let language = use_language();
    let texts = NoticeEditorTexts::of(language);
    let visit = &view.visit;
    let pending = visit.pending.as_ref();
    let live = visit.live.as_ref();
    let newest = pending.map(|pending| &pending.notice);
    let newest = newest.or(live.map(|live| &live.notice));
    let head = newest.map(|notice| {
        let when = day_and_weekday(language, notice.date);
        let hours = span(notice.hours.from, notice.hours.to);
        let (title, venue) = (notice.title.to_string(), notice.venue.name.to_string());
        view! {
            <p><b>{title}</b></p>
            <p>{when} " " {hours} " · " {venue}</p>
        }
    });
    let marks = marks(visit).into_iter();
    let marks = marks.map(|(state, word)| view! { <StatusMark state word/> });
    let marks = marks.collect_view();
    let author = pending.map(|_| {
        let name = view.author_name.clone();
        view! { <p class="mute">{texts.author} " " {name}</p> }
    });
    let returned = pending.and_then(|pending| pending.returned.as_ref());
    let returned = returned.map(|reason| {
        let reason = reason.to_string();
        view! { <Inset title=texts.returned kind=InsetKind::Warning><p>{reason}</p></Inset> }
    });
    view! {
        {head}
        <p class="row">{marks}</p>
        {author}
        {returned}
    }
    .into_any()
}

fn marks(visit: &Visit) -> Vec<(State, String)> {
    let language = use_language();
    let texts = NoticeEditorTexts::of(language);
    let mut marks = Vec::new();
    if visit.cancelled.is_some() {
        marks.push((State::Overdue, texts.cancelled.to_owned()));
    } else if visit.concluded_at.is_some() {
        marks.push((State::Done, texts.concluded.to_owned()));
    }
    if let Some(live) = &visit.live {
        let version = version_number(language, live.version);
        marks.push((State::Answered, format!("{} · {version}", texts.published)));
    }
    match visit.pending.as_ref().map(|pending| pending.stage) {
        Some(PendingStage::UnderApproval) => {
            marks.push((State::DueSoon, texts.waiting_approval.to_owned()))
        }
        Some(PendingStage::Draft) => marks.push((State::Waiting, texts.draft.to_owned())),
        None => {}
    }
    marks
}

/// Exactly the page that publication will make.
fn preview(view: &VisitEditor) -> AnyView {
    let texts = NoticeEditorTexts::of(use_language());
    let public = view.id.filter(|_| view.visit.live.is_some()).map(|id| {
        let href = address(&format!("/notices/{id}"));
        view! { <p><a class="target" href=href>{texts.public_page}</a></p> }
    });
    let pending = view.preview.as_ref().map(|page| {
        let title = page.notice.title.to_string();
        let content = content(page);
        view! {
            <CitizenSees>
                <h2>{title}</h2>
                {content}
            </CitizenSees>
        }
    });
    let none = view.preview.is_none().then(|| {
        view! { <p class="mute">{texts.no_preview}</p> }
    });
    view! { {pending} {none} {public} }.into_any()
}

fn versions(visit: &Visit) -> AnyView {
    let language = use_language();
    let texts = NoticeEditorTexts::of(language);
    let changes = visit.changes.iter().rev().map(|change| {
        let version = version_number(language, change.version);
        let (at, what) = (moment(language, change.at), change.what.to_string());
        view! { <li>{version} " " {at} " " {what}</li> }
    });
    let changes = changes.collect_view();
    (!visit.changes.is_empty())
        .then(|| {
            view! {
                <h2>{texts.versions}</h2>
                <ul>{changes}</ul>
            }
        })
        .into_any()
}
