//! Attachments come by tus 1.0 (<https://tus.io/protocols/resumable-upload>): core, creation,
//! creation with upload, termination, expiration. An upload's id is its attachment's, so that
//! announcing it twice is one upload.
//!
//! Whoever holds the token of a receipt may send what that filing names, and ask how far it is. What comes
//! closed needs none ([`letter`]). Of `Upload-Metadata` only the ids are read and nothing is kept, since a file's
//! name says more than anybody here should know: HEAD gives none back, where tus would have it.

mod letter;
mod one;
mod problem;
mod whole;

use axum::{
    Router,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::any,
};
use domain::{attachment::IMAGE_BYTES, ids::AttachmentId};
use std::collections::HashMap;
use store::records::{Owner, Upload};
use sync::UploadProblem;

use super::AppState;
use problem::answer;

const VERSION: &str = "1.0.0";
const EXTENSIONS: &str = "creation,creation-with-upload,termination,expiration";
const OFFSET_BODY: &str = "application/offset+octet-stream";

const RESUMABLE: &str = "tus-resumable";
const OFFSET: &str = "upload-offset";
const LENGTH: &str = "upload-length";

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/v1/{county}/uploads", any(every))
        .route("/api/v1/{county}/uploads/{id}", any(every))
        .route(
            "/api/v1/{county}/uploads/letters/{command}/{id}",
            any(every),
        )
}

async fn every(
    State(state): State<AppState>,
    Path(path): Path<HashMap<String, String>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let mut response = match spoken(&state, &path, &parts, body).await {
        Ok(response) => response,
        Err(problem) => answer(&problem),
    };
    let headers = response.headers_mut();
    headers.insert(RESUMABLE, HeaderValue::from_static(VERSION));
    response
}

async fn spoken(
    state: &AppState,
    path: &HashMap<String, String>,
    parts: &Parts,
    body: Body,
) -> Result<Response, UploadProblem> {
    let ours = path.get("county").map(String::as_str) == Some(state.data.county.as_str());
    if !ours {
        return Err(UploadProblem::NotFound);
    }
    let method = method(parts)?;
    if method == Method::OPTIONS {
        return Ok(what_is_spoken());
    }
    // Our own question how far everything is; the rest is tus.
    let asks = method == Method::GET;
    if !asks && text(&parts.headers, RESUMABLE) != Some(VERSION) {
        return Err(UploadProblem::Version);
    }
    let headers = &parts.headers;
    if let Some(command) = path.get("command") {
        let command = command.parse().map_err(|_| UploadProblem::NotFound)?;
        let closed = letter::Closed::of(state, command, id_in(path)?).await?;
        return closed.one(&method, headers, body).await;
    }
    let announces = method == Method::POST && !path.contains_key("id");
    if announces && let Some(command) = letter::command(headers) {
        let closed = letter::Closed::of(state, command, whole::attachment(headers)?).await?;
        return closed.create(headers, body).await;
    }
    let owner = owner(state, headers)?;
    match path.get("id") {
        None if asks => whole::list(state, owner).await,
        None if announces => whole::create(state, owner, headers, body).await,
        Some(_) => {
            let id = id_in(path)?;
            let one = one::One::of(state, owner, id);
            match method {
                Method::HEAD => one.head().await,
                Method::PATCH => one.patch(headers, body).await,
                Method::DELETE => one.delete().await,
                _ => Ok(StatusCode::METHOD_NOT_ALLOWED.into_response()),
            }
        }
        None => Ok(StatusCode::METHOD_NOT_ALLOWED.into_response()),
    }
}

fn id_in(path: &HashMap<String, String>) -> Result<AttachmentId, UploadProblem> {
    let id = path.get("id").and_then(|id| id.parse().ok());
    id.ok_or(UploadProblem::NotFound)
}

/// Some networks let only GET and POST by: then a header says what is meant.
fn method(parts: &Parts) -> Result<Method, UploadProblem> {
    match text(&parts.headers, "x-http-method-override") {
        Some(meant) if parts.method == Method::POST => {
            meant.parse().map_err(|_| UploadProblem::Unreadable {
                header: "X-HTTP-Method-Override".to_owned(),
            })
        }
        _ => Ok(parts.method.clone()),
    }
}

fn what_is_spoken() -> Response {
    let headers = [
        ("tus-version", VERSION.to_owned()),
        ("tus-extension", EXTENSIONS.to_owned()),
        ("tus-max-size", IMAGE_BYTES.to_string()),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

fn owner(state: &AppState, headers: &HeaderMap) -> Result<Owner, UploadProblem> {
    let token = text(headers, header::AUTHORIZATION.as_str())
        .and_then(|line| line.strip_prefix("Bearer "))
        .ok_or(UploadProblem::Token)?;
    let store = &state.data.store;
    let owner = store.owner_of_token(state.data.county, token.trim());
    owner.ok_or(UploadProblem::Token)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn number(headers: &HeaderMap, name: &str) -> Result<u64, UploadProblem> {
    let digits = text(headers, name).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let number = digits.and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| UploadProblem::Unreadable {
        header: name.to_owned(),
    })
}

fn is_offset_body(headers: &HeaderMap) -> bool {
    text(headers, header::CONTENT_TYPE.as_str()) == Some(OFFSET_BODY)
}

/// How far it is, and until when one may go on while it is not whole.
fn standing(state: &AppState, upload: &Upload, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(OFFSET, HeaderValue::from(upload.arrived));
    if upload.arrived < upload.length {
        let days = std::time::Duration::from_secs(24 * 3600) * state.attachments.limits.days_kept;
        let until = chrono::DateTime::<chrono::Utc>::from(upload.updated_at.plus(days));
        let until = until.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        if let Ok(until) = HeaderValue::try_from(until) {
            headers.insert("upload-expires", until);
        }
    }
    response
}

/// The bytes a body may bring: as many as it says, or all that are missing.
fn body_bytes(headers: &HeaderMap, upload: &Upload) -> Result<u64, UploadProblem> {
    const SAID: &str = "content-length";
    let missing = upload.length - upload.arrived;
    let said = headers.get(SAID).map(|_| number(headers, SAID));
    match said.transpose()? {
        Some(said) if said > missing => Err(UploadProblem::TooMuch),
        Some(said) => Ok(said),
        None => Ok(missing),
    }
}
