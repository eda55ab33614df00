//! Screens as they were last seen, kept on the device: shown at once, and renewed behind.

use std::{cell::RefCell, collections::HashMap, future::Future};

use device::{Device, Shelf, Trouble};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use sync::{Query, ReadProblem};
use wasm_bindgen_futures::spawn_local;

use super::{outbox::driver, own, remote};

/// The record that says when everything public was fetched last.
const FETCHED: &str = "public";
const FETCH_AFTER_MS: f64 = 3_600_000.0;
const NOTICES_AHEAD: usize = 20;

thread_local! {
    /// Answers that have come and not been shown yet, by the question's path.
    static FRESH: RefCell<HashMap<String, String>> = RefCell::default();
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
            let fresh = remote::ask_text(&county, &path).await?;
            let view = remote::read::<Q>(&fresh)?;
            spawn_local(async move { keep(&path, &fresh).await });
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

/// Asks the server, and keeps the answer.
async fn renew<Q: Query>(county: &str, path: &str) -> Option<String> {
    let fresh = remote::ask_text(county, path).await.ok()?;
    remote::read::<Q>(&fresh).ok()?;
    keep(path, &fresh).await;
    Some(fresh)
}

/// Fetches what everybody may read, for a time without a network: the front page, the notices that are
/// open or to come, the public matters, and what a registration is filled in from. At most once an hour.
pub async fn fetch_public(county: String) {
    let Some(device) = device().await else { return };
    let now = js_sys::Date::now();
    let last = device.get(Shelf::Cursors, FETCHED).await.ok().flatten();
    let last = last.and_then(|last| last.parse::<f64>().ok());
    // A clock that was set back does not stop it for ever.
    if last.is_some_and(|last| (last..last + FETCH_AFTER_MS).contains(&now)) {
        return;
    }
    // Only what an answer is made of is looked at: the screens' types stay with the screens.
    if fetch(&county, "home").await.is_none() {
        return;
    }
    let notices = fetch(&county, "notices").await;
    for path in ["choices", "divisions", "matters"] {
        fetch(&county, path).await;
    }
    let upcoming = notices
        .as_ref()
        .and_then(|it| it.get("upcoming")?.as_array());
    for row in upcoming.into_iter().flatten().take(NOTICES_AHEAD) {
        if let Some(visit) = row.get("visit").and_then(|visit| visit.as_str()) {
            fetch(&county, &format!("notices/{visit}")).await;
        }
    }
    let _ = device.put(Shelf::Cursors, FETCHED, &now.to_string()).await;
}

async fn fetch(county: &str, path: &str) -> Option<serde_json::Value> {
    let fresh = remote::ask_text(county, path).await.ok()?;
    let value: serde_json::Value = serde_json::from_str(&fresh).ok()?;
    keep(path, &fresh).await;
    Some(value)
}

/// Keeps what the server wrote into its page.
pub fn keep_view<Q: Query>(query: &Q, view: &Q::View) {
    let path = query.path();
    if let Ok(json) = serde_json::to_string(view) {
        spawn_local(async move { keep(&path, &json).await });
    }
}

async fn known(path: &str) -> Option<String> {
    // A record that was tampered with opens no more: it is asked for anew.
    device().await?.get(Shelf::Views, path).await.ok()?
}

async fn keep(path: &str, json: &str) {
    let Some(device) = device().await else { return };
    if let Some(case) = path.strip_prefix("mine/cases/")
        && !own::knows(case).await
    {
        return;
    }
    if device.put(Shelf::Views, path, json).await == Err(Trouble::Full) {
        let _ = device.make_room().await;
    }
}

async fn device() -> Option<Device> {
    driver()?.device().await.ok()
}
