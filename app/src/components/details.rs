use leptos::prelude::*;

/// More for those who want it, closed at first. Opens without scripts.
#[component]
pub fn Details(
    #[prop(into)] summary: String,
    /// Open at first, because something in it is to be put right.
    #[prop(optional)]
    open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details open=open>
            <summary>{summary}</summary>
            <div class="stack-close">{children()}</div>
        </details>
    }
    .into_any()
}
