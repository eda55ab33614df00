//! Background Sync, where the browser has it: the service worker sends when the network is back, though no
//! page is open (`public/sw.js`). Nothing relies on it.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

const TAG: &str = "outbox";

/// Whether this browser knows it.
pub fn sends_by_itself() -> bool {
    Reflect::has(&window(), &"SyncManager".into()).unwrap_or(false)
}

/// Asks for it. A browser that does not know it, or a person who does not allow it, changes nothing.
pub fn ask() {
    if sends_by_itself() {
        spawn_local(async {
            let _ = asked().await;
        });
    }
}

async fn asked() -> Result<(), JsValue> {
    let workers = Reflect::get(&window().navigator(), &"serviceWorker".into())?;
    let ready: Promise = Reflect::get(&workers, &"ready".into())?.dyn_into()?;
    let registration = JsFuture::from(ready).await?;
    let sync = Reflect::get(&registration, &"sync".into())?;
    let register: Function = Reflect::get(&sync, &"register".into())?.dyn_into()?;
    let registered: Promise = register.call1(&sync, &TAG.into())?.dyn_into()?;
    JsFuture::from(registered).await.map(|_| ())
}
