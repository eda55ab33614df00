use leptos::prelude::*;

/// Nothing here yet: what will be here, and what to do now.
#[component]
pub fn EmptyState(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <div class="empty stack-close">
            <h2>{title}</h2>
            {children()}
        </div>
    }
    .into_any()
}
