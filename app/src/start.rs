//! Where the browser enters: one wasm, two ways in.

use gloo_timers::future::TimeoutFuture;
use leptos::{mount, prelude::*};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

use crate::{App, repository};

/// Takes over a server-rendered page, or mounts into the app shell.
///
/// Hydrating a page that is not this address' own HTML traps, so the shell is marked and its body
/// is empty.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    let shell = document()
        .document_element()
        .is_some_and(|html| html.has_attribute("data-app-shell"));
    let site = crate::Site::of_page().unwrap_or_default();
    let home = window().location().pathname().ok() == Some(format!("/{}", site.county));
    repository::start(site.county, !shell);
    if shell {
        if home {
            // What an installed app opens with.
            repository::read_ahead(&sync::query::Home {});
        }
        mount::mount_to_body(App);
        mark_ready();
    } else {
        // As `hydrate_lazy`, which does not tell when it is done. Not leptos' `spawn_local`: that
        // works only once hydration has begun.
        spawn_local(async {
            mount::hydrate_from_async(leptos::tachys::dom::body(), App)
                .await
                .forget();
            mark_ready();
        });
    }
}

/// Once the page is the person's: what they may want when the signal is gone. Not where they save data.
fn fetch_ahead() {
    let county = crate::Site::of_page().unwrap_or_default().county;
    if repository::saves_data() || county.is_empty() {
        return;
    }
    repository::listen_while_seen(county.clone());
    if window().navigator().on_line() {
        spawn_local(repository::fetch_public(county));
    }
}

/// Tells scripts of the page and browser tests that buttons now answer.
fn mark_ready() {
    spawn_local(async {
        TimeoutFuture::new(repository::AFTER_THE_SCREEN_MS).await;
        repository::watch_the_day();
        fetch_ahead();
    });
    if let Some(html) = document().document_element() {
        // A missing mark must not stop the page: it is there for onlookers only.
        _ = html.set_attribute("data-ready", "1");
    }
}
