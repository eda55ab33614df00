//! One tab sends at a time, where the browser knows locks. Where it does not, two tabs may send the
//! same item: it goes under one id and is one.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

const NAME: &str = "huiyin-outbox";

/// Given back when it is dropped.
pub struct Turn {
    release: Option<Function>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// This tab's turn; none while another has it.
pub async fn take() -> Option<Turn> {
    let Some(locks) = locks() else {
        return Some(Turn { release: None });
    };
    let release: Rc<RefCell<Option<Function>>> = Rc::default();
    let held = Promise::new(&mut |done, _| {
        release.replace(Some(done));
    });
    let mut granted = None;
    let asked = Promise::new(&mut |told, _| granted = Some(told));
    let granted: Function = granted?;
    let granted_too = granted.clone();
    let answer = Closure::once_into_js(move |lock: JsValue| {
        let _ = granted.call1(&JsValue::UNDEFINED, &JsValue::from_bool(!lock.is_null()));
        // The lock is held until what is returned here is done.
        match lock.is_null() {
            true => JsValue::UNDEFINED,
            false => held.into(),
        }
    });
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    let request: Function = Reflect::get(&locks, &"request".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let Ok(pending) = request.call3(&locks, &NAME.into(), &options, &answer) else {
        return Some(Turn { release: None });
    };
    // A document that is not fully active is refused, and then nobody tells.
    let refused = granted_too;
    wasm_bindgen_futures::spawn_local(async move {
        if JsFuture::from(Promise::resolve(&pending)).await.is_err() {
            let _ = refused.call1(&JsValue::UNDEFINED, &JsValue::FALSE);
        }
    });
    let is_ours = JsFuture::from(asked).await.ok()?.is_truthy();
    is_ours.then(|| Turn {
        release: release.take(),
    })
}

fn locks() -> Option<JsValue> {
    let navigator = window().navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then_some(locks)
}
