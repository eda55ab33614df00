//! Screens as they were last seen, kept on the device: shown at once, and renewed behind.

use std::{cell::RefCell, collections::HashMap, future::Future};

use device::{Device, Shelf, Trouble};
use js_sys::Promise;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use sync::{Query, ReadProblem};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use super::{outbox::driver, own, public, remote};

thread_local! {
    /// Answers that have come and not been shown yet, by the question's path.
    static FRESH: RefCell<HashMap<String, String>> = RefCell::default();
    /// What the device has for the first screen, by the question's path: read while its code is fetched.
    static AHEAD: RefCell<Option<(String, Promise)>> = RefCell::default();
    /// Paths of what was fetched last because it had changed: a screen that shows one shows it anew.
    static RENEWED: ArcRwSignal<Vec<String>> = ArcRwSignal::new(Vec::new());
}

/// Reads what the first screen will ask for.
pub fn read_ahead<Q: Query>(query: &Q) {
    let path = query.path();
    let asked = path.clone();
    let known = future_to_promise(async move {
        let known = known_now(&path).await;
        Ok(known.map_or(JsValue::NULL, JsValue::from))
    });
    AHEAD.set(Some((asked, known)));
}

/// What was fetched last because it had changed.
pub fn renewed() -> ArcReadSignal<Vec<String>> {
    RENEWED.with(|renewed| renewed.read_only())
}

pub(super) fn has_renewed(paths: Vec<String>) {
    if !paths.is_empty() {
        RENEWED.with(|renewed| renewed.set(paths));
    }
}

/// Answers from the device where it has something, and renews it behind: then `renewed` counts one up.
/// Otherwise asks the server.
pub fn ask<Q: Query>(
    county: String,
    query: Q,
    renewed: RwSignal<u32>,
) -> impl Future<Output = Result<Q::View, ReadProblem>> + Send {
    SendWrapper::new(async move {
        let path = query.path();
        if !Q::KEPT {
            return remote::ask(county, query).await;
        }
        let fresh = FRESH.with_borrow_mut(|fresh| fresh.remove(&path));
        if let Some(fresh) = fresh.and_then(|fresh| serde_json::from_str(&fresh).ok()) {
            return Ok(fresh);
        }
        let known = known(&path).await;
        // What an older build kept may not be readable: then it is as if there were nothing.
        let Some(known) = known.and_then(|known| serde_json::from_str(&known).ok()) else {
            let fresh = match remote::ask_text(&county, &path).await {
                Ok(fresh) => fresh,
                Err(problem) => return part::<Q>(&query).await.ok_or(problem),
            };
            let view = remote::read::<Q>(&fresh)?;
            spawn_local(async move {
                keep(&path, &fresh).await;
            });
            return Ok(view);
        };
        spawn_local(async move {
            if let Some(fresh) = renew::<Q>(&county, &path).await {
                FRESH.with_borrow_mut(|known| known.insert(path, fresh));
                // The screen may be gone.
                let _ = renewed.try_update(|count| *count += 1);
            }
        });
        Ok(known)
    })
}

/// An answer that is a part of those the device has.
async fn part<Q: Query>(query: &Q) -> Option<Q::View> {
    let part = query.part()?;
    let mut wholes = Vec::new();
    for path in part.of {
        wholes.push(known_now(path).await?);
    }
    (part.take)(&wholes)
}

/// Shows what the device has by now.
pub async fn show_anew(path: String, renewed: RwSignal<u32>) {
    if let Some(kept) = known(&path).await {
        FRESH.with_borrow_mut(|fresh| fresh.insert(path, kept));
        // The screen may be gone.
        let _ = renewed.try_update(|count| *count += 1);
    }
}

/// Asks the server, and keeps the answer.
async fn renew<Q: Query>(county: &str, path: &str) -> Option<String> {
    let fresh = remote::ask_text(county, path).await.ok()?;
    remote::read::<Q>(&fresh).ok()?;
    keep(path, &fresh).await;
    Some(fresh)
}

/// Keeps what the server wrote into its page.
pub fn keep_view<Q: Query>(query: &Q, view: &Q::View) {
    let path = query.path();
    if let Ok(json) = serde_json::to_string(view) {
        spawn_local(async move {
            keep(&path, &json).await;
        });
    }
}

async fn known(path: &str) -> Option<String> {
    let ahead = AHEAD.take().filter(|(asked, _)| asked == path);
    match ahead {
        Some((_, known)) => JsFuture::from(known).await.ok()?.as_string(),
        None => known_now(path).await,
    }
}

async fn known_now(path: &str) -> Option<String> {
    // A record that was tampered with opens no more: it is asked for anew.
    device().await?.get(Shelf::Views, path).await.ok()?
}

/// Whether it is kept.
pub(super) async fn keep(path: &str, json: &str) -> bool {
    let Some(device) = device().await else {
        return false;
    };
    if let Some(case) = path.strip_prefix("mine/cases/") {
        if !own::knows(case).await {
            return false;
        }
        // An answer that took long may come after a newer one.
        let known = device.get(Shelf::Views, path).await.ok().flatten();
        if own::is_older(json, known.as_deref()) {
            return true;
        }
    }
    if path == "divisions" {
        public::divisions_came(&device).await;
    }
    let kept = device.put(Shelf::Views, path, json).await;
    if kept == Err(Trouble::Full) {
        let _ = device.make_room().await;
    }
    kept.is_ok()
}

pub(super) async fn device() -> Option<Device> {
    driver()?.device().await.ok()
}
