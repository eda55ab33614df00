//! The wizard: a draft begun by a POST, a step a page, then one command, however often it is sent.

use axum::{
    body::Bytes,
    extract::{OriginalUri, State},
    http::HeaderMap,
    response::Response,
};
use domain::{
    actor::Actor,
    citizen::CitizenCommand,
    form::{RegisterForm, Step},
    ids::CommandId,
};
use serde_json::Value;
use store::StoreError;
use sync::{Answer, Rejection};
use uuid::Uuid;

use super::{Posted, base, see, with_cookie};
use crate::{
    clock,
    execute::{AnyCommand, Asked, execute},
    http::{
        AppState, cookies,
        reads::{KeptDraft, Viewer, after, failed},
    },
};

/// A draft that is not sent goes after a day: it may be on a phone that is not one's own.
const DRAFT_SECONDS: u32 = 24 * 3600;
/// The slip stays open for a while after sending.
const READING_SECONDS: u32 = 30 * 60;

/// Begins a draft. Its id is a secret; the command it becomes has another, which officials will see.
pub async fn start(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    body: Bytes,
) -> Response {
    let posted = Posted::read(&body);
    let draft = KeptDraft {
        command: CommandId(Uuid::now_v7()),
        sent: false,
        visit: posted.one("visit").parse().ok(),
        form: RegisterForm::default(),
        seen: Vec::new(),
        refused: None,
    };
    let id = Uuid::new_v4();
    let base = base(uri.path(), state.data.county.as_str());
    match keep(&state, id, &draft).await {
        Ok(()) => {
            let page = see(&format!("{base}/register/{}", wire(Step::Who)));
            with_cookie(
                page,
                cookies::secret(cookies::DRAFT, &id.to_string(), DRAFT_SECONDS),
            )
        }
        Err(error) => not_received(&base, error),
    }
}

/// Keeps one step's fields and goes on, or stays where something is to be put right.
pub async fn step(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let base = base(uri.path(), state.data.county.as_str());
    let posted = Posted::read(&body);
    let Some((id, mut draft)) = open(&state, &headers).await else {
        return see(&format!("{base}/register"));
    };
    let Some(step) = Step::ALL
        .into_iter()
        .find(|step| wire(*step) == posted.one("step"))
    else {
        return see(&format!("{base}/register"));
    };
    draft.form = merged(&draft.form, step, &posted);
    draft.refused = None;
    if !draft.seen.contains(&step) {
        draft.seen.push(step);
    }
    if let Err(error) = keep(&state, id, &draft).await {
        return not_received(&base, error);
    }
    let whole = draft.form.parse_step(step).is_ok();
    match (whole, posted.one("check")) {
        (false, _) => see(&format!("{base}/register/{}?again=1", wire(step))),
        (true, "1") => see(&format!("{base}/register/{}", wire(Step::Check))),
        (true, _) => see(&format!("{base}/register/{}", wire(following(step)))),
    }
}

/// Sends the draft. The same draft sent twice is one registration.
pub async fn send(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let base = base(uri.path(), state.data.county.as_str());
    let Some((id, mut draft)) = open(&state, &headers).await else {
        return see(&format!("{base}/register"));
    };
    if draft.sent {
        return reopen(&state, &base, &draft).await;
    }
    if Posted::read(&body).one("ordinary") == "1" {
        draft.visit = None;
    }
    let Ok(filing) = draft.form.parse() else {
        return see(&format!("{base}/register/{}?again=1", wire(Step::Check)));
    };
    let filing = Box::new(filing);
    let command = match draft.visit {
        Some(visit) => CitizenCommand::Register { visit, filing },
        None => CitizenCommand::File { filing },
    };
    let now = clock::now();
    let asked = Asked {
        actor: Actor::Anyone,
        id: draft.command,
        command: AnyCommand::Citizen(command),
        captured_at: now,
        received_at: now,
        expected_version: None,
    };
    match execute(&state.data.store, state.data.county, &asked).await {
        Answer::Received { .. } => {
            // What was typed is the server's now; it does not stay with the device.
            let sent = KeptDraft {
                sent: true,
                form: RegisterForm::default(),
                seen: Vec::new(),
                refused: None,
                ..draft
            };
            match keep(&state, id, &sent).await {
                Ok(()) => reopen(&state, &base, &sent).await,
                Err(error) => not_received(&base, error),
            }
        }
        Answer::Rejected {
            reason: Rejection::Refused { refusal },
        } => {
            draft.refused = Some(refusal);
            match keep(&state, id, &draft).await {
                Ok(()) => see(&format!("{base}/register/{}?again=1", wire(Step::Check))),
                Err(error) => not_received(&base, error),
            }
        }
        Answer::Rejected { .. } => see(&format!("{base}/follow")),
        Answer::Conflict { .. } | Answer::TryLater { .. } => see(&format!(
            "{base}/register/{}?again=later",
            wire(Step::Check)
        )),
    }
}

/// Opens the slip for half an hour.
async fn reopen(state: &AppState, base: &str, draft: &KeptDraft) -> Response {
    match reading_session(state, draft).await {
        Ok(Some(token)) => {
            let page = see(&format!("{base}/mine?sent=1"));
            with_cookie(
                page,
                cookies::secret(cookies::READING, &token, READING_SECONDS),
            )
        }
        Ok(None) => see(&format!("{base}/follow")),
        Err(error) => not_received(base, error),
    }
}

async fn reading_session(
    state: &AppState,
    draft: &KeptDraft,
) -> Result<Option<String>, StoreError> {
    let opened = match draft.visit {
        Some(_) => {
            domain::actor::Opened::Registration(domain::ids::RegistrationId(draft.command.0))
        }
        None => domain::actor::Opened::Case(domain::ids::CaseId(draft.command.0)),
    };
    let grant = state
        .data
        .store
        .read()
        .await?
        .grant_of(state.data.county, opened)
        .await?;
    let Some((grant, _)) = grant else {
        return Ok(None);
    };
    let aggregate = super::follow::aggregate(state.data.county, opened);
    let now = clock::now().into();
    let token = state
        .data
        .store
        .open_reading_session(&aggregate, grant.id.0, now)
        .await?;
    Ok(Some(token.expose()))
}

async fn open(state: &AppState, headers: &HeaderMap) -> Option<(Uuid, KeptDraft)> {
    let viewer = Viewer::of(headers);
    KeptDraft::of(&viewer, &state.data, clock::now())
        .await
        .ok()
        .flatten()
}

async fn keep(state: &AppState, id: Uuid, draft: &KeptDraft) -> Result<(), StoreError> {
    let now = clock::now();
    let json = serde_json::to_vec(draft).map_err(|error| StoreError::Corrupt {
        what: error.to_string(),
    })?;
    let seconds = if draft.sent {
        READING_SECONDS
    } else {
        DRAFT_SECONDS
    };
    let until = after(now, u64::from(seconds));
    state
        .data
        .store
        .save_draft(state.data.county, id, &json, now.into(), until)
        .await
}

/// The draft with this step's fields as posted; a box that was not ticked is not sent at all.
fn merged(form: &RegisterForm, step: Step, posted: &Posted) -> RegisterForm {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(form) else {
        return form.clone();
    };
    for name in step.fields() {
        let many = fields.get(*name).is_some_and(Value::is_array);
        let value = if many {
            posted.all(name).into()
        } else {
            posted.one(name).into()
        };
        fields.insert((*name).to_owned(), value);
    }
    serde_json::from_value(Value::Object(fields)).unwrap_or_else(|_| form.clone())
}

fn following(step: Step) -> Step {
    let mut after = Step::ALL
        .into_iter()
        .skip_while(|known| *known != step)
        .skip(1);
    after.next().unwrap_or(Step::Check)
}

/// A step's name in addresses.
fn wire(step: Step) -> String {
    serde_json::to_value(step)
        .ok()
        .and_then(|name| name.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Nothing was stored; what was typed before is still in the draft.
fn not_received(base: &str, error: StoreError) -> Response {
    failed(error);
    see(&format!("{base}/register?later=1"))
}
