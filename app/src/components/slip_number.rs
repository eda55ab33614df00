use leptos::prelude::*;

/// The large number of a slip, readable at arm's length.
#[component]
pub fn SlipNumber(#[prop(into)] label: String, #[prop(into)] number: String) -> impl IntoView {
    view! {
        <p>{label}</p>
        <p class="slip-number">{number}</p>
    }
    .into_any()
}
