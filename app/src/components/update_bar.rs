use leptos::prelude::*;

use crate::i18n::{common::FrameTexts, use_language};

/// A new version is ready. Hidden until the document is marked (`boot.js`); nothing updates by itself,
/// and what was typed survives.
#[component]
pub(super) fn UpdateBar() -> impl IntoView {
    let texts = FrameTexts::of(use_language());
    view! {
        <p class="update" role="status">
            {texts.new_version}
            <button type="button" data-update-now="1">{texts.update_now}</button>
        </p>
    }
    .into_any()
}
