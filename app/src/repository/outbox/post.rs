//! One request of the outbox, and what came of it.

use std::time::Duration;

use domain::ids::CommandId;
use serde_json::Value;
use sync::{Answer, outbox::Outcome};
use wasm_bindgen::JsValue;
use web_sys::{Headers, RequestInit, RequestRedirect, Response};

use crate::repository::{
    line::{Line, heard},
    patience::Patience,
    remote::{fetch, text},
};

/// Posts envelopes and waits as long as `patience`.
pub async fn post(
    county: &str,
    ids: &[CommandId],
    envelopes: &[String],
    patience: Duration,
) -> Outcome {
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&JsValue::from_str(&format!("[{}]", envelopes.join(","))));
    // A portal that wants to be signed in to sends somewhere else.
    request.set_redirect(RequestRedirect::Manual);
    if let Ok(headers) = Headers::new() {
        let _ = headers.set("content-type", "application/json");
        request.set_headers(&headers);
    }
    let over = Patience::new(patience);
    if let Some(over) = &over {
        request.set_signal(Some(&over.signal()));
    }
    let address = format!("/api/v1/{county}/commands");
    let Some(response) = fetch(&address, &request).await else {
        return Outcome::Nothing;
    };
    let Some(body) = text(&response).await else {
        return Outcome::Nothing;
    };
    outcome(&response, &body, ids)
}

fn outcome(response: &Response, body: &str, ids: &[CommandId]) -> Outcome {
    match response.status() {
        // A captive portal answers 200 with a page of its own: only the content tells.
        200 => match serde_json::from_str::<Vec<Value>>(body) {
            Ok(answers) if answers.len() == ids.len() => {
                heard(Line::Up);
                // What a newer server says, and this build does not know, is no answer yet: it is asked for again.
                let answers = answers.into_iter().map(serde_json::from_value::<Answer>);
                let answers = ids.iter().copied().zip(answers);
                Outcome::Answers(
                    answers
                        .filter_map(|(id, answer)| Some((id, answer.ok()?)))
                        .collect(),
                )
            }
            _ => {
                heard(Line::Down);
                Outcome::Nothing
            }
        },
        429 | 502 | 503 | 504 => Outcome::Busy {
            after_seconds: retry_after(response),
        },
        // A redirect that was not followed: a portal's.
        0 | 300..=399 => {
            heard(Line::Down);
            Outcome::Nothing
        }
        status => Outcome::Failed { status },
    }
}

pub(super) fn retry_after(response: &Response) -> Option<u32> {
    let header = response.headers().get("retry-after").ok()??;
    header.trim().parse().ok()
}
