//! The one way screens read and act. On the server the store answers; in the browser the server
//! does, and later the device. No screen knows which.

#[cfg(feature = "ssr")]
mod local;
#[cfg(feature = "hydrate")]
mod remote;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use sync::{Query, ReadProblem};

#[cfg(feature = "ssr")]
pub use local::{AnyView, LocalRepository, Reads};
#[cfg(feature = "hydrate")]
pub use remote::{fresh_id, now, random, send};

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
        Resource::new(query, move |query| remote::ask(county.clone(), query))
    }
    #[cfg(not(any(feature = "ssr", feature = "hydrate")))]
    {
        Resource::new(query, |_| std::future::ready(Err(ReadProblem::Unreachable)))
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
