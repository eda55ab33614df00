use leptos::prelude::*;

use super::use_site;

/// Who a paper is from, at its top. On the screen the page's header says it.
#[component]
pub fn Letterhead() -> impl IntoView {
    view! { <p class="letterhead">{use_site().heading()}</p> }.into_any()
}
