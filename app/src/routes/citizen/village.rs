//! One village: its public matters, the next visit, who helps.

use domain::division::DivisionCode;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use sync::{ReadProblem, query, view};

use super::{
    loaded::{age, loaded, problem_view},
    matters::matter_card,
    notice_row::notice_card,
};
use crate::{
    components::*,
    i18n::{citizen::VillageTexts, use_language},
    repository::use_view,
};

#[component]
pub fn Village() -> impl IntoView {
    let texts = VillageTexts::of(use_language());
    let code = use_params_map()
        .read_untracked()
        .get("village")
        .unwrap_or_default();
    match DivisionCode::parse(&code) {
        Ok(village) => {
            let view = use_view(move || query::Village {
                village: village.clone(),
            });
            loaded(texts.title, Place::Village, view, page)
        }
        Err(_) => problem_view(ReadProblem::NotFound, Place::Village),
    }
}

fn page(village: view::Village) -> AnyView {
    let language = use_language();
    let texts = VillageTexts::of(language);
    let township = village.township.map(|township| township.name);
    let next = village.next.map(|next| {
        view! {
            <h2>{texts.next_visit}</h2>
            {notice_card(next)}
        }
    });
    let matters = if village.matters.is_empty() {
        let write = language.address(&use_site().county, "/register");
        view! {
            <EmptyState title=texts.none>
                <p>
                    <a href=write>{texts.none_what}</a>
                </p>
            </EmptyState>
        }
        .into_any()
    } else {
        let cards = village.matters.into_iter().map(matter_card).collect_view();
        cards.into_any()
    };
    view! {
        <Page title=village.village.name.clone() place=Place::Village as_of=age(village.as_of)>
            <Heading>{village.village.name.clone()}</Heading>
            <p class="mute">{township}</p>
            {next}
            <h2>{texts.public_matters}</h2>
            {matters}
            <h2>{texts.agent}</h2>
            <p>{texts.agent_what}</p>
            <p>{texts.agent_conflict}</p>
        </Page>
    }
    .into_any()
}
