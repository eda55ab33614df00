use leptos::prelude::*;

use crate::i18n::{common, use_language};

/// How far one is in a wizard: "第 3 步，共 8 步".
#[component]
pub fn ProgressCount(current: u32, total: u32) -> impl IntoView {
    view! { <p class="mute number">{common::step(use_language(), current, total)}</p> }.into_any()
}
