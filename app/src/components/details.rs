use leptos::prelude::*;

/// More for those who want it, closed at first. Opens without scripts.
#[component]
pub fn Details(#[prop(into)] summary: String, children: Children) -> impl IntoView {
    view! {
        <details>
            <summary>{summary}</summary>
            <div class="stack-close">{children()}</div>
        </details>
    }
    .into_any()
}
