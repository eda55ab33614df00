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
    #[cfg(feature = "hydrate")]
    async fn answered_by(self, held: Held<'_>) -> Option<sync::view::Worklist> {
        Some(held.list().await?.worklist(&self.filter))
    }
}

impl OnTablet for query::Workspace {
    #[cfg(feature = "hydrate")]
    async fn answered_by(self, held: Held<'_>) -> Option<sync::view::Workspace> {
        held.view(&self).await
    }
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
