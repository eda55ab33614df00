//! An official's tablet: what it holds of the worklist, shown when the server does not answer.

#[cfg(feature = "hydrate")]
mod held;
#[cfg(feature = "hydrate")]
mod keep;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use sync::{Query, ReadProblem, query};

#[cfg(feature = "hydrate")]
pub use keep::{Registering, keep_up, tablet_state};

#[cfg(feature = "hydrate")]
use held::Held;

/// What an open tablet holds, for its page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TabletState {
    /// When the list was true; none before it was fetched.
    pub as_of: Option<DateTime<Utc>>,
    /// Matters in the list.
    pub rows: usize,
    /// Those of them that are here whole.
    pub whole: usize,
    /// Those that are to be here whole.
    pub urgent: usize,
    /// It is being renewed.
    pub busy: bool,
    /// What stands in the way of renewing it.
    pub problem: Option<ReadProblem>,
}

/// A question that a tablet can answer.
pub trait OnTablet: Query {
    /// When an answer was true, where it says so.
    fn as_of(_view: &Self::View) -> Option<DateTime<Utc>> {
        None
    }

    /// From what the tablet holds; none where it holds no answer.
    #[cfg(feature = "hydrate")]
    fn answered_by(self, held: Held<'_>) -> impl std::future::Future<Output = Option<Self::View>>;
}

impl OnTablet for query::Me {
    #[cfg(feature = "hydrate")]
    async fn answered_by(self, held: Held<'_>) -> Option<sync::view::Me> {
        held.view(&self).await
    }
}

impl OnTablet for query::Worklist {
    fn as_of(view: &sync::view::Worklist) -> Option<DateTime<Utc>> {
        Some(view.as_of)
    }

    #[cfg(feature = "hydrate")]
    async fn answered_by(self, held: Held<'_>) -> Option<sync::view::Worklist> {
        Some(held.list().await?.worklist(&self.filter))
    }
}

impl OnTablet for query::Workspace {
    fn as_of(view: &sync::view::Workspace) -> Option<DateTime<Utc>> {
        Some(view.as_of)
    }

    #[cfg(feature = "hydrate")]
    async fn answered_by(self, held: Held<'_>) -> Option<sync::view::Workspace> {
        let mut view = held.view(&self).await?;
        // The case may have been fetched under a sign-in that is over: what is done now is done under the last.
        if let Some(me) = held.view(&query::Me {}).await {
            view.me = me;
        }
        Some(view)
    }
}

/// Since when what this page shows has lain on the tablet; none where the server has answered.
pub fn use_from_tablet() -> ArcRwSignal<Option<DateTime<Utc>>> {
    let here = ArcRwSignal::new(None);
    #[cfg(feature = "hydrate")]
    {
        let known = held::from_tablet();
        let shown = here.clone();
        Effect::new(move || shown.set(known.get()));
    }
    here
}

/// As [`super::use_view`], for what an official's tablet holds too: while their space is open in this page it
/// answers where the server does not.
pub fn use_office_view<Q: OnTablet + PartialEq>(
    query: impl Fn() -> Q + Send + Sync + 'static,
) -> Resource<Result<Q::View, ReadProblem>> {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    {
        let county = super::use_county();
        Resource::new(query, move |query| held::ask(county.clone(), query))
    }
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    {
        super::use_view(query)
    }
}
