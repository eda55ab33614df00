//! The wizard: one question a page, plain forms, nothing typed is lost.

mod check;
mod mistakes;
mod step;

use domain::form::Step;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use sync::{query, view};

use super::loaded::loaded;
use crate::{
    components::*,
    i18n::{citizen::RegisterTexts, use_language},
    repository::use_view,
};

/// The steps' names in addresses.
const NAMES: [(&str, Step); 7] = [
    ("who", Step::Who),
    ("how_many", Step::HowMany),
    ("subject", Step::Subject),
    ("matter", Step::Matter),
    ("reach", Step::Reach),
    ("secrecy", Step::Secrecy),
    ("check", Step::Check),
];

#[component]
pub fn Wizard() -> impl IntoView {
    let title = RegisterTexts::of(use_language()).title;
    loaded(title, Place::Register, use_view(|| query::Draft {}), wizard)
}

fn wizard(draft: view::Draft) -> AnyView {
    let name = use_params_map().with_untracked(|params| params.get("step").unwrap_or_default());
    let step = NAMES
        .into_iter()
        .find(|(known, _)| *known == name)
        .map_or(Step::Who, |(_, step)| step);
    match step {
        Step::Check => check::check(draft),
        step => step::step(step, &draft),
    }
}

fn name_of(step: Step) -> &'static str {
    NAMES
        .into_iter()
        .find(|(_, known)| *known == step)
        .map_or("who", |(name, _)| name)
}

/// Which page of how many this is.
fn place_of(step: Step) -> (u32, u32) {
    let before = Step::ALL
        .into_iter()
        .take_while(|known| *known != step)
        .count();
    (
        u32::try_from(before + 1).unwrap_or(1),
        u32::try_from(Step::ALL.len()).unwrap_or(1),
    )
}
