//! What changed of everything that was sent from a device, in one question
//! (`docs/decisions/0011-own-feed.md`). Posted, because codes never stand in an address; it changes nothing.

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{
        Path, State,
        rejection::{BytesRejection, PathRejection},
    },
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use domain::{actor::Holder, form::LookUpForm};
use schemars::SchemaGenerator;
use serde_json::{Value, json};
use store::StoreError;
use sync::{
    ReadProblem,
    view::{AskOwn, OwnChanges, OwnKey},
};
use tokio::time::{Instant, sleep_until};

use super::{
    AppState,
    commands::{too_much, unreadable},
    document::said,
    problem,
};
use crate::http::{
    opening::{LookedUp, WRONG_TAKES, looked_up},
    origin,
    reads::{failed, own_changes},
    resume::AnsweredFor,
};

/// Fifty keys and a cursor are a fifth of it.
const MOST_BYTES: usize = 16 * 1024;

/// What the keys of one question came to.
#[derive(Default)]
struct Tried {
    holders: Vec<Holder>,
    closed: Vec<usize>,
    later: Vec<usize>,
}

pub async fn changes(
    State(state): State<AppState>,
    county: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let ours = county.is_ok_and(|Path(county)| county == state.data.county.as_str());
    if !ours {
        return problem(&ReadProblem::NotFound);
    }
    let body = match body {
        Ok(body) if body.len() <= MOST_BYTES => body,
        _ => return too_much(format!("more than {MOST_BYTES} bytes")),
    };
    let asked: AskOwn = match serde_json::from_slice(&body) {
        Ok(asked) => asked,
        Err(error) => return unreadable(&error),
    };
    if asked.keys.len() > AskOwn::MOST_KEYS {
        return too_much(format!("more than {} keys", AskOwn::MOST_KEYS));
    }
    let tried = match tried(&state, asked.keys).await {
        Ok(tried) => tried,
        Err(error) => return problem(&failed(error)),
    };
    let since = asked.since.unwrap_or_default();
    let origin = origin::of(&state, &headers);
    match own_changes(&state.data, &origin, &tried.holders, &since).await {
        Ok(changes) => answer(changes, tried, since),
        Err(why) => problem(&why),
    }
}

/// One after the other, each as it is typed at `follow`: counted before it is looked at, given back when it was
/// right, and as slow when it was wrong. Many keys in one question are no faster way to guess.
async fn tried(state: &AppState, keys: Vec<OwnKey>) -> Result<Tried, StoreError> {
    let mut tried = Tried::default();
    for (place, OwnKey { code, pin }) in keys.into_iter().enumerate() {
        let phone = String::new();
        // A wrong check digit opens nothing and is no attempt.
        let Ok(look_up) = (LookUpForm { code, pin, phone }).parse() else {
            tried.closed.push(place);
            continue;
        };
        let begun = Instant::now();
        match looked_up(state, &look_up).await? {
            LookedUp::Found(found) => tried.holders.push(found.holder()),
            LookedUp::Slow => tried.later.push(place),
            LookedUp::Wrong => {
                sleep_until(begun + WRONG_TAKES).await;
                tried.closed.push(place);
            }
        }
    }
    Ok(tried)
}

fn answer(changes: Option<OwnChanges>, tried: Tried, since: String) -> Response {
    let Tried {
        holders,
        closed,
        later,
    } = tried;
    // Codes stand in no address: a key that was closed meanwhile gets no rest of what it had opened.
    let grants: Vec<_> = holders.iter().map(|holder| holder.grant).collect();
    let whom = AnsweredFor(format!("{grants:?} {closed:?} {later:?} {since}"));
    if changes.is_none() && closed.is_empty() && later.is_empty() {
        return StatusCode::NO_CONTENT.into_response();
    }
    let changes = changes.unwrap_or(OwnChanges {
        cursor: since,
        own: Vec::new(),
        closed: Vec::new(),
        later: Vec::new(),
    });
    let told = Json(OwnChanges {
        closed,
        later,
        ..changes
    });
    (Extension(whom), told).into_response()
}

/// What the document says of it.
pub fn described(
    asked: &Value,
    answers: &mut SchemaGenerator,
    answer: &Value,
    problem: &Value,
) -> Value {
    let changes = answers.subschema_for::<OwnChanges>().to_value();
    json!({ "post": {
        "operationId": "OwnChanges",
        "summary": "What changed of the registrations and matters that these codes open, since a cursor. It \
            changes nothing, and no cookie counts.",
        "security": [],
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": asked } },
        },
        "responses": {
            "200": said("What changed, and which keys open nothing.", &changes),
            "204": { "description": "Nothing of these changed. The cursor stays good." },
            "400": said("No such question in JSON.", answer),
            "403": { "description": "Posted by a page of another site." },
            "404": said("Another county's.", problem),
            "413": said("Too many keys, or too large.", answer),
            "500": said("The server failed; its log has the id.", problem),
        },
    } })
}
