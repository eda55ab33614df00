use leptos::prelude::*;

/// The large number of a slip, readable at arm's length.
#[component]
pub fn SlipNumber(#[prop(into)] label: String, #[prop(into)] number: String) -> impl IntoView {
    view! {
        <p data-size="26">{label}</p>
        <p class="slip-number" data-size="120">{number}</p>
    }
    .into_any()
}
