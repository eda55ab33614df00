use std::{future::Future, time::Duration};

use domain::{given::Dice, ids::CommandId};
use js_sys::{JsString, Uint8Array};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use sync::{Query, ReadProblem};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, RequestRedirect, Response};

use super::{
    answer::{Answered, answered},
    line::{self, Line, heard},
    patience::Patience,
};

/// A question of a few bytes: longer than a weak line takes, shorter than a person waits.
const PROBE_PATIENCE: Duration = Duration::from_secs(8);

/// The status of an answer without a body.
pub(super) const NO_CONTENT: u16 = 204;

/// Asks the server. The future never leaves this thread: a browser has no other.
pub(super) fn ask<Q: Query>(
    county: String,
    query: Q,
) -> impl Future<Output = Result<Q::View, ReadProblem>> + Send {
    SendWrapper::new(async move {
        let body = ask_text(&county, &query.path()).await?;
        read::<Q>(&body)
    })
}

/// Reads an answer. A captive portal answers 200 with a page of its own: only the content tells.
pub(super) fn read<Q: Query>(body: &str) -> Result<Q::View, ReadProblem> {
    let view = serde_json::from_str(body).map_err(|_| ReadProblem::Unreachable);
    match view.is_ok() {
        true => line::answered(),
        false => heard(Line::Down),
    }
    view
}

/// The body of an answer, whatever it says. The main download carries this one, so it does no more.
pub(super) async fn ask_text(county: &str, path: &str) -> Result<String, ReadProblem> {
    let address = address(county, path);
    let answered = answered(&address, &RequestInit::new()).await;
    let Answered { response, text } = answered.ok_or(ReadProblem::Unreachable)?;
    said(&response, text)
}

/// As [`ask_text`], by a request that may end earlier; none where the server has nothing to say.
pub(super) async fn ask_news(
    request: &RequestInit,
    county: &str,
    path: &str,
) -> Result<Option<String>, ReadProblem> {
    let answered = answered(&address(county, path), request).await;
    let Answered { response, text } = answered.ok_or(ReadProblem::Unreachable)?;
    match response.status() {
        NO_CONTENT => Ok(None),
        _ => said(&response, text).map(Some),
    }
}

pub(super) fn address(county: &str, path: &str) -> String {
    format!("/api/v1/{county}/{path}")
}

pub(super) fn said(response: &Response, body: String) -> Result<String, ReadProblem> {
    match response.ok() {
        true => Ok(body),
        false => Err(serde_json::from_str(&body).unwrap_or(ReadProblem::Unreachable)),
    }
}

pub(super) async fn fetch(address: &str, request: &RequestInit) -> Option<Response> {
    let promise = window().fetch_with_str_and_init(address, request);
    let response = JsFuture::from(promise).await;
    if response.is_err() {
        heard(Line::Down);
    }
    response.ok()?.dyn_into().ok()
}

pub(super) async fn text(response: &Response) -> Option<String> {
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    text.dyn_into::<JsString>().ok().map(String::from)
}

/// Asks whether our server is there. Nothing that was sent depends on it.
pub(super) async fn probe() -> bool {
    // A portal answers too.
    let ours = word("/healthz").await.as_deref() == Some("ok");
    heard(if ours { Line::Up } else { Line::Down });
    ours
}

/// Asks whether our server can do its work.
pub(super) async fn is_ready() -> bool {
    word("/readyz").await.as_deref() == Some("ready")
}

/// What it says of itself.
async fn word(address: &str) -> Option<String> {
    let request = RequestInit::new();
    request.set_redirect(RequestRedirect::Manual);
    let over = Patience::new(PROBE_PATIENCE);
    if let Some(over) = &over {
        request.set_signal(Some(&over.signal()));
    }
    text(&fetch(address, &request).await?).await
}

/// The device's clock: shown, never counted from.
pub fn now() -> chrono::DateTime<chrono::Utc> {
    let milliseconds = js_sys::Date::now();
    chrono::DateTime::from_timestamp_millis(milliseconds as i64).unwrap_or_default()
}

/// Eight random bytes of the browser's cryptography.
pub fn random() -> [u8; 8] {
    let mut bytes = [0; 8];
    let array = Uint8Array::new_with_length(8);
    if let Ok(crypto) = window().crypto()
        && crypto.get_random_values_with_js_u8_array(&array).is_ok()
    {
        array.copy_to(&mut bytes);
    }
    bytes
}

/// What is decided on a device is thrown away: only the server's numbers and codes are handed out.
pub struct BrowserDice;

impl Dice for BrowserDice {
    fn roll(&mut self) -> u64 {
        u64::from_ne_bytes(random())
    }
}

/// A new command id (UUIDv7): the time in front, then randomness from the browser's cryptography.
pub fn fresh_id() -> Option<CommandId> {
    let mut bytes = [0_u8; 10];
    let array = Uint8Array::new_with_length(10);
    window()
        .crypto()
        .ok()?
        .get_random_values_with_js_u8_array(&array)
        .ok()?;
    array.copy_to(&mut bytes);
    let milliseconds = js_sys::Date::now() as u64;
    Some(CommandId(
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid(),
    ))
}

/// The build is the segment after `/pkg/` in the page's own style sheet.
pub(super) fn build_of_page() -> Option<String> {
    let sheet = document().query_selector("link[href^='/pkg/']").ok()??;
    sheet
        .get_attribute("href")?
        .split('/')
        .nth(2)
        .map(str::to_owned)
}
