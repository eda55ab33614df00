//! Public matters, by township.

use leptos::prelude::*;
use sync::{query, view};

use super::{
    loaded::{age, asked_for, loaded},
    township::{chosen, township_choice},
};
use crate::{
    components::*,
    i18n::{
        citizen::{PublicMatterTexts, PublicMattersTexts},
        common::StateTexts,
        day_with_year, use_language,
    },
    repository::use_view,
};

#[component]
pub fn Matters() -> impl IntoView {
    let texts = PublicMattersTexts::of(use_language());
    let township = asked_for("township");
    let view = use_view(move || query::Matters {
        township: chosen(township()),
    });
    loaded(texts.title, Place::Village, view, move |matters| {
        list(matters, township())
    })
}

fn list(matters: view::Matters, township: Option<String>) -> AnyView {
    let texts = PublicMattersTexts::of(use_language());
    let empty = matters.rows.is_empty().then(|| {
        view! {
            <EmptyState title=texts.none>
                <p>{texts.none_what}</p>
            </EmptyState>
        }
    });
    view! {
        <Page title=texts.title place=Place::Village as_of=age(matters.as_of)>
            <Heading>{texts.title}</Heading>
            <p>{texts.what}</p>
            {township_choice("/matters", matters.townships, township)}
            {empty}
            {matters.rows.into_iter().map(matter_card).collect_view()}
        </Page>
    }
    .into_any()
}

/// What, where, the next step, and the two marks.
pub(super) fn matter_card(row: view::MatterRow) -> AnyView {
    let language = use_language();
    let places: Vec<String> = row.places.into_iter().map(|place| place.name).collect();
    let address = language.address(&use_site().county, &format!("/matters/{}", row.matter));
    let next = row.next.map(|(step, on)| {
        view! { <p>{step.to_string()} " · " {day_with_year(language, on)}</p> }
    });
    view! {
        <Card title=row.title.to_string() href=address>
            <p>{places.join(" · ")}</p>
            {next}
            {two_marks(row.answered_on.is_some(), row.done_on.is_some(), row.overdue)}
        </Card>
    }
    .into_any()
}

/// 已答复 and 已落实 are two facts and two marks.
pub(super) fn two_marks(answered: bool, done: bool, overdue: bool) -> AnyView {
    let language = use_language();
    let states = StateTexts::of(language);
    let texts = PublicMatterTexts::of(language);
    let answer = if answered {
        view! { <StatusMark state=State::Answered word=states.answered/> }
    } else {
        view! { <StatusMark state=State::Waiting word=states.in_handling/> }
    };
    let work = if done {
        view! { <StatusMark state=State::Done word=states.done/> }
    } else if overdue {
        view! { <StatusMark state=State::Overdue word=states.overdue/> }
    } else {
        view! { <StatusMark state=State::Waiting word=texts.not_done_yet/> }
    };
    view! { <p class="row">{answer} {work}</p> }.into_any()
}
