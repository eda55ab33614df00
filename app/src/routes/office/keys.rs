//! Keys for those who work through many cases: j and k through the links of a list, / to look up,
//! ? for help. Enter opens, as it does on any link. Only with scripts; nothing needs them.

use leptos::prelude::*;

use crate::i18n::{office::FrameTexts, use_language};

/// Listens while an office screen is shown, and says which keys there are.
#[component]
pub(super) fn Keys() -> impl IntoView {
    let texts = FrameTexts::of(use_language());
    let help = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    browser::listen(help);
    view! {
        <p class="keys inset" role="status" hidden=move || !help.get()>{texts.keyboard}</p>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::{ev, prelude::*};
    use wasm_bindgen::JsCast;
    use web_sys::{HtmlElement, KeyboardEvent};

    /// What j and k go through: the rows of a list, the acts of a case. Each has its link first.
    const ROW: &str = ".table tbody tr, .acts li";
    const LINK: &str = ".table tbody a, .acts a";

    pub fn listen(help: RwSignal<bool>) {
        Effect::new(move || {
            let handle = window_event_listener(ev::keydown, move |event| pressed(&event, help));
            on_cleanup(move || handle.remove());
        });
    }

    fn pressed(event: &KeyboardEvent, help: RwSignal<bool>) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || is_typing() {
            return;
        }
        match event.key().as_str() {
            "j" => go(true),
            "k" => go(false),
            "/" => {
                if let Some(field) = element("#find") {
                    event.prevent_default();
                    let _ = field.focus();
                }
            }
            "?" => help.update(|shown| *shown = !*shown),
            "Escape" => help.set(false),
            _ => {}
        }
    }

    fn is_typing() -> bool {
        let focused = document().active_element();
        focused.is_some_and(|focused| {
            ["INPUT", "TEXTAREA", "SELECT"].contains(&focused.tag_name().as_str())
        })
    }

    fn element(selector: &str) -> Option<HtmlElement> {
        document().query_selector(selector).ok()??.dyn_into().ok()
    }

    /// Moves the focus by one row, and stays at either end.
    fn go(forward: bool) {
        let here = document().active_element();
        let here = here.and_then(|focused| focused.closest(ROW).ok().flatten());
        let link = match here {
            None => element(LINK),
            Some(row) => {
                let next = if forward {
                    row.next_element_sibling()
                } else {
                    row.previous_element_sibling()
                };
                let link = next.and_then(|row| row.query_selector("a").ok().flatten());
                link.and_then(|link| link.dyn_into().ok())
            }
        };
        if let Some(link) = link {
            let _ = link.focus();
        }
    }
}
