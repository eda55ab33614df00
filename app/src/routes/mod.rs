//! The addresses, by area. Each area's `mod.rs` lists its screens, one file each, and says which of
//! them a phone fetches together.

#[macro_use]
mod chunk;

mod attachments;
mod citizen;
mod design;
mod later;
mod office;
#[cfg(feature = "hydrate")]
mod pin;
mod problem;

use leptos_router::{
    ChooseView, NestedRoute, PossibleRouteMatch, SsrMode,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
};

pub use problem::{NotFound, Problem, ProblemPage};

/// Everything below `/{county}` or `/{county}/en`.
pub fn all() -> AnyNestedRoute {
    (citizen::routes(), office::routes()).into_any_nested_route()
}

/// One screen. A page is sent when it is whole, so that its content policy can name its scripts;
/// the type is erased, or the wasm would carry every combination of screens.
fn screen<Path, View>(path: Path, view: View) -> AnyNestedRoute
where
    Path: PossibleRouteMatch + Clone + Send + 'static,
    View: ChooseView,
{
    NestedRoute::new(path, view)
        .ssr_mode(SsrMode::Async)
        .into_any_nested_route()
}
