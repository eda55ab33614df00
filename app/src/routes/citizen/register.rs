//! Where registering begins: for a visit, or as an ordinary matter when none fits.

use domain::visit::VisitPhase;
use leptos::prelude::*;
use sync::{query, view};

use super::{
    here::{self, Beginning},
    loaded::{age, asked_for, loaded},
    notice_row::notice_card,
};
use crate::{
    components::*,
    i18n::{
        citizen::{HomeTexts, NoticeTexts, RegisterTexts},
        common::ErrorTexts,
        use_language,
    },
    repository::use_view,
};

#[component]
pub fn Register() -> impl IntoView {
    let title = RegisterTexts::of(use_language()).title;
    loaded(
        title,
        Place::Register,
        use_view(|| query::Notices { township: None }),
        register,
    )
}

fn register(view: view::Notices) -> AnyView {
    let language = use_language();
    let texts = RegisterTexts::of(language);
    let words = NoticeTexts::of(language);
    let asked = asked_for("visit")();
    // The visit that was chosen, where it is open; else all that are.
    let (chosen, others): (Vec<_>, Vec<_>) = view
        .upcoming
        .into_iter()
        .filter(|row| row.phase == VisitPhase::RegistrationOpen)
        .partition(|row| Some(row.visit.to_string()) == asked);
    let open = if chosen.is_empty() { others } else { chosen };
    let open = open.into_iter();
    let later = asked_for("later")().map(|_| {
        let errors = ErrorTexts::of(language);
        view! {
            <Inset title=errors.not_received kind=InsetKind::Warning>
                <p>{errors.not_received_what}</p>
                <p class="row"><CallLink/></p>
            </Inset>
        }
    });
    let visits = open.map(|row| {
        let word = if row.free == 0 {
            words.join_waiting
        } else {
            words.register
        };
        view! {
            {notice_card(row.clone())}
            {start_form(Some(row), word, ButtonKind::Primary)}
        }
    });
    let visits = visits.collect_view();
    view! {
        <Page title=texts.title place=Place::Register as_of=age(view.as_of)>
            <Heading>{texts.title}</Heading>
            {later}
            <p>{texts.start_what} " " {HomeTexts::of(language).free}</p>
            <Emergency/>
            {here::shared()}
            {here::unfinished()}
            {visits}
            <h2>{texts.ordinary_title}</h2>
            {start_form(None, words.register_ordinary, ButtonKind::Secondary)}
        </Page>
    }
    .into_any()
}

/// Begins a draft: what is typed from here on is kept by the device, or by the server where the device
/// cannot, until it is sent.
pub(super) fn start_form(
    visit: Option<view::NoticeRow>,
    word: &'static str,
    kind: ButtonKind,
) -> AnyView {
    let action = use_language().address(&use_site().county, "/register/start");
    let begin = here::begin(Beginning {
        visit: visit.clone(),
        kind: "",
        subject: "",
    });
    let visit = visit.map(|row| row.visit.to_string());
    let visit = visit.map(|visit| view! { <input type="hidden" name="visit" value=visit/> });
    view! {
        <form method="post" action=action on:submit=begin>
            {visit}
            <Button kind>{word}</Button>
        </form>
    }
    .into_any()
}
