use leptos::prelude::*;

use crate::i18n::{common::ActionTexts, use_language};

/// How much an inset matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InsetKind {
    #[default]
    Information,
    Warning,
}

/// Something to know beside the text.
#[component]
pub fn Inset(
    #[prop(into)] title: String,
    #[prop(optional)] kind: InsetKind,
    children: Children,
) -> impl IntoView {
    let class = match kind {
        InsetKind::Information => "inset",
        InsetKind::Warning => "inset warning",
    };
    view! {
        <div class=class>
            <b>{title}</b>
            <div>{children()}</div>
        </div>
    }
    .into_any()
}

/// Someone is in danger: 110 and 120, one tap each. On every wizard and matter page.
#[component]
pub fn Emergency() -> impl IntoView {
    let texts = ActionTexts::of(use_language());
    view! {
        <p class="inset emergency">
            <b>{texts.danger_call}</b>
            <a href="tel:110">{texts.police}</a>
            <a href="tel:120">{texts.ambulance}</a>
        </p>
    }
    .into_any()
}
