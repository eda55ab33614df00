use std::time::Duration;

use leptos::prelude::window;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{AbortController, AbortSignal};

/// Ends a request that takes too long.
pub(super) struct Patience {
    controller: AbortController,
    timer: i32,
    _end: Closure<dyn FnMut()>,
}

impl Patience {
    pub(super) fn new(patience: Duration) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let ended = controller.clone();
        let end = Closure::new(move || ended.abort());
        let milliseconds = i32::try_from(patience.as_millis()).unwrap_or(i32::MAX);
        let timer = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(
                end.as_ref().unchecked_ref(),
                milliseconds,
            )
            .ok()?;
        Some(Self {
            controller,
            timer,
            _end: end,
        })
    }

    pub(super) fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        window().clear_timeout_with_handle(self.timer);
    }
}
