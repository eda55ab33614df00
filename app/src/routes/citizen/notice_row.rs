//! A visit in a list.

use domain::visit::VisitPhase;
use leptos::prelude::*;
use sync::view::NoticeRow;

use crate::{
    components::*,
    i18n::{
        citizen::{NoticesTexts, places_left, visit_figures},
        span, use_language,
    },
};

/// What, where and when, state.
pub(super) fn notice_card(row: NoticeRow) -> AnyView {
    let language = use_language();
    let address = language.address(&use_site().county, &format!("/notices/{}", row.visit));
    let leaders: Vec<String> = row
        .leaders
        .iter()
        .map(|leader| format!("{} {}", leader.title, leader.name))
        .collect();
    let figures = row.figures.map(|figures| {
        let line = visit_figures(
            language,
            figures.batches,
            figures.person_visits,
            figures.on_spot,
        );
        view! { <p>{line}</p> }
    });
    view! {
        <Card title=row.title.to_string() href=address date=row.date>
            <p>{span(row.hours.from, row.hours.to)} " " {row.venue.to_string()}</p>
            <p>{leaders.join(" · ")}</p>
            {figures}
            <p class="row">{phase_mark(row.phase, row.free)}</p>
        </Card>
    }
    .into_any()
}

/// Where a visit stands, as a shape and a word.
pub(in crate::routes) fn phase_mark(phase: VisitPhase, free: u32) -> AnyView {
    let language = use_language();
    let texts = NoticesTexts::of(language);
    let (state, word) = match phase {
        VisitPhase::Draft | VisitPhase::Published => (State::Waiting, texts.opens.to_owned()),
        VisitPhase::RegistrationOpen if free == 0 => (State::DueSoon, texts.full.to_owned()),
        VisitPhase::RegistrationOpen => (
            State::Waiting,
            format!("{} · {}", texts.open, places_left(language, free)),
        ),
        VisitPhase::RegistrationClosed => (State::DueSoon, texts.closed.to_owned()),
        VisitPhase::InProgress => (State::Answered, texts.today.to_owned()),
        VisitPhase::FollowUp => (State::Done, texts.over.to_owned()),
        VisitPhase::Cancelled => (State::Overdue, texts.cancelled.to_owned()),
    };
    view! { <StatusMark state word/> }.into_any()
}
