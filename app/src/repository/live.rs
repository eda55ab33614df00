//! While somebody looks and the line allows, the server says when something everybody may read has changed.

use std::cell::{Cell, RefCell};

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{EventSource, VisibilityState};

use super::{own, public, remote::random};

/// Phones that are told at once do not all ask at once.
const SPREAD_MS: u32 = 2000;

/// After an answer that was no stream.
const AGAIN_MS: u32 = 30_000;

thread_local! {
    static SOURCE: RefCell<Option<EventSource>> = const { RefCell::new(None) };
    /// This page has listened before.
    static LISTENED: Cell<bool> = const { Cell::new(false) };
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

/// The browser itself comes back after a cut, and then what has changed meanwhile is asked for. It gives up on an
/// answer that is no stream: a portal's, or that of a server which is starting.
fn open(county: &str) -> Option<EventSource> {
    let source = EventSource::new(&format!("/api/v1/{county}/live")).ok()?;
    let news = county.to_owned();
    on(&source, "changed", move || ask(&news))?;
    let again = county.to_owned();
    on(&source, "open", move || match LISTENED.replace(true) {
        true => ask(&again),
        false => ask_first(&again),
    })?;
    let (ended, county) = (source.clone(), county.to_owned());
    on(&source, "error", move || {
        if ended.ready_state() == EventSource::CLOSED {
            let (ended, county) = (ended.clone(), county.clone());
            spawn_local(async move {
                TimeoutFuture::new(AGAIN_MS).await;
                SOURCE.with_borrow_mut(|source| source.take_if(|source| *source == ended));
                follow(&county);
            });
        }
    })?;
    Some(source)
}

fn on(source: &EventSource, event: &str, heard: impl FnMut() + 'static) -> Option<()> {
    let heard = Closure::<dyn FnMut()>::new(heard);
    let listener = heard.as_ref().unchecked_ref();
    source
        .add_event_listener_with_callback(event, listener)
        .ok()?;
    heard.forget();
    Some(())
}

fn ask(county: &str) {
    let county = county.to_owned();
    spawn_local(async move {
        spread().await;
        public::changed(&county).await;
        own::feed::ask_again();
    });
}

/// Between a page and its first listening something may have changed too, unless the page asks anyway.
fn ask_first(county: &str) {
    let county = county.to_owned();
    spawn_local(async move {
        spread().await;
        if !public::has_just_asked() {
            public::changed(&county).await;
        }
    });
}

async fn spread() {
    let [first, second, ..] = random();
    TimeoutFuture::new(u32::from(u16::from_be_bytes([first, second])) % SPREAD_MS).await;
}
