//! What changed of everything that was sent from this device, in one question: the answer waits here before
//! it is looked for. Only of what is open: a locked space's codes cannot be read.

use std::{cell::Cell, rc::Rc, time::Duration};

use device::{Device, Shelf};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sync::{
    ReadProblem,
    view::{AskOwn, OwnKey},
};
use wasm_bindgen::JsValue;
use web_sys::{Headers, RequestInit, VisibilityState};

use super::{Own, all, close, device, is_gone, keep_seen};
use crate::repository::{
    line::saves_data,
    outbox::bell::Bell,
    patience::Patience,
    remote::{ask_news, random},
    seen::{has_renewed, keep},
};

/// How far the changes are known. Among the screens of one's own: it is whose they are, and goes with them when
/// room is needed.
const LAST: &str = "mine/feed";
/// As often as what everybody may read, at most; sooner when there may be news.
const LOOK_AFTER_MS: f64 = 3_600_000.0;
/// After this all is asked for: counted days grow old without a change.
const WHOLE_AFTER_MS: f64 = 86_400_000.0;
/// After a question that was not answered.
const AGAIN_MS: i32 = 60_000;
/// Phones that are told at once, or are back at once, do not all ask at once.
const SPREAD_MS: u32 = 2000;
const PATIENCE: Duration = Duration::from_secs(30);

thread_local! {
    static BELL: Rc<Bell> = Rc::default();
    /// Since when there may be news, by the device's clock.
    static NEWS_SINCE: Cell<Option<f64>> = const { Cell::new(None) };
}

/// The last answer.
#[derive(Default, Serialize, Deserialize)]
struct Last {
    cursor: String,
    /// What was asked for.
    own: Vec<String>,
    /// When, by the device's clock.
    looked: f64,
    /// When all of it was told.
    whole: f64,
}

/// There may be news: the network is back, or the server says that something has changed.
pub(in crate::repository) fn ask_again() {
    NEWS_SINCE.with(|since| since.set(Some(js_sys::Date::now())));
    look();
}

/// Something here is other than it was: what is kept, whose turn it is, or that somebody looks.
pub(in crate::repository) fn look() {
    BELL.with(|bell| bell.ring());
}

/// As long as this page lasts. Not where the person saves data.
pub(in crate::repository) async fn keep_up(county: String) {
    if saves_data() || county.is_empty() {
        return;
    }
    let seen = window_event_listener(leptos::ev::visibilitychange, |_| look());
    // It lasts as long as the page.
    std::mem::forget(seen);
    let bell = BELL.with(Rc::clone);
    loop {
        let pause = match bring_up_to_date(&county).await {
            Ok(()) => LOOK_AFTER_MS as i32,
            Err(_) => AGAIN_MS,
        };
        bell.wait(pause).await;
    }
}

/// Nothing is known of changes any more: what is here next is asked for whole.
pub(super) async fn forget(device: &Device) {
    let _ = device.remove(Shelf::Views, LAST).await;
}

async fn bring_up_to_date(county: &str) -> Result<(), ReadProblem> {
    let visible = document().visibility_state() == VisibilityState::Visible;
    if !visible || !window().navigator().on_line() {
        return Ok(());
    }
    let Some(device) = device().await else {
        return Ok(());
    };
    if !is_due(&device).await {
        return Ok(());
    }
    if NEWS_SINCE.with(Cell::get).is_some() {
        let [first, second, ..] = random();
        TimeoutFuture::new(u32::from(u16::from_be_bytes([first, second])) % SPREAD_MS).await;
        // Another tab may have asked meanwhile.
        if !is_due(&device).await {
            return Ok(());
        }
    }
    ask(&device, county).await
}

async fn is_due(device: &Device) -> bool {
    let asked = to_ask_for().await;
    let last = last(device).await;
    let news = NEWS_SINCE.with(Cell::get);
    let ids = asked.iter().map(|own| &own.id);
    !asked.is_empty()
        && (!ids.eq(&last.own)
            || !is_younger(last.looked, LOOK_AFTER_MS)
            || news.is_some_and(|since| since >= last.looked))
}

/// What this device has a code for that opens something, newest first.
async fn to_ask_for() -> Vec<Own> {
    let all = all().await.into_iter();
    let with_code = all.filter(|own| !own.closed && !own.pin.is_empty());
    with_code.take(AskOwn::MOST_KEYS).collect()
}

async fn ask(device: &Device, county: &str) -> Result<(), ReadProblem> {
    let begun = js_sys::Date::now();
    let space = device.open_space();
    let asked = to_ask_for().await;
    let mut last = last(device).await;
    let ids: Vec<String> = asked.iter().map(|own| own.id.clone()).collect();
    let goes_on = ids == last.own && is_younger(last.whole, WHOLE_AFTER_MS);
    let told = post(county, asked, goes_on.then(|| last.cursor.clone())).await?;
    if device.open_space() != space {
        // Another's turn: what was told is not theirs.
        return Err(ReadProblem::Unreachable);
    }
    // What was asked for too often is asked for again, and soon.
    let later = told.as_ref().and_then(|told| told.get("later")?.as_array());
    let waits = later.is_some_and(|later| !later.is_empty());
    if !waits {
        last.looked = begun;
    }
    last.own = ids;
    if let Some(told) = told {
        keep_told(device, &told).await?;
        let closed = told.get("closed").and_then(Value::as_array);
        let closed = closed.into_iter().flatten().filter_map(Value::as_u64);
        // From the last on: the places before it stay.
        let mut closed: Vec<usize> = closed.filter_map(|it| it.try_into().ok()).collect();
        closed.sort_unstable();
        for place in closed.into_iter().rev() {
            if place < last.own.len() {
                close(device, &last.own.remove(place)).await;
            }
        }
        let cursor = told.get("cursor").and_then(Value::as_str);
        last.cursor = cursor.ok_or(ReadProblem::Unreachable)?.to_owned();
        if !goes_on {
            last.whole = begun;
        }
    }
    let json = serde_json::to_string(&last).unwrap_or_default();
    let noted = device.put(Shelf::Views, LAST, &json).await;
    if waits {
        return Err(ReadProblem::Unreachable);
    }
    if last.own.iter().any(|id| is_gone(id)) {
        forget(device).await;
    }
    noted.map_err(|_| ReadProblem::Unreachable)
}

/// None where nothing changed.
async fn post(
    county: &str,
    asked: Vec<Own>,
    since: Option<String>,
) -> Result<Option<Value>, ReadProblem> {
    let keys = asked.into_iter();
    let keys = keys.map(|Own { code, pin, .. }| OwnKey { code, pin });
    let asked = AskOwn {
        since,
        keys: keys.collect(),
    };
    let body = serde_json::to_string(&asked).map_err(|_| ReadProblem::Unreachable)?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&JsValue::from_str(&body));
    if let Ok(headers) = Headers::new() {
        let _ = headers.set("content-type", "application/json");
        request.set_headers(&headers);
    }
    let over = Patience::new(PATIENCE);
    if let Some(over) = &over {
        request.set_signal(Some(&over.signal()));
    }
    match ask_news(&request, county, "own").await? {
        // A portal answers too, with a page of its own.
        Some(told) => serde_json::from_str(&told).map_err(|_| ReadProblem::Unreachable),
        None => Ok(None),
    }
}

/// Keeps the screens of what changed, as they would be kept when they are opened. On a full phone nothing is
/// noted as known, so that it is told again.
async fn keep_told(device: &Device, told: &Value) -> Result<(), ReadProblem> {
    let mut renewed = Vec::new();
    for told in told
        .get("own")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let id = told.get("id").and_then(Value::as_str).unwrap_or_default();
        let mine = told.get("mine").unwrap_or(&Value::Null);
        if !keep_seen(device, id, mine).await {
            return Err(ReadProblem::Unreachable);
        }
        renewed.push("mine".to_owned());
        let cases = told.get("cases").and_then(Value::as_array);
        for case in cases.into_iter().flatten() {
            let case_id = case.get("case").and_then(Value::as_str);
            let path = format!("mine/cases/{}", case_id.unwrap_or_default());
            let kept = keep(&path, &case.to_string()).await;
            if is_gone(id) {
                let _ = device.remove(Shelf::Views, &path).await;
            }
            if !kept {
                return Err(ReadProblem::Unreachable);
            }
            renewed.push(path);
        }
    }
    has_renewed(renewed);
    Ok(())
}

async fn last(device: &Device) -> Last {
    let last = device.get(Shelf::Views, LAST).await.ok().flatten();
    let last = last.and_then(|last| serde_json::from_str(&last).ok());
    last.unwrap_or_default()
}

/// A clock that was set back does not stop it for ever.
fn is_younger(at: f64, than_ms: f64) -> bool {
    (at..at + than_ms).contains(&js_sys::Date::now())
}
