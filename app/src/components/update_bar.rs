use leptos::prelude::*;

use crate::i18n::{common::FrameTexts, use_language};

/// A new version is ready. Hidden until the document is marked (`boot.js`); nothing updates by itself. A
/// registration that is being filled in is on the device and survives it.
#[component]
pub(super) fn UpdateBar() -> impl IntoView {
    let texts = FrameTexts::of(use_language());
    view! {
        <div class="update" role="status">
            <p class="ready">
                {texts.new_version}
                <button type="button" data-update-now="1">{texts.update_now}</button>
            </p>
            <p class="busy">{texts.updating}</p>
        </div>
    }
    .into_any()
}
