//! Visits to come and past, by township.

use leptos::prelude::*;
use sync::{query, view};

use super::{
    loaded::{age, asked_for, loaded},
    notice_row::notice_card,
    township::{chosen, township_choice},
};
use crate::{
    components::*,
    i18n::{
        citizen::{HomeTexts, NoticesTexts},
        use_language,
    },
    repository::use_view,
};

#[component]
pub fn Notices() -> impl IntoView {
    let texts = NoticesTexts::of(use_language());
    let township = asked_for("township");
    let view = use_view(move || query::Notices {
        township: chosen(township()),
    });
    loaded(texts.title, Place::Notices, view, move |notices| {
        list(notices, township())
    })
}

fn list(notices: view::Notices, township: Option<String>) -> AnyView {
    let language = use_language();
    let texts = NoticesTexts::of(language);
    let past = notices.past.into_iter().map(notice_card).collect_view();
    let upcoming = if notices.upcoming.is_empty() {
        let write = HomeTexts::of(language).write_now;
        let address = language.address(&use_site().county, "/register");
        view! {
            <EmptyState title=texts.none>
                <p>{texts.none_what}</p>
                <LinkButton href=address>{write}</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        let cards = notices.upcoming.into_iter().map(notice_card).collect_view();
        cards.into_any()
    };
    view! {
        <Page title=texts.title place=Place::Notices as_of=age(notices.as_of)>
            <Heading>{texts.title}</Heading>
            {township_choice("/notices", notices.townships, township)}
            <h2>{texts.coming}</h2>
            {upcoming}
            <h2>{texts.past}</h2>
            {past}
        </Page>
    }
    .into_any()
}
