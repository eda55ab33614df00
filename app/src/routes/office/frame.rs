//! An office screen around what it asked for: the rail by role, or why there is nothing to show.

use domain::{
    actor::Role,
    desk::DESK,
    office::{CASE_WORK, PUBLIC_MATTERS},
    tidings::TELLING,
};
use leptos::prelude::*;
use sync::{ReadProblem, query, view::Me};

use super::{
    kept::{Kept, use_kept},
    keys::Keys,
};
use crate::{
    PageStatus,
    components::*,
    i18n::{
        common::ErrorTexts,
        office::{FrameTexts, SignInTexts, TabletTexts, held_since, role_name},
        use_language,
    },
    repository::{use_from_tablet, use_office_view},
};

/// Shows `view` with `show` as soon as it is there. `current` is the screen's place in the rail.
pub(super) fn office<V>(
    title: &'static str,
    current: &'static str,
    view: Resource<Result<V, ReadProblem>>,
    show: impl Fn(V) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView
where
    V: Clone + Send + Sync + 'static,
{
    office_with_forms(title, current, view, move |view, _| show(view))
}

/// As [`office`], for a screen with forms: `show` is given what was typed and not carried out. Above
/// it all stands why.
pub(super) fn office_with_forms<V>(
    title: &'static str,
    current: &'static str,
    view: Resource<Result<V, ReadProblem>>,
    show: impl Fn(V, &Kept) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView
where
    V: Clone + Send + Sync + 'static,
{
    let me = use_office_view(|| query::Me {});
    #[cfg(feature = "hydrate")]
    crate::repository::keep_up();
    let kept = use_kept();
    view! {
        <Suspense fallback=move || {
            view! {
                <OfficePage title places=Vec::new()>
                    <Heading>{title}</Heading>
                    <Skeleton label=title/>
                </OfficePage>
            }
        }>
            {move || Suspend::new(async move {
                let kept = Kept::of(kept.await);
                match (me.await, view.await) {
                    (Ok(me), Ok(view)) => {
                        let kept = kept.under(me.sign_in);
                        let content = show(view, &kept);
                        page(title, current, me, kept.summary(), content)
                    }
                    (Ok(me), Err(problem)) => {
                        let why = problem_view(&me, problem);
                        page(title, current, me, kept.summary(), why)
                    }
                    (Err(_), _) => door(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// The address of an office page in the language of this one.
pub(super) fn address(rest: &str) -> String {
    use_language().address(&use_site().county, rest)
}

/// A list with its filter in the address; where nothing is chosen there is nothing to say.
pub(super) fn filtered(list: &str, query: &str) -> String {
    let list = address(list);
    if query.is_empty() {
        list
    } else {
        format!("{list}?{query}")
    }
}

fn page(
    title: &'static str,
    current: &'static str,
    me: Me,
    summary: AnyView,
    content: AnyView,
) -> AnyView {
    let places = places(current, &me.roles);
    view! {
        <OfficePage title places official=me.name.to_string()>
            <div class="stack">
                {summary}
                <Keys/>
                <Heading>{title}</Heading>
                {age()}
                {content}
            </div>
        </OfficePage>
    }
    .into_any()
}

/// That what is shown lies on this tablet, and since when.
fn age() -> AnyView {
    let language = use_language();
    let from = use_from_tablet();
    view! {
        {move || {
            let title = held_since(language, from.get()?);
            Some(view! { <Inset title>""</Inset> })
        }}
    }
    .into_any()
}

pub(super) fn places(current: &'static str, roles: &[Role]) -> Vec<RailPlace> {
    let texts = FrameTexts::of(use_language());
    let officer = roles.contains(&Role::PetitionOfficer);
    let has = |any_of: &[Role]| roles.iter().any(|role| any_of.contains(role));
    let all = [
        (texts.worklist, "/office", has(CASE_WORK)),
        (texts.intake, "/office/intake", has(DESK)),
        (texts.visits, "/office/visits", true),
        (texts.to_tell, "/office/to-tell", has(TELLING)),
        (texts.not_in_register, "/office/not-registered", officer),
        (texts.public_matters, "/office/matters", has(PUBLIC_MATTERS)),
        (texts.tablet, "/office/tablet", has(CASE_WORK)),
        (
            texts.accounts,
            "/office/accounts",
            has(&[Role::Administrator]),
        ),
    ];
    all.into_iter()
        .filter(|(_, _, theirs)| *theirs)
        .map(|(word, rest, _)| RailPlace {
            word: word.to_owned(),
            href: address(rest),
            count: None,
            current: rest == current,
        })
        .collect()
}

/// The ways to the pages beside this one, where a list has more than one: the page asked for, rows in
/// all and rows on a page; `at` is where a page is.
pub(super) fn pagination(
    (page, rows, size): (u32, u32, u32),
    at: impl Fn(u32) -> String,
) -> Option<AnyView> {
    let total = rows.div_ceil(size.max(1));
    let current = page.clamp(1, total.max(1));
    let previous = (current > 1).then(|| at(current - 1));
    let next = (current < total).then(|| at(current + 1));
    (total > 1).then(|| view! { <Pagination current total previous next/> }.into_any())
}

/// Nobody is signed in: the way in.
fn door() -> AnyView {
    let texts = SignInTexts::of(use_language());
    view! {
        <OfficePage title=texts.title places=Vec::new()>
            <Heading>{texts.title}</Heading>
            <p>{texts.help}</p>
            <p><LinkButton href=address("/office/sign-in")>{texts.sign_in}</LinkButton></p>
            <p><a href=address("/office/tablet")>{TabletTexts::of(use_language()).other_way}</a></p>
        </OfficePage>
    }
    .into_any()
}

/// What happened and what to do.
fn problem_view(me: &Me, problem: ReadProblem) -> AnyView {
    let language = use_language();
    let texts = ErrorTexts::of(language);
    let (status, what, reference) = match problem {
        // The rail leads to what this official may do; here are the roles that decide it.
        ReadProblem::NotAllowed | ReadProblem::NotOpened => {
            let roles: Vec<_> = me
                .roles
                .iter()
                .map(|role| view! { <li>{role_name(*role)}</li> })
                .collect();
            let signed_in = SignInTexts::of(language).signed_in;
            let unit = me.unit.clone();
            return view! { <p>{signed_in} " · " {unit}</p> <ul>{roles}</ul> }.into_any();
        }
        ReadProblem::NotFound => (404, texts.not_found_what, None),
        ReadProblem::TooMany { .. } => (429, texts.slow_down_what, None),
        ReadProblem::Unreachable => (503, texts.unreachable_what, None),
        ReadProblem::Failed { id } => (500, texts.broken_what, Some(id)),
    };
    PageStatus::set(status);
    view! {
        <p>{what}</p>
        {reference.map(|id| view! { <p>{texts.reference}{id}</p> })}
    }
    .into_any()
}
