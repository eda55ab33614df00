//! Parts of a page that only a device fills.

use leptos::prelude::*;

/// What only a device knows: nothing on the server's page, and nothing in the browser's first render of
/// it, in the same place.
pub fn later(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let first = ArcRwSignal::new(true);
    let over = first.clone();
    Effect::new(move || over.set(false));
    view! { {move || (!first.get()).then(&view)} }.into_any()
}
