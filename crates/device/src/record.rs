//! A record as it lies in the database: `{ head, sealed }`.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use crate::Trouble;

/// The part that can be read without opening, as JSON, and the sealed rest.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) head: String,
    pub(crate) sealed: Uint8Array,
}

impl Record {
    pub(crate) fn to_js(&self) -> JsValue {
        let object = Object::new();
        // Setting a property of a plain object does not fail.
        let _ = Reflect::set(&object, &"head".into(), &JsValue::from_str(&self.head));
        let _ = Reflect::set(&object, &"sealed".into(), &self.sealed);
        object.into()
    }

    pub(crate) fn of_js(value: &JsValue) -> Result<Self, Trouble> {
        let head = Reflect::get(value, &"head".into());
        let sealed = Reflect::get(value, &"sealed".into());
        match (
            head.ok().and_then(|head| head.as_string()),
            sealed.ok().and_then(|sealed| sealed.dyn_into().ok()),
        ) {
            (Some(head), Some(sealed)) => Ok(Self { head, sealed }),
            _ => Err(Trouble::Damaged),
        }
    }
}
