use leptos::prelude::*;

use crate::i18n::{
    common::{self, ActionTexts},
    use_language,
};

/// The page before and the page after, as links; an end has none.
#[component]
pub fn Pagination(
    current: u32,
    total: u32,
    #[prop(into)] previous: Option<String>,
    #[prop(into)] next: Option<String>,
) -> impl IntoView {
    let language = use_language();
    let texts = ActionTexts::of(language);
    let place = common::page_of(language, current, total);
    let shown = place.clone();
    view! {
        <nav class="pagination" aria-label=place>
            {previous.map(|href| view! { <a href=href rel="prev">{texts.previous}</a> })}
            <span class="number">{shown}</span>
            {next.map(|href| view! { <a href=href rel="next">{texts.next}</a> })}
        </nav>
    }
    .into_any()
}
