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
    refusal::Refusal,
};
use sync::{Answer, Rejection, view};
use uuid::Uuid;

use super::{Posted, base, see, typed, with_cookie};
use crate::{
    clock,
    execute::{AnyCommand, Asked, execute},
    http::{AppState, cookies, reads::Viewer},
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
    let refused = match command(act, case, &posted) {
        Some(command) => match carry_out(&state, &headers, &posted, command).await {
            Ok(()) => {
                let page = see(&format!("{page}?done={act}"));
                return with_cookie(page, cookies::gone(cookies::TYPED));
            }
            Err(refused) => refused,
        },
        // Something is to be put right in what was typed, and the page says what.
        None => None,
    };
    let typed = view::Typed {
        act: act.to_owned(),
        case: Some(case),
        text: text_of(act, &posted).to_owned(),
        access: None,
        refused,
    };
    typed::keep(&state, &typed, see(&format!("{page}?problem={act}"))).await
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
            let command = CitizenCommand::CancelRegistration { registration };
            carry_out(&state, &headers, &posted, command).await.is_ok()
        }
        Err(_) => false,
    };
    see(&format!(
        "{base}/mine?{}=cancel",
        if done { "done" } else { "problem" }
    ))
}

/// The words of an act that has some.
fn text_of<'p>(act: &str, posted: &'p Posted) -> &'p str {
    match act {
        "note" | "answer" => posted.one(act),
        _ => "",
    }
}

fn command(act: &str, case: CaseId, posted: &Posted) -> Option<CitizenCommand> {
    let text = || {
        NoteForm {
            text: text_of(act, posted).to_owned(),
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

/// Carried out, or why not; nothing to say where it was not received at all.
pub(super) async fn carry_out(
    state: &AppState,
    headers: &HeaderMap,
    posted: &Posted,
    command: CitizenCommand,
) -> Result<(), Option<Refusal>> {
    let now = clock::now();
    let (holder, _) = Viewer::of(headers)
        .opened(&state.data, now)
        .await
        .map_err(|_| None)?;
    // The page carries the id of its next act; without one every post is an act of its own.
    let id = Uuid::parse_str(posted.one("id")).unwrap_or_else(|_| Uuid::now_v7());
    let asked = Asked::at(
        Actor::Holder(holder),
        CommandId(id),
        AnyCommand::Citizen(command),
        now,
    );
    match execute(&state.data.store, state.data.county, &asked).await {
        Answer::Received { .. } => Ok(()),
        Answer::Rejected {
            reason: Rejection::Refused { refusal },
        } => Err(Some(refusal)),
        _ => Err(None),
    }
}
