//! What the outbox asks of the page it is in.

use leptos::prelude::*;
use web_sys::VisibilityState;

/// What is stored is read again after this long while somebody looks (4).
const LOOK_AGAIN_MS: i32 = 15_000;
/// And otherwise.
const LOOK_SELDOM_MS: i32 = 60_000;

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

pub(super) fn look_again() -> i32 {
    match is_visible() {
        true => LOOK_AGAIN_MS,
        false => LOOK_SELDOM_MS,
    }
}
