//! Commands, in batches: what a phone's outbox and the screens send.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Holder},
    ids::{CommandId, DeviceId},
    refusal::Refusal,
};
use serde::de::DeserializeOwned;
use sync::{Answer, Area, Earlier, Envelope, ReadProblem, Rejection, view::TabletStanding};

use super::{AppState, problem};
mod letters;

use crate::{
    clock,
    execute::{AnyCommand, Asked, execute},
    http::{
        reads::{Viewer, failed},
        tablets,
    },
};

/// Commands in one request at most: what an outbox sends.
pub const BATCH: usize = sync::outbox::MOST_ITEMS;

/// Each envelope has its own answer: a bad one blocks no other.
pub async fn commands(
    State(state): State<AppState>,
    county: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let ours = county.is_ok_and(|Path(county)| county == state.data.county.as_str());
    if !ours {
        return problem(&ReadProblem::NotFound);
    }
    let envelopes: Vec<serde_json::Value> = match serde_json::from_slice(&body) {
        Ok(envelopes) => envelopes,
        Err(error) => return unreadable(&error),
    };
    if envelopes.len() > BATCH {
        return too_much(format!("more than {BATCH} commands"));
    }
    let viewer = Viewer::of(&headers);
    let mut answers = Vec::with_capacity(envelopes.len());
    for envelope in envelopes {
        answers.push(one(&state, &viewer, envelope).await);
    }
    Json(answers).into_response()
}

async fn one(state: &AppState, viewer: &Viewer, posted: serde_json::Value) -> Answer {
    if posted.get("letter").is_some() {
        return match serde_json::from_value(posted) {
            Ok(letter) => letters::one(state, &letter).await,
            Err(error) => answer_unreadable(place_of(&error)),
        };
    }
    let envelope = match serde_json::from_value(posted) {
        Ok(envelope) => envelope,
        Err(error) => return answer_unreadable(place_of(&error)),
    };
    carried_out(state, Sender::Viewer(viewer), envelope).await
}

/// Who sends.
enum Sender<'a> {
    /// As far as the cookies tell.
    Viewer(&'a Viewer),
    /// Of a letter: whoever the code inside it makes of them. Only what citizens ask for comes in one.
    Letter(Option<Holder>),
}

async fn carried_out(
    state: &AppState,
    sender: Sender<'_>,
    envelope: Envelope<serde_json::Value>,
) -> Answer {
    if envelope.county.as_str() != state.data.county.as_str() {
        return answer_unreadable("county".to_owned());
    }
    let now = clock::now();
    if let Some(device) = envelope.device
        && let Err(answer) = not_lost(state, device, now).await
    {
        return answer;
    }
    // One that cannot be read now could not be carried out either.
    let earlier = envelope.replaces.into_iter().take(Earlier::MOST);
    let replaces = earlier
        .filter_map(|it| Some((it.id, of_area(envelope.area, it.command).ok()?)))
        .collect();
    let command = match of_area(envelope.area, envelope.command) {
        Ok(command) => command,
        Err(answer) => return answer,
    };
    let actor = match (envelope.area, sender) {
        (Area::Citizen, Sender::Letter(Some(holder))) => Actor::Holder(holder),
        (Area::Citizen, Sender::Letter(None)) if !needs_a_code(&command) => Actor::Anyone,
        (_, Sender::Letter(_)) => return not_opened(&ReadProblem::NotOpened),
        (Area::Citizen, Sender::Viewer(viewer)) => match viewer.opened(&state.data, now).await {
            Ok((holder, _)) => Actor::Holder(holder),
            Err(problem) if needs_a_code(&command) => return not_opened(&problem),
            Err(_) => Actor::Anyone,
        },
        (_, Sender::Viewer(viewer)) => match viewer.official(&state.data, now).await {
            Ok(official) => Actor::Official(official),
            Err(ReadProblem::NotOpened) => {
                return Answer::Rejected {
                    reason: Rejection::SignInNeeded,
                };
            }
            // The cause is in the log; nothing was received.
            Err(_) => return Answer::TryLater { after_seconds: 5 },
        },
    };
    let id: CommandId = envelope.id;
    let asked = Asked {
        actor,
        id,
        command,
        sign_in: envelope.sign_in,
        device: envelope.device,
        captured_at: envelope.captured_at,
        received_at: now,
        expected_version: envelope.expected_version,
        replaces,
    };
    let answer = execute(&state.data.store, state.data.county, &asked).await;
    match is_of_another_code(&asked, &answer) {
        true => not_opened(&ReadProblem::NotOpened),
        false => answer,
    }
}

/// Whether what it is about was not found because another code is open: it goes once its own is.
fn is_of_another_code(asked: &Asked, answer: &Answer) -> bool {
    let not_found = Answer::Rejected {
        reason: Rejection::Refused {
            refusal: Refusal::NotFound,
        },
    };
    let (Actor::Holder(holder), AnyCommand::Citizen(command)) = (&asked.actor, &asked.command)
    else {
        return false;
    };
    command.about().is_some_and(|about| about != holder.opens) && *answer == not_found
}

/// A tablet that was said to be lost sends nothing more; a device that was never registered is any phone.
async fn not_lost(state: &AppState, device: DeviceId, now: DateTime<Utc>) -> Result<(), Answer> {
    match tablets::contact(&state.data, device, now).await {
        Ok(Some(TabletStanding { lost: true })) => Err(Answer::Rejected {
            reason: Rejection::TabletLost,
        }),
        Ok(_) => Ok(()),
        Err(error) => Err(not_opened(&failed(error))),
    }
}

fn needs_a_code(command: &AnyCommand) -> bool {
    matches!(command, AnyCommand::Citizen(command) if command.about().is_some())
}

/// Not carried out, and so not answered for good: the same is sent again once the code was given.
fn not_opened(problem: &ReadProblem) -> Answer {
    match problem {
        ReadProblem::NotOpened => Answer::Rejected {
            reason: Rejection::SignInNeeded,
        },
        _ => Answer::TryLater { after_seconds: 5 },
    }
}

fn of_area(area: Area, command: serde_json::Value) -> Result<AnyCommand, Answer> {
    match area {
        Area::Citizen => typed(command, AnyCommand::Citizen),
        Area::Agent => typed(command, AnyCommand::Agent),
        Area::Desk => typed(command, AnyCommand::Desk),
        Area::Office => typed(command, AnyCommand::Office),
    }
}

fn typed<C: DeserializeOwned>(
    command: serde_json::Value,
    any: impl FnOnce(C) -> AnyCommand,
) -> Result<AnyCommand, Answer> {
    serde_json::from_value(command)
        .map(any)
        .map_err(|error| answer_unreadable(place_of(&error)))
}

/// Where reading stopped, without what stood there.
fn place_of(error: &serde_json::Error) -> String {
    format!("line {}, column {}", error.line(), error.column())
}

fn answer_unreadable(detail: String) -> Answer {
    Answer::Rejected {
        reason: Rejection::Unreadable { detail },
    }
}

/// It is not even looked at.
pub fn too_much(detail: String) -> Response {
    let answer = answer_unreadable(detail);
    (StatusCode::PAYLOAD_TOO_LARGE, Json(answer)).into_response()
}

/// Nothing in it could be read.
pub fn unreadable(error: &serde_json::Error) -> Response {
    let answer = answer_unreadable(place_of(error));
    (StatusCode::BAD_REQUEST, Json(answer)).into_response()
}
