//! The root of every page: the router, and the language, which is in the path.

use leptos::prelude::*;
use leptos_meta::{Html, provide_meta_context};
use leptos_router::{
    MatchNestedRoutes, NestedRoute,
    any_nested_route::IntoAnyNestedRoute,
    components::{Outlet, Router, Routes},
    path,
};

use crate::{components::Site, i18n::Language, routes};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // What the server said of the site travels with the page, so that the browser says the same.
    let site = SharedValue::new(|| {
        use_context::<Site>()
            .or_else(Site::of_page)
            .unwrap_or_default()
    });
    provide_context(site.into_inner());
    view! {
        <Router>
            <Routes fallback=routes::NotFound>
                <Counties/>
            </Routes>
        </Router>
    }
}

/// Every address, once in each language. English comes first: its `en` would otherwise be taken
/// for a place of the Chinese site.
#[component(transparent)]
fn Counties() -> impl MatchNestedRoutes + Clone {
    (
        NestedRoute::new(path!("/:county/en"), English)
            .child(routes::all())
            .into_any_nested_route(),
        NestedRoute::new(path!("/:county"), Chinese)
            .child(routes::all())
            .into_any_nested_route(),
    )
}

#[component]
fn Chinese() -> impl IntoView {
    provide_context(Language::Chinese);
    view! {
        <Html attr:lang="zh-CN"/>
        <Outlet/>
    }
}

#[component]
fn English() -> impl IntoView {
    provide_context(Language::English);
    view! {
        <Html attr:lang="en"/>
        <Outlet/>
    }
}
