//! `/api/v1/{county}`: questions and commands for phones and tablets.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query as UrlQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    actor::Actor,
    division::DivisionCode,
    ids::{CaseId, CommandId, VisitId},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sync::{
    Answer, AnyQuery, Area, Envelope, Query, ReadProblem, Rejection, query,
    view::{TellFilter, WorkFilter},
};

use super::{
    AppState,
    reads::{self, Viewer},
};
use crate::{
    clock,
    execute::{AnyCommand, Asked, execute},
};

/// Commands in one request at most.
const BATCH: usize = 50;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/v1/{county}/home", get(ask::<query::Home, NoPath>))
        .route(
            "/api/v1/{county}/notices",
            get(ask::<query::Notices, Township>),
        )
        .route(
            "/api/v1/{county}/notices/{id}",
            get(ask::<query::Notice, Id>),
        )
        .route(
            "/api/v1/{county}/divisions",
            get(ask::<query::Divisions, NoPath>),
        )
        .route(
            "/api/v1/{county}/matters",
            get(ask::<query::Matters, Township>),
        )
        .route(
            "/api/v1/{county}/matters/{id}",
            get(ask::<query::Matter, Id>),
        )
        .route(
            "/api/v1/{county}/villages/{id}",
            get(ask::<query::Village, Id>),
        )
        .route("/api/v1/{county}/draft", get(ask::<query::Draft, NoPath>))
        .route("/api/v1/{county}/mine", get(ask::<query::Mine, NoPath>))
        .route(
            "/api/v1/{county}/mine/cases/{id}",
            get(ask::<query::MyCase, Id>),
        )
        .merge(office_routes())
        .route("/api/v1/{county}/commands", post(commands))
}

fn office_routes() -> Router<AppState> {
    let at = |rest: &str| format!("/api/v1/{{county}}/office/{rest}");
    Router::new()
        .route(&at("enrolment/{id}"), get(ask::<query::Enrolment, Id>))
        .route(&at("me"), get(ask::<query::Me, NoPath>))
        .route(&at("kept"), get(ask::<query::Kept, NoPath>))
        .route(&at("worklist"), get(ask::<query::Worklist, Filter>))
        .route(&at("cases/{id}"), get(ask::<query::Workspace, Id>))
        .route(&at("visits"), get(ask::<query::Visits, NoPath>))
        .route(&at("visits/{id}"), get(ask::<query::VisitEditor, Id>))
        .route(
            &at("visits/{id}/registrations"),
            get(ask::<query::Registrations, Id>),
        )
        .route(
            &at("registrations/{id}"),
            get(ask::<query::RegistrationDetail, Id>),
        )
        .route(&at("to-tell"), get(ask::<query::ToTell, Tell>))
        .route(
            &at("not-registered"),
            get(ask::<query::NotRegistered, NoPath>),
        )
        .route(&at("matters"), get(ask::<query::OfficeMatters, NoPath>))
        .route(&at("matters/new"), get(ask::<query::NewMatter, OfCase>))
        .route(&at("matters/{id}"), get(ask::<query::MatterEditor, Id>))
        .route(&at("accounts"), get(ask::<query::Accounts, NoPath>))
        .route(&at("issued-link"), get(ask::<query::IssuedLink, NoPath>))
}

/// What an address says beyond its question.
#[derive(Debug, Default, Deserialize)]
pub struct Parts {
    #[serde(default)]
    id: String,
    township: Option<DivisionCode>,
    #[serde(default)]
    find: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    due: String,
    #[serde(default)]
    page: u32,
    visit: Option<VisitId>,
    case: Option<CaseId>,
}

/// How a question is read from its address.
trait FromParts<Q> {
    fn question(parts: Parts) -> Option<Q>;
}

struct NoPath;
struct Township;
struct Id;
struct Filter;
struct Tell;
struct OfCase;

macro_rules! from_parts {
    ($($way:ident, $question:ident, |$parts:ident| $read:expr;)*) => {$(
        impl FromParts<query::$question> for $way {
            fn question($parts: Parts) -> Option<query::$question> {
                $read
            }
        }
    )*};
}

from_parts! {
    NoPath, Home, |_parts| Some(query::Home {});
    NoPath, Divisions, |_parts| Some(query::Divisions {});
    NoPath, Draft, |_parts| Some(query::Draft {});
    NoPath, Mine, |_parts| Some(query::Mine {});
    Township, Notices, |parts| Some(query::Notices { township: parts.township });
    Township, Matters, |parts| Some(query::Matters { township: parts.township });
    Id, Notice, |parts| Some(query::Notice { visit: parts.id.parse().ok()? });
    Id, Matter, |parts| Some(query::Matter { matter: parts.id.parse().ok()? });
    Id, Village, |parts| Some(query::Village { village: DivisionCode::parse(&parts.id).ok()? });
    NoPath, Me, |_parts| Some(query::Me {});
    NoPath, Kept, |_parts| Some(query::Kept {});
    NoPath, Visits, |_parts| Some(query::Visits {});
    Tell, ToTell, |parts| Some(query::ToTell { filter: TellFilter {
        state: parts.state, visit: parts.visit, page: parts.page,
    } });
    NoPath, NotRegistered, |_parts| Some(query::NotRegistered {});
    NoPath, OfficeMatters, |_parts| Some(query::OfficeMatters {});
    NoPath, Accounts, |_parts| Some(query::Accounts {});
    NoPath, IssuedLink, |_parts| Some(query::IssuedLink {});
    OfCase, NewMatter, |parts| Some(query::NewMatter { case: parts.case });
    Filter, Worklist, |parts| Some(query::Worklist { filter: WorkFilter {
        find: parts.find, state: parts.state, subject: parts.subject, due: parts.due, page: parts.page,
    } });
    Id, Enrolment, |parts| Some(query::Enrolment { link: parts.id });
    Id, Workspace, |parts| Some(query::Workspace { case: parts.id.parse().ok()? });
    Id, VisitEditor, |parts| Some(query::VisitEditor { visit: parts.id.parse().ok()? });
    Id, Registrations, |parts| Some(query::Registrations { visit: parts.id.parse().ok()? });
    Id, RegistrationDetail, |parts| Some(query::RegistrationDetail { registration: parts.id.parse().ok()? });
    Id, MatterEditor, |parts| Some(query::MatterEditor { matter: parts.id.parse().ok()? });
    Id, MyCase, |parts| Some(query::MyCase { case: parts.id.parse().ok()? });
}

async fn ask<Q, W>(
    State(state): State<AppState>,
    Path(path): Path<std::collections::HashMap<String, String>>,
    UrlQuery(mut parts): UrlQuery<Parts>,
    headers: HeaderMap,
) -> Response
where
    Q: Query,
    W: FromParts<Q>,
{
    if path.get("county").map(String::as_str) != Some(state.data.county.as_str()) {
        return problem(&ReadProblem::NotFound);
    }
    parts.id = path.get("id").cloned().unwrap_or_default();
    let Some(question) = W::question(parts) else {
        return problem(&ReadProblem::NotFound);
    };
    let asked: AnyQuery = question.any();
    let repository = reads::repository(&state.data, &headers);
    match repository
        .0
        .read(asked)
        .await
        .map(|view| view.downcast::<Q::View>())
    {
        Ok(Ok(view)) => Json(*view).into_response(),
        Ok(Err(_)) => problem(&ReadProblem::Failed {
            id: Q::path(&question),
        }),
        Err(why) => problem(&why),
    }
}

fn problem(why: &ReadProblem) -> Response {
    let status = match why {
        ReadProblem::NotFound => StatusCode::NOT_FOUND,
        ReadProblem::NotOpened => StatusCode::UNAUTHORIZED,
        ReadProblem::NotAllowed => StatusCode::FORBIDDEN,
        ReadProblem::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        ReadProblem::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
        ReadProblem::Failed { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, Json(why)).into_response()
}

/// Each envelope has its own answer: a bad one blocks no other.
async fn commands(
    State(state): State<AppState>,
    Path(county): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if county != state.data.county.as_str() {
        return problem(&ReadProblem::NotFound);
    }
    let envelopes: Vec<serde_json::Value> = match serde_json::from_slice(&body) {
        Ok(envelopes) => envelopes,
        Err(error) => return unreadable(&error),
    };
    if envelopes.len() > BATCH {
        return (
            StatusCode::PAYLOAD_TOO_LARGE,
            Json(answer_unreadable(format!("more than {BATCH} commands"))),
        )
            .into_response();
    }
    let viewer = Viewer::of(&headers);
    let mut answers = Vec::with_capacity(envelopes.len());
    for envelope in envelopes {
        answers.push(one(&state, &viewer, envelope).await);
    }
    Json(answers).into_response()
}

async fn one(state: &AppState, viewer: &Viewer, envelope: serde_json::Value) -> Answer {
    let envelope: Envelope<serde_json::Value> = match serde_json::from_value(envelope) {
        Ok(envelope) => envelope,
        Err(error) => return answer_unreadable(place_of(&error)),
    };
    if envelope.county.as_str() != state.data.county.as_str() {
        return answer_unreadable("county".to_owned());
    }
    let now = clock::now();
    let command = match envelope.area {
        Area::Citizen => typed(envelope.command, AnyCommand::Citizen),
        Area::Agent => typed(envelope.command, AnyCommand::Agent),
        Area::Desk => typed(envelope.command, AnyCommand::Desk),
        Area::Office => typed(envelope.command, AnyCommand::Office),
    };
    let command = match command {
        Ok(command) => command,
        Err(answer) => return answer,
    };
    let actor = match envelope.area {
        Area::Citizen => match viewer.opened(&state.data, now).await {
            Ok((holder, _)) => Actor::Holder(holder),
            Err(_) => Actor::Anyone,
        },
        Area::Agent | Area::Desk | Area::Office => match viewer.official(&state.data, now).await {
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
        captured_at: envelope.captured_at,
        received_at: now,
        expected_version: envelope.expected_version,
    };
    execute(&state.data.store, state.data.county, &asked).await
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

fn unreadable(error: &serde_json::Error) -> Response {
    #[derive(Serialize)]
    struct Unreadable {
        answers: [Answer; 1],
    }
    let answers = [answer_unreadable(place_of(error))];
    (StatusCode::BAD_REQUEST, Json(Unreadable { answers })).into_response()
}
