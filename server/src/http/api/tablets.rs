//! A tablet is registered with the official who is signed in on it.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use domain::{
    form::{FieldError, FieldProblem, FormErrors},
    text::{Line, TextProblem},
};
use schemars::SchemaGenerator;
use serde_json::{Value, json};
use sync::{
    ReadProblem,
    view::{NewTablet, NotDone, TabletPass, TabletStanding},
};

use super::{AppState, commands::unreadable, document::said, problem};
use crate::{
    clock,
    http::{
        cookies,
        reads::Viewer,
        tablets::{self, Registered},
    },
};

/// The same tablet again renews its name and its pass.
pub async fn register(
    State(state): State<AppState>,
    county: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let ours = county.is_ok_and(|Path(county)| county == state.data.county.as_str());
    if !ours {
        return problem(&ReadProblem::NotFound);
    }
    let now = clock::now();
    let official = match Viewer::of(&headers).official(&state.data, now).await {
        Ok(official) => official,
        Err(why) => return problem(&why),
    };
    let new: NewTablet = match serde_json::from_slice(&body) {
        Ok(new) => new,
        Err(error) => return unreadable(&error),
    };
    let name = match named(&new.name) {
        Ok(name) => name,
        Err(errors) => {
            let why = NotDone::from(errors);
            return (StatusCode::UNPROCESSABLE_ENTITY, Json(why)).into_response();
        }
    };
    match tablets::register(&state.data, &official, (new.id, &name), now).await {
        Ok(Registered::Until(pass)) => Json(pass).into_response(),
        Ok(Registered::Lost) => {
            let standing = TabletStanding { lost: true };
            (StatusCode::GONE, Json(standing)).into_response()
        }
        Err(why) => problem(&why),
    }
}

fn named(typed: &str) -> Result<Line, FormErrors> {
    let max = NewTablet::NAME_MAX;
    let fits = |name: Line| match name.as_str().chars().count() {
        count if count > max => Err(TextProblem::TooLong { count, max }),
        _ => Ok(name),
    };
    let wrong = |problem| {
        FormErrors(vec![FieldError {
            field: "name",
            problem: FieldProblem::from(problem),
        }])
    };
    Line::parse(typed).and_then(fits).map_err(wrong)
}

/// What the document says of it.
pub fn described(answers: &mut SchemaGenerator, answer: &Value, problem: &Value) -> Value {
    let tablet = answers.subschema_for::<NewTablet>().to_value();
    let pass = answers.subschema_for::<TabletPass>().to_value();
    let standing = answers.subschema_for::<TabletStanding>().to_value();
    let mistakes = answers.subschema_for::<NotDone>().to_value();
    json!({ "post": {
        "operationId": "RegisterTablet",
        "summary": "Registers a tablet with the official who is signed in on it; the same again renews it.",
        "security": [{ cookies::OFFICE: [] }],
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": tablet } },
        },
        "responses": {
            "200": said("Until when it may work without asking.", &pass),
            "400": said("No tablet in JSON.", answer),
            "401": said("A sign-in is needed first.", problem),
            "403": said("It is another official's; or posted by a page of another site, then without JSON.", problem),
            "404": said("Another county's.", problem),
            "410": said("It was said to be lost, which is for good.", &standing),
            "422": said("Its name has 1 to 20 characters.", &mistakes),
            "500": said("The server failed; its log has the id.", problem),
        },
    } })
}
