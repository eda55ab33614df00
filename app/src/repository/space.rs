//! Whether the browser promises to keep what lies on this device.

use leptos::prelude::*;

/// The browser's word. It is asked for after the first thing was kept, never before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Promise {
    /// Not known: the first render, or a browser that does not say.
    #[default]
    Unknown,
    /// It clears nothing by itself.
    Kept,
    /// It may clear it when the device is full or the site is not used for long.
    NotGiven,
}

/// What the browser promises now.
pub fn use_promise() -> ArcRwSignal<Promise> {
    let promise = ArcRwSignal::new(Promise::default());
    #[cfg(feature = "hydrate")]
    let given_later = promise.clone();
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        let promise = given_later.clone();
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(given) = browser::ask("persisted").await {
                let given = if given {
                    Promise::Kept
                } else {
                    Promise::NotGiven
                };
                promise.set(given);
            }
        });
    });
    promise
}

/// Asks the browser to promise it. Its answer is shown in the settings.
#[cfg(feature = "hydrate")]
pub(super) fn ask_to_keep() {
    wasm_bindgen_futures::spawn_local(async {
        browser::ask("persist").await;
    });
}

#[cfg(feature = "hydrate")]
mod browser {
    use js_sys::{Function, Promise, Reflect};
    use leptos::prelude::window;
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;

    /// `navigator.storage.<method>()`; not every engine has it.
    pub async fn ask(method: &str) -> Option<bool> {
        let storage = Reflect::get(&window().navigator(), &"storage".into()).ok()?;
        let ask: Function = Reflect::get(&storage, &method.into())
            .ok()?
            .dyn_into()
            .ok()?;
        let asked: Promise = ask.call0(&storage).ok()?.dyn_into().ok()?;
        JsFuture::from(asked).await.ok()?.as_bool()
    }
}
