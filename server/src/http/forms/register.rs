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

/// Begins a draft.
pub async fn start(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    body: Bytes,
) -> Response {
    let base = base(uri.path(), state.data.county.as_str());
    let (id, draft) = fresh(&Posted::read(&body));
    match keep(&state, id, &draft).await {
        Ok(()) => begun(id, see(&step_address(&base, Step::Who))),
        Err(error) => not_received(&base, error),
    }
}

/// A draft's id is a secret; the command it becomes has another, which officials will see.
fn fresh(posted: &Posted) -> (Uuid, KeptDraft) {
    let draft = KeptDraft {
        command: CommandId(Uuid::now_v7()),
        sent: false,
        visit: posted.one("visit").parse().ok(),
        form: RegisterForm {
            kind: posted.one("kind").to_owned(),
            subject: posted.one("subject").to_owned(),
            ..RegisterForm::default()
        },
        seen: Vec::new(),
        refused: None,
    };
    (Uuid::new_v4(), draft)
}

fn begun(id: Uuid, page: Response) -> Response {
    with_cookie(
        page,
        cookies::secret(cookies::DRAFT, &id.to_string(), DRAFT_SECONDS),
    )
}

/// Keeps one step's fields and goes on, or stays where something is to be put right. Where the draft
/// has expired, or was sent, a new one begins with what this page says.
pub async fn step(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let base = base(uri.path(), state.data.county.as_str());
    let posted = Posted::read(&body);
    let Some(step) = Step::named(posted.one("step")) else {
        return see(&format!("{base}/register"));
    };
    let open = open(&state, &headers)
        .await
        .filter(|(_, draft)| !draft.sent);
    let restarted = open.is_none();
    let (id, mut draft) = open.unwrap_or_else(|| fresh(&posted));
    // Photos are kept on a device that has scripts; what only names them would be waited for without end.
    draft.form = draft.form.with_step(step, |name| match name {
        "images" | "recording" => Vec::new(),
        name => posted.all(name),
    });
    draft.refused = None;
    if !draft.seen.contains(&step) {
        draft.seen.push(step);
    }
    if let Err(error) = keep(&state, id, &draft).await {
        return not_received(&base, error);
    }
    if draft.form.parse_step(step).is_err() {
        let page = see(&format!("{}?again=1", step_address(&base, step)));
        return begun(id, page);
    }
    if restarted && step != Step::Who {
        let page = see(&format!("{}?restarted=1", step_address(&base, Step::Who)));
        return begun(id, page);
    }
    begun(id, see(&step_address(&base, step.next(&draft.seen))))
}

fn step_address(base: &str, step: Step) -> String {
    format!("{base}/register/{}", step.name())
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
        // The page says that there is no draft, and what can be done.
        return see(&step_address(&base, Step::Check));
    };
    if draft.sent {
        return reopen(&state, &base, &draft).await;
    }
    if Posted::read(&body).one("ordinary") == "1" {
        draft.visit = None;
    }
    let Ok(filing) = draft.form.parse() else {
        return see(&format!("{}?again=1", step_address(&base, Step::Check)));
    };
    let filing = Box::new(filing);
    let command = match draft.visit {
        Some(visit) => CitizenCommand::Register { visit, filing },
        None => CitizenCommand::File { filing },
    };
    let now = clock::now();
    let asked = Asked::at(
        Actor::Anyone,
        draft.command,
        AnyCommand::Citizen(command),
        now,
    );
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
                Ok(()) => see(&format!("{}?again=1", step_address(&base, Step::Check))),
                Err(error) => not_received(&base, error),
            }
        }
        Answer::Rejected { .. } => see(&format!("{base}/follow?problem=sent")),
        // The last comes of letters only.
        Answer::Conflict { .. } | Answer::TryLater { .. } | Answer::Delivered => {
            see(&format!("{}?again=later", step_address(&base, Step::Check)))
        }
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
    let grants = state
        .data
        .store
        .read()
        .await?
        .grants_of(state.data.county, opened)
        .await?;
    let Some(grants) = grants else {
        return Ok(None);
    };
    let aggregate = super::follow::aggregate(state.data.county, opened);
    let now = clock::now().into();
    let token = state
        .data
        .store
        .open_reading_session(&aggregate, grants.petitioner.id.0, now)
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

/// Nothing was stored; what was typed before is still in the draft.
fn not_received(base: &str, error: StoreError) -> Response {
    failed(error);
    see(&format!("{base}/register?later=1"))
}
