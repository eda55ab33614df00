//! Brings the wasm to a page that is already readable and usable without it.
//!
//! Stands in for `leptos::HydrationScripts`, which reads its manifest from disk, puts the wasm on
//! the critical path by preloading it, and prints the nonce into `crossorigin`.

use std::sync::Arc;

use leptos::prelude::*;

/// The packaged files a page belongs to. Files of two builds never work together, so the build is
/// in their path and not in their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build(Arc<str>);

impl Build {
    /// `id` is the hash of the packaged files' contents.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self(id.into())
    }

    pub fn id(&self) -> &str {
        &self.0
    }

    /// The address of a packaged file.
    pub fn url(&self, file: &str) -> String {
        format!("/pkg/{}/{file}", self.0)
    }
}

/// The style sheet: the one file a page waits for.
#[component]
pub fn Style(
    /// Not named `build`: the builder of the properties has a method of that name.
    of: Build,
) -> impl IntoView {
    view! { <link rel="stylesheet" href=of.url("huiyin.css")/> }
}

/// The small script (`boot.js`) that starts the wasm when the page is at rest; in the app shell, which has
/// nothing to show before, at once.
#[component]
pub fn Boot(of: Build, start: Start) -> impl IntoView {
    let at_once = start == Start::AtOnce;
    view! { <script type="module" async=at_once src=of.url("boot.js")></script> }
}

/// When the wasm of a document starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    AtRest,
    AtOnce,
}
