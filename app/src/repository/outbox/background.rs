//! Background Sync, where the browser has it: the service worker sends when the network is back, though no
//! page is open (`public/sw.js`). Nothing relies on it.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

const TAG: &str = "outbox";

thread_local! {
    static AGREED: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// Whether this browser has agreed to it; not before it was asked.
pub fn sends_by_itself() -> ArcReadSignal<bool> {
    AGREED.with(|agreed| agreed.read_only())
}

/// Asks for it. A browser that does not know it, or a person who does not allow it, changes nothing.
pub fn ask() {
    spawn_local(async {
        let agreed = asked().await.is_ok();
        AGREED.with(|known| known.set(agreed));
    });
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
