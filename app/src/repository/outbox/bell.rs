use std::cell::RefCell;

use js_sys::{Function, Promise};
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A wait that ends when its time is over or when somebody rings.
#[derive(Debug, Default)]
pub struct Bell {
    waiting: RefCell<Option<Function>>,
    /// It was rung while nobody waited.
    rung: RefCell<bool>,
}

impl Bell {
    pub fn ring(&self) {
        match self.waiting.take() {
            Some(done) => {
                let _ = done.call0(&JsValue::UNDEFINED);
            }
            None => {
                self.rung.replace(true);
            }
        }
    }

    /// `milliseconds` at most.
    pub async fn wait(&self, milliseconds: i32) {
        if self.rung.take() {
            return;
        }
        let over = Promise::new(&mut |done, _| {
            // Without a clock there is no pause.
            let set =
                window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds);
            if set.is_err() {
                let _ = done.call0(&JsValue::UNDEFINED);
            }
            self.waiting.replace(Some(done));
        });
        let _ = JsFuture::from(over).await;
        self.waiting.take();
    }
}
