use leptos::prelude::*;

use super::use_site;
use crate::i18n::{common::FrameTexts, use_language};

/// The office's telephone, one tap.
#[component]
pub fn CallLink() -> impl IntoView {
    let site = use_site();
    let texts = FrameTexts::of(use_language());
    let number = site.telephone.replace([' ', '-'], "");
    (!number.is_empty()).then(|| {
        view! {
            <a class="button secondary" href=format!("tel:{number}")>
                <span>{texts.call_us} " " <span class="unbroken">{site.telephone}</span></span>
            </a>
        }
    })
}
