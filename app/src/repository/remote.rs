use std::future::Future;

use domain::{division::CountyCode, ids::CommandId};
use js_sys::{JsString, Uint8Array};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use sync::{Answer, AreaCommand, Envelope, Query, ReadProblem, Rejection};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

/// Asks the server. The future never leaves this thread: a browser has no other.
pub(super) fn ask<Q: Query>(
    county: String,
    query: Q,
) -> impl Future<Output = Result<Q::View, ReadProblem>> + Send {
    SendWrapper::new(async move {
        let address = format!("/api/v1/{county}/{}", query.path());
        let response = fetch(&address, &RequestInit::new())
            .await
            .ok_or(ReadProblem::Unreachable)?;
        let body = text(&response).await.ok_or(ReadProblem::Unreachable)?;
        if response.ok() {
            // A captive portal answers 200 with a page of its own: only the content tells.
            serde_json::from_str(&body).map_err(|_| ReadProblem::Unreachable)
        } else {
            Err(serde_json::from_str(&body).unwrap_or(ReadProblem::Unreachable))
        }
    })
}

/// Sends one command and waits for its answer. A lost answer is asked for again under the same id,
/// so the caller keeps `id` for its repeats.
pub async fn send<C: AreaCommand>(county: CountyCode, id: CommandId, command: C) -> Answer {
    let envelope = Envelope {
        id,
        county: county.clone(),
        area: C::AREA,
        device: None,
        // A citizen signs in nowhere: a code opens what it belongs to.
        sign_in: None,
        build: build_of_page().unwrap_or_default(),
        captured_at: now(),
        expected_version: None,
        command,
    };
    let later = Answer::TryLater { after_seconds: 5 };
    let Ok(body) = serde_json::to_string(&[envelope]) else {
        return Answer::Rejected {
            reason: Rejection::Unreadable {
                detail: String::new(),
            },
        };
    };
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&JsValue::from_str(&body));
    let headers = Headers::new().ok();
    if let Some(headers) = &headers {
        let _ = headers.set("content-type", "application/json");
        request.set_headers(headers);
    }
    let Some(response) = fetch(&format!("/api/v1/{county}/commands"), &request).await else {
        return later;
    };
    let Some(body) = text(&response).await else {
        return later;
    };
    let answers: Vec<Answer> = serde_json::from_str(&body).unwrap_or_default();
    answers.into_iter().next().unwrap_or(later)
}

async fn fetch(address: &str, request: &RequestInit) -> Option<Response> {
    let promise = window().fetch_with_str_and_init(address, request);
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn text(response: &Response) -> Option<String> {
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    text.dyn_into::<JsString>().ok().map(String::from)
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
fn build_of_page() -> Option<String> {
    let sheet = document().query_selector("link[href^='/pkg/']").ok()??;
    sheet
        .get_attribute("href")?
        .split('/')
        .nth(2)
        .map(str::to_owned)
}
