//! `/api/v1/openapi.json`: the API as it is served (OpenAPI 3.1).

use std::sync::OnceLock;

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};
use sync::{Answer, ReadProblem};

use super::{AppState, endpoints::Operation, own, schemas, tablets, uploads};
use crate::http::cookies;

pub async fn whole(State(state): State<AppState>) -> Response {
    static WRITTEN: OnceLock<Value> = OnceLock::new();
    let document = WRITTEN.get_or_init(|| document(state.data.county.as_str()));
    Json(document).into_response()
}

/// The document for the installation of a county.
pub fn document(county: &str) -> Value {
    let mut answers = schemas::answers();
    let problem = answers.subschema_for::<ReadProblem>().to_value();
    let answer = answers.subschema_for::<Answer>().to_value();
    let mut paths = Map::new();
    for operation in super::endpoints().operations {
        let view = (operation.answer)(&mut answers).to_value();
        paths.insert(
            operation.path.clone(),
            question(&operation, &view, &problem),
        );
    }
    let (batch, sent) = schemas::batch();
    paths.insert(
        "/api/v1/{county}/commands".to_owned(),
        commands(&batch, &answer, &problem),
    );
    paths.insert(
        "/api/v1/{county}/office/tablets".to_owned(),
        tablets::described(&mut answers, &answer, &problem),
    );
    let (asked, keys) = schemas::own();
    paths.insert(
        "/api/v1/{county}/own".to_owned(),
        own::described(&asked, &mut answers, &answer, &problem),
    );
    paths.insert("/api/v1/{county}/live".to_owned(), live());
    paths.extend(uploads::paths(&mut answers));
    let mut named = answers.take_definitions(true);
    named.extend(sent);
    named.extend(keys);
    let counties = json!({ "type": "string", "enum": [county] });
    for path in paths.values_mut() {
        let county =
            json!({ "name": "county", "in": "path", "required": true, "schema": counties });
        let mut parameters = vec![county];
        parameters.extend(path["parameters"].as_array().into_iter().flatten().cloned());
        path["parameters"] = parameters.into();
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Huiyin 回音",
            "version": "1",
            "description": "Questions and commands of one county. Every view says when it was true \
                (`as_of`). Ids are UUIDs; a command's id is made by who sends it, and sent twice it \
                is carried out once. An answer of 16 KiB or more is named in `huiyin-answer`: asked again with \
                that name, `;` and how many bytes of the text are there, its rest comes.",
        },
        "paths": paths,
        "components": { "schemas": named, "securitySchemes": security() },
    })
}

fn question(operation: &Operation, view: &Value, problem: &Value) -> Value {
    let mut answers = Map::new();
    answers.insert("200".to_owned(), said("The view.", view));
    if let Some(when) = operation.no_view {
        answers.insert("204".to_owned(), json!({ "description": when }));
    }
    if operation.is_named {
        let what = "It is what `If-None-Match` names (`ETag`).";
        answers.insert("304".to_owned(), json!({ "description": what }));
    }
    let mut problems = vec![("404", "There is no such thing, or not for this viewer.")];
    if operation.opened_by.is_some() {
        problems.push(("401", "A code, or a sign-in, is needed first."));
        problems.push(("403", "The viewer's roles do not include this."));
    }
    problems.push(("429", "Too many tries."));
    problems.push(("500", "The server failed; its log has the id."));
    problems.push(("503", "The server cannot answer now."));
    for (status, what) in problems {
        answers.insert(status.to_owned(), said(what, problem));
    }
    let opened_by: Vec<Value> = operation
        .opened_by
        .iter()
        .map(|cookie| json!({ *cookie: [] }))
        .collect();
    json!({ "get": {
        "operationId": operation.name,
        "summary": operation.about,
        "parameters": operation.parameters,
        "security": opened_by,
        "responses": answers,
    } })
}

fn commands(batch: &Value, answer: &Value, problem: &Value) -> Value {
    let answers = json!({ "type": "array", "items": answer });
    json!({ "post": {
        "operationId": "Commands",
        "summary": "Commands, each answered for itself: a bad one blocks no other.",
        // Citizens need none; a reading session or a sign-in widens what is allowed.
        "security": [{}, { cookies::READING: [] }, { cookies::OFFICE: [] }],
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": batch } },
        },
        "responses": {
            "200": said("One answer for each command, in their order.", &answers),
            "400": said("Not a list in JSON.", answer),
            "403": { "description": "Posted by a page of another site." },
            "404": said("Another county's.", problem),
            "413": said("Too many commands, or too large.", answer),
        },
    } })
}

fn live() -> Value {
    let events = json!({ "text/event-stream": { "schema": { "type": "string" } } });
    json!({ "get": {
        "operationId": "Live",
        "summary": "Server-sent events while one listens: `changed` (its data is always `1`) when \
            something that everybody may read has changed. What it was is asked for at `changes`.",
        "security": [],
        "responses": {
            "200": {
                "description": "First `open` without data and the pause before one comes back; a comment \
                    after 25 seconds of silence. It ends when the server does.",
                "content": events,
            },
            "404": { "description": "Another county's." },
        },
    } })
}

pub fn said(what: &str, schema: &Value) -> Value {
    json!({ "description": what, "content": { "application/json": { "schema": schema } } })
}

fn security() -> Value {
    let cookie = |name: &str, what: &str| json!({ "type": "apiKey", "in": "cookie", "name": name, "description": what });
    json!({
        cookies::OFFICE: cookie(cookies::OFFICE, "An official's sign-in, of the form at /{county}/office/sign-in."),
        cookies::READING: cookie(cookies::READING, "A citizen's half hour of reading, of the form at /{county}/follow."),
        cookies::DRAFT: cookie(cookies::DRAFT, "A draft begun without scripts."),
        uploads::TOKEN: { "type": "http", "scheme": "bearer", "description": "What a receipt has in `upload`: it opens the way for what that filing names." },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_has_an_address_in_the_document() {
        let document = document("330726");
        let paths = document["paths"].as_object().unwrap();
        let named: Vec<&str> = paths
            .values()
            .filter_map(|path| path["get"]["operationId"].as_str())
            .collect();
        for question in sync::query::NAMES {
            assert!(named.contains(question), "{question} has no address");
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document("330726");
        let mut references = Vec::new();
        collect(&document, &mut references);
        assert!(!references.is_empty());
        for reference in references {
            let pointer = reference.trim_start_matches('#');
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }

    fn collect<'a>(value: &'a Value, references: &mut Vec<&'a str>) {
        match value {
            Value::Object(fields) => {
                references.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|value| collect(value, references));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
            _ => {}
        }
    }

    #[test]
    fn the_document_is_the_one_that_was_reviewed() {
        insta::assert_json_snapshot!(document("330726"));
    }
}
