//! A screen around what it asked for: the skeleton before, the content, or why there is none.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use sync::ReadProblem;
use uuid::Uuid;

use crate::{
    components::*,
    i18n::{Language, clock, common, in_china, moment, use_language},
    routes::Problem,
};

/// Shows `view` with `show` as soon as it is there.
pub(super) fn loaded<V>(
    title: &'static str,
    place: Place,
    view: Resource<Result<V, ReadProblem>>,
    show: impl Fn(V) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView
where
    V: Clone + Send + Sync + 'static,
{
    view! {
        <Transition fallback=move || {
            view! {
                <Page title place>
                    <Heading>{title}</Heading>
                    <Skeleton label=title/>
                </Page>
            }
        }>
            {move || Suspend::new(async move {
                match view.await {
                    Ok(view) => show(view),
                    Err(problem) => problem_view(problem, place),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// The age of what is shown: "截至 14:05", and the day where it is not of today.
pub(super) fn age(as_of: DateTime<Utc>) -> String {
    age_in(use_language(), as_of)
}

pub(super) fn age_in(language: Language, as_of: DateTime<Utc>) -> String {
    let said = match is_of_today(as_of) {
        true => clock(in_china(as_of).time()),
        false => moment(language, as_of),
    };
    common::as_of(language, &said)
}

/// Whether it is of this day. The server shows what is true now; only a device shows what was.
#[cfg(not(feature = "hydrate"))]
pub(super) fn is_of_today(_as_of: DateTime<Utc>) -> bool {
    true
}

#[cfg(feature = "hydrate")]
pub(super) fn is_of_today(as_of: DateTime<Utc>) -> bool {
    in_china(as_of).date() == in_china(crate::repository::now()).date()
}

/// An id in the address. One that is none names nothing, so that its page is not found.
pub(super) fn id_in_address(name: &'static str) -> impl Fn() -> Uuid + Copy + Send + Sync {
    let parameters = use_params_map();
    move || {
        let text = parameters.read().get(name).unwrap_or_default();
        Uuid::parse_str(&text).unwrap_or_default()
    }
}

/// A choice after the `?` of the address.
pub(super) fn asked_for(name: &'static str) -> impl Fn() -> Option<String> + Copy + Send + Sync {
    let query = use_query_map();
    move || query.read().get(name).filter(|value| !value.is_empty())
}

/// What happened, what is safe, what to do.
pub(super) fn problem_view(problem: ReadProblem, place: Place) -> AnyView {
    let (problem, reference) = match problem {
        ReadProblem::NotFound => (Problem::NotFound, None),
        ReadProblem::NotOpened | ReadProblem::NotAllowed => (Problem::NotOpened, None),
        ReadProblem::TooMany { .. } => (Problem::TooMany, None),
        ReadProblem::Unreachable => (Problem::Unreachable, None),
        ReadProblem::Failed { id } => (Problem::Broken, Some(id)),
    };
    crate::routes::problem::problem(problem, place, reference)
}
