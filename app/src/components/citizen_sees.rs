use leptos::prelude::*;

use crate::i18n::{office::FrameTexts, use_language};

/// What the citizen will see, shown to an official before every action is done.
#[component]
pub fn CitizenSees(children: Children) -> impl IntoView {
    let texts = FrameTexts::of(use_language());
    view! {
        <div class="citizen-sees stack-close">
            <b>{texts.citizen_will_see}</b>
            {children()}
        </div>
    }
    .into_any()
}
