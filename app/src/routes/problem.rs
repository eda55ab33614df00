//! Pages for what a person did not expect: what happened, what is safe, what to do.

use leptos::prelude::*;
use leptos_meta::Html;

use crate::{
    PageStatus,
    components::*,
    i18n::{
        common::{ErrorTexts, FrameTexts},
        use_language,
    },
};

/// Why there is not what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    NotFound,
    /// A request that changes something came from another site's page.
    FromElsewhere,
    NotOpened,
    TooMany,
    Unreachable,
    Broken,
}

/// `reference` is what the office finds the cause by.
pub(super) fn problem(problem: Problem, place: Place, reference: Option<String>) -> AnyView {
    let language = use_language();
    let texts = ErrorTexts::of(language);
    let (status, title, what) = match problem {
        Problem::NotFound => (404, texts.not_found, texts.not_found_what),
        Problem::FromElsewhere => (403, texts.forbidden, texts.forbidden_what),
        Problem::NotOpened => (403, texts.not_opened, texts.not_opened_what),
        Problem::TooMany => (429, texts.slow_down, texts.slow_down_what),
        Problem::Unreachable => (503, texts.unreachable, texts.unreachable_what),
        Problem::Broken => (500, texts.broken, texts.broken_what),
    };
    PageStatus::set(status);
    let county = use_site().county;
    let frame = FrameTexts::of(language);
    view! {
        <Page title place>
            <Heading>{title}</Heading>
            <p>{what}</p>
            {reference.map(|id| view! { <p>{texts.reference} <code>{id}</code></p> })}
            <p class="row">
                <LinkButton href=language.address(&county, "")>{frame.home}</LinkButton>
                <LinkButton href=language.address(&county, "/follow") kind=ButtonKind::Secondary>
                    {texts.follow}
                </LinkButton>
                <CallLink/>
            </p>
        </Page>
    }
    .into_any()
}

/// A page outside the router.
#[component]
pub fn ProblemPage(problem: Problem) -> impl IntoView {
    let page = self::problem(problem, Place::Elsewhere, None);
    view! {
        <Html attr:lang=use_language().tag()/>
        {page}
    }
}

/// The router's fallback.
#[component]
pub fn NotFound() -> impl IntoView {
    view! { <ProblemPage problem=Problem::NotFound/> }
}
