use leptos::prelude::*;

/// Speaks a change of state, never an age. It is in the page before its text is.
#[component]
pub fn LiveRegion(#[prop(into)] text: Signal<String>) -> impl IntoView {
    view! { <p role="status">{move || text.get()}</p> }.into_any()
}
