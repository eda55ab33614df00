//! The one way screens read and act. On the server the store answers; in the browser the device
//! does where it has something, and the server behind it. No screen knows which.

#[cfg(feature = "hydrate")]
mod answer;
#[cfg(feature = "hydrate")]
pub mod carry;
#[cfg(feature = "hydrate")]
mod day;
#[cfg(feature = "hydrate")]
mod draft;
mod line;
#[cfg(feature = "hydrate")]
mod live;
#[cfg(feature = "ssr")]
mod local;
#[cfg(feature = "hydrate")]
pub mod media;
mod outbox;
#[cfg(feature = "hydrate")]
pub mod own;
#[cfg(feature = "hydrate")]
mod patience;
#[cfg(feature = "hydrate")]
mod public;
#[cfg(feature = "hydrate")]
mod remote;
#[cfg(feature = "hydrate")]
mod seen;
mod space;
#[cfg(feature = "hydrate")]
mod spaces;
mod tablet;
#[cfg(feature = "hydrate")]
pub mod words;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use sync::{Query, ReadProblem};

#[cfg(feature = "hydrate")]
pub use line::saves_data;
pub use line::{Line, use_line};
#[cfg(feature = "ssr")]
pub use local::{AnyView, LocalRepository, Reads};
pub use outbox::{Doing, Following, KnownSpace, Shown, ShownItem, Storage, use_outbox};
pub use space::{Promise, use_promise};
pub use tablet::{OnTablet, TabletState, use_from_tablet, use_office_view};
#[cfg(feature = "hydrate")]
pub use {
    day::watch_the_day,
    draft::{DeviceDraft, Drafts, Shared, is_unsaved, shared},
    live::listen_while_seen,
    outbox::{
        AFTER_THE_SCREEN_MS, Driver, Opening, Under, Unsent, Unstored, driver, sends_by_itself,
        start,
    },
    public::{divisions_at, fetch_public},
    remote::{BrowserDice, fresh_id, now},
    seen::{read_ahead, renewed},
    tablet::{Registering, keep_up, tablet_state},
};

/// What a screen asked for, kept across hydration. `query` reads signals: a change asks again.
pub fn use_view<Q: Query + PartialEq>(
    query: impl Fn() -> Q + Send + Sync + 'static,
) -> Resource<Result<Q::View, ReadProblem>> {
    #[cfg(feature = "ssr")]
    {
        let repository = use_context::<LocalRepository>();
        Resource::new(query, move |query| local::answer(repository.clone(), query))
    }
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    {
        let county = use_county();
        let renewed = RwSignal::new(0_u32);
        let query = std::sync::Arc::new(query);
        let asked = query.clone();
        let view = Resource::new(
            move || (asked(), renewed.get()),
            move |(query, _)| seen::ask(county.clone(), query, renewed),
        );
        if Q::KEPT {
            show_changes(query.clone(), renewed);
            keep_hydrated(query, view);
        }
        view
    }
    #[cfg(not(any(feature = "ssr", feature = "hydrate")))]
    {
        Resource::new(query, |_| std::future::ready(Err(ReadProblem::Unreachable)))
    }
}

/// What was fetched anew because it had changed is shown anew, and everything on another day. Not under the hands of
/// somebody who writes: it is stored, and there when they look again.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn show_changes<Q: Query>(
    query: std::sync::Arc<impl Fn() -> Q + Send + Sync + 'static>,
    renewed: RwSignal<u32>,
) {
    let (changed, today) = (seen::renewed(), day::today());
    Effect::new(move |before: Option<chrono::NaiveDate>| {
        let (paths, today) = (changed.get(), today.get());
        let path = query().path();
        let turned = before.is_some_and(|before| before != today);
        let is_old = turned || paths.contains(&path);
        if before.is_some() && is_old && !is_writing() {
            wasm_bindgen_futures::spawn_local(seen::show_anew(path, renewed));
        }
        today
    });
}

/// Whether the person is in a form.
#[cfg(feature = "hydrate")]
pub fn is_writing() -> bool {
    let at = document().active_element();
    at.is_some_and(|at| at.closest("form").is_ok_and(|form| form.is_some()))
}

/// What the server wrote into this page is kept for a time without a network. The page stays as it was
/// rendered until it is the browser's, so this is an effect.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn keep_hydrated<Q: Query + PartialEq>(
    query: std::sync::Arc<impl Fn() -> Q + Send + Sync + 'static>,
    view: Resource<Result<Q::View, ReadProblem>>,
) {
    let hydrating = Owner::current_shared_context().is_some_and(|it| it.during_hydration());
    if !hydrating {
        return;
    }
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) {
            return true;
        }
        let there = view.get();
        if let Some(Ok(view)) = &there {
            seen::keep_view(&query(), view);
        }
        there.is_some()
    });
}

/// The registration that is being filled in, for the page of one step.
pub fn use_draft(
    step: impl Fn() -> domain::form::Step + Send + Sync + 'static,
) -> Resource<Result<sync::view::Draft, ReadProblem>> {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    {
        let county = use_county();
        let renewed = RwSignal::new(0_u32);
        let view = Resource::new(
            move || (step(), renewed.get()),
            move |(step, _)| draft::ask(county.clone(), step, renewed),
        );
        // The server knows only what was posted to it.
        let hydrating = Owner::current_shared_context().is_some_and(|it| it.during_hydration());
        if hydrating {
            Effect::new(move || {
                let server = view.get_untracked().and_then(Result::ok);
                wasm_bindgen_futures::spawn_local(async move {
                    if draft::is_newer_here(server.map(|draft| draft.command)).await {
                        let _ = renewed.try_update(|count| *count += 1);
                    }
                });
            });
        }
        view
    }
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    {
        use_view(move || sync::query::Draft { step: step() })
    }
}

/// As [`use_view`], where there may be nothing to ask: then it answers at once.
pub fn use_view_if<Q: Query + PartialEq>(
    query: impl Fn() -> Option<Q> + Send + Sync + 'static,
) -> Resource<Option<Result<Q::View, ReadProblem>>> {
    #[cfg(feature = "ssr")]
    {
        let repository = use_context::<LocalRepository>();
        Resource::new(query, move |query| {
            let repository = repository.clone();
            async move { Some(local::answer(repository, query?).await) }
        })
    }
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    {
        let county = use_county();
        Resource::new(query, move |query| {
            let county = county.clone();
            async move { Some(remote::ask(county, query?).await) }
        })
    }
    #[cfg(not(any(feature = "ssr", feature = "hydrate")))]
    {
        Resource::new(query, |_| std::future::ready(None))
    }
}

/// A fresh id for a form's command. What the server wrote into its page stays there when the
/// browser takes the page over.
pub fn fresh_command() -> String {
    #[cfg(feature = "ssr")]
    {
        uuid::Uuid::now_v7().to_string()
    }
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    {
        fresh_id().map(|id| id.to_string()).unwrap_or_default()
    }
    #[cfg(not(any(feature = "ssr", feature = "hydrate")))]
    {
        String::new()
    }
}

/// The county's segment of the address.
pub fn use_county() -> String {
    use_params_map().with_untracked(|params| params.get("county").unwrap_or_default())
}
