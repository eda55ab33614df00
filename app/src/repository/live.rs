//! While somebody looks and the line allows, the server says when something everybody may read has changed.

use std::cell::RefCell;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{EventSource, VisibilityState};

use super::{own, public, remote::random};

/// Phones that are told at once do not all ask at once.
const SPREAD_MS: u32 = 2000;

thread_local! {
    static SOURCE: RefCell<Option<EventSource>> = const { RefCell::new(None) };
}

/// Listens while the page is seen.
pub fn listen_while_seen(county: String) {
    follow(&county);
    let seen = window_event_listener(leptos::ev::visibilitychange, move |_| follow(&county));
    // It lasts as long as the page.
    std::mem::forget(seen);
}

fn follow(county: &str) {
    let visible = document().visibility_state() == VisibilityState::Visible;
    SOURCE.with_borrow_mut(|source| {
        if !visible {
            if let Some(open) = source.take() {
                open.close();
            }
        } else if source.is_none() {
            *source = open(county);
        }
    });
}

/// The browser itself comes back after a cut.
fn open(county: &str) -> Option<EventSource> {
    let source = EventSource::new(&format!("/api/v1/{county}/live")).ok()?;
    let county = county.to_owned();
    let changed = Closure::<dyn FnMut()>::new(move || {
        let county = county.clone();
        spawn_local(async move {
            let [first, second, ..] = random();
            TimeoutFuture::new(u32::from(u16::from_be_bytes([first, second])) % SPREAD_MS).await;
            public::changed(&county).await;
            own::feed::ask_again();
        });
    });
    let listener = changed.as_ref().unchecked_ref();
    source
        .add_event_listener_with_callback("changed", listener)
        .ok()?;
    changed.forget();
    Some(source)
}
