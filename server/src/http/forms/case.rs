//! What a citizen does with a matter that is opened.

use axum::{
    body::Bytes,
    extract::{OriginalUri, Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::{
    actor::Actor,
    citizen::{CitizenCommand, SettlesAnswer},
    form::NoteForm,
    ids::{CaseId, CommandId},
};
use sync::Answer;
use uuid::Uuid;

use super::{Posted, base, see};
use crate::{
    clock,
    execute::{AnyCommand, Asked, execute},
    http::{AppState, reads::Viewer},
};

/// `POST …/mine/cases/{case}/{note|answer|acknowledge|settle|withdraw}`.
pub async fn act(
    State(state): State<AppState>,
    Path(path): Path<std::collections::HashMap<String, String>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let base = base(uri.path(), state.data.county.as_str());
    let posted = Posted::read(&body);
    let Some(case) = path.get("case").and_then(|id| id.parse::<CaseId>().ok()) else {
        return see(&format!("{base}/mine"));
    };
    let act = path.get("act").map_or("", String::as_str);
    let page = format!("{base}/mine/cases/{case}");
    let Some(command) = command(act, case, &posted) else {
        return see(&format!("{page}?problem={act}"));
    };
    let done = carry_out(&state, &headers, &posted, command).await;
    see(&format!(
        "{page}?{}={act}",
        if done { "done" } else { "problem" }
    ))
}

/// `POST …/mine/cancel`: only the registrant cancels.
pub async fn cancel_registration(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let base = base(uri.path(), state.data.county.as_str());
    let posted = Posted::read(&body);
    let done = match posted.one("registration").parse() {
        Ok(registration) => {
            carry_out(
                &state,
                &headers,
                &posted,
                CitizenCommand::CancelRegistration { registration },
            )
            .await
        }
        Err(_) => false,
    };
    see(&format!(
        "{base}/mine?{}=cancel",
        if done { "done" } else { "problem" }
    ))
}

fn command(act: &str, case: CaseId, posted: &Posted) -> Option<CitizenCommand> {
    let text = || {
        NoteForm {
            text: posted.one("text").to_owned(),
        }
        .parse()
        .ok()
    };
    Some(match act {
        "note" => CitizenCommand::AddNote {
            case,
            text: text()?,
        },
        "answer" => CitizenCommand::AnswerQuestion {
            case,
            question: posted.one("question").parse().ok()?,
            text: text()?,
        },
        "acknowledge" => CitizenCommand::AcknowledgeReply {
            case,
            reply: posted.one("reply").parse().ok()?,
        },
        "settle" => CitizenCommand::AnswerIssue {
            case,
            issue: posted.one("issue").parse().ok()?,
            answer: match posted.one("settled") {
                "yes" => SettlesAnswer::Settled,
                "no" => SettlesAnswer::NotSettled,
                _ => return None,
            },
        },
        "withdraw" => CitizenCommand::WithdrawCase { case },
        _ => return None,
    })
}

async fn carry_out(
    state: &AppState,
    headers: &HeaderMap,
    posted: &Posted,
    command: CitizenCommand,
) -> bool {
    let now = clock::now();
    let Ok((holder, _)) = Viewer::of(headers).opened(&state.data, now).await else {
        return false;
    };
    // The page carries the id of its next act; without one every post is an act of its own.
    let id = Uuid::parse_str(posted.one("id")).unwrap_or_else(|_| Uuid::now_v7());
    let asked = Asked {
        actor: Actor::Holder(holder),
        id: CommandId(id),
        command: AnyCommand::Citizen(command),
        captured_at: now,
        received_at: now,
        expected_version: None,
    };
    matches!(
        execute(&state.data.store, state.data.county, &asked).await,
        Answer::Received { .. }
    )
}
