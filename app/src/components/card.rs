use chrono::NaiveDate;
use leptos::prelude::*;

use super::DateBlock;

/// One thing of a list: what, where or when, state. Its heading's link takes the whole card.
#[component]
pub fn Card(
    #[prop(into)] title: String,
    /// Where the card leads; empty for a card that only tells.
    #[prop(optional, into)]
    href: String,
    /// Shown as a date block beside the text.
    #[prop(optional)]
    date: Option<NaiveDate>,
    children: Children,
) -> impl IntoView {
    let (class, heading) = if href.is_empty() {
        ("card", view! { <h2>{title}</h2> }.into_any())
    } else {
        (
            "card card-whole",
            view! { <h2><a href=href>{title}</a></h2> }.into_any(),
        )
    };
    let body = view! {
        <div class="stack-close">
            {heading}
            {children()}
        </div>
    };
    let body = match date {
        None => body.into_any(),
        Some(date) => view! {
            <div class="card-top">
                <DateBlock date/>
                {body}
            </div>
        }
        .into_any(),
    };
    view! { <div class=class>{body}</div> }.into_any()
}
