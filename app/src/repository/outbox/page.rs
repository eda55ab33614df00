//! What the outbox asks of the page it is in.

use leptos::prelude::*;
use web_sys::VisibilityState;

/// A page that is only read starts its wasm late; not while something waits (`boot.js`).
pub(super) fn note_for_next_page(waits: bool) {
    let Ok(Some(storage)) = window().local_storage() else {
        return;
    };
    let _ = match waits {
        true => storage.set_item("waits", "1"),
        false => storage.remove_item("waits"),
    };
}

pub(super) fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}
