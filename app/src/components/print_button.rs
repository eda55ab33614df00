use leptos::prelude::*;

/// Prints the page. It needs scripts, and without them is not shown: the browser's menu prints too.
#[component]
pub fn PrintButton(#[prop(into)] word: String) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button print-button"
            on:click=move |_| {
                // A browser that cannot print leaves the page as it is.
                let _ = window().print();
            }
        >
            {word}
        </button>
    }
    .into_any()
}
