//! The wizard: one question a page, plain forms, nothing typed is lost.

mod check;
mod media;
mod place;
mod step;

use domain::form::Step;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use sync::ReadProblem;

use super::{loaded::problem_view, register::start_form};
use crate::{
    components::*,
    i18n::{citizen::RegisterTexts, use_language},
    repository::use_draft,
};

#[component]
pub fn Wizard() -> impl IntoView {
    let title = RegisterTexts::of(use_language()).title;
    let path = use_params_map();
    let step = move || {
        let name = path.read().get("step").unwrap_or_default();
        Step::named(&name).unwrap_or(Step::Who)
    };
    let draft = use_draft(step);
    view! {
        <Transition fallback=move || {
            view! {
                <Page title place=Place::Register>
                    <Heading>{title}</Heading>
                    <Skeleton label=title/>
                </Page>
            }
        }>
            {move || Suspend::new(async move {
                match (draft.await, step()) {
                    (Ok(draft), Step::Check) => check::check(draft),
                    (Ok(draft), step) => step::step(step, draft),
                    (Err(ReadProblem::NotFound), _) => gone(),
                    (Err(problem), _) => problem_view(problem, Place::Register),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// Sent, expired, or of another device.
fn gone() -> AnyView {
    let language = use_language();
    let texts = RegisterTexts::of(language);
    let follow = language.address(&use_site().county, "/mine");
    view! {
        <Page title=texts.draft_gone place=Place::Register>
            <Heading>{texts.draft_gone}</Heading>
            <p>{texts.draft_gone_what}</p>
            {start_form(None, texts.start_again, ButtonKind::Primary)}
            <p class="row">
                <LinkButton href=follow kind=ButtonKind::Secondary>{texts.see_sent}</LinkButton>
                <CallLink/>
            </p>
        </Page>
    }
    .into_any()
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

fn step_address(step: Step) -> String {
    use_language().address(&use_site().county, &format!("/register/{}", step.name()))
}
