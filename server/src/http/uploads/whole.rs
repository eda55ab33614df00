//! A filing's attachments: announcing one, and how far all of them are.

use axum::{
    Json,
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    attachment::{AttachmentKind, AttachmentState},
    filing::Filing,
    ids::AttachmentId,
};
use store::{
    StoreError,
    records::{Attachment, Begun, Owner},
};
use sync::UploadProblem;
use uuid::Uuid;

use super::{
    AppState, LENGTH, OFFSET, body_bytes, is_offset_body, number,
    problem::{cut, stored},
    standing, text,
};
use crate::clock;

const METADATA: &str = "upload-metadata";

/// Everything the filing names, with where it is.
pub async fn list(state: &AppState, owner: Owner) -> Result<Response, UploadProblem> {
    let filing = filing(state, owner).await?;
    let mut reader = state.data.store.read().await.map_err(stored)?;
    let owners = [owner];
    let list = reader.attachments(state.data.county, &owners, &filing);
    Ok(Json(list.await.map_err(stored)?).into_response())
}

/// Announces one; the same again leads to the same upload. Its first bytes may come along.
pub async fn create(
    state: &AppState,
    owner: Owner,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, UploadProblem> {
    let length = number(headers, LENGTH)?;
    let id = attachment(headers)?;
    let kind = kind_in(&filing(state, owner).await?, id)?;
    fits(kind, length, 0)?;
    let of = Attachment::new(state.data.county, owner, id);
    let (store, limits) = (&state.data.store, state.attachments.limits);
    let known = store.begin_upload(of, kind, length, limits.day_bytes, clock::now().into());
    let status = begun(known.await.map_err(stored)?, length)?;
    let location = format!("/api/v1/{}/uploads/{id}", state.data.county);
    announced(state, of, status, &location, headers, body).await
}

/// Whether so many bytes are taken, of which `around` are none of its own.
pub fn fits(kind: AttachmentKind, length: u64, around: u64) -> Result<(), UploadProblem> {
    if length <= around {
        return Err(unreadable(LENGTH));
    }
    let most = kind.most_bytes() + around;
    match length > most {
        true => Err(UploadProblem::TooLarge { most }),
        false => Ok(()),
    }
}

pub fn begun(begun: Begun, length: u64) -> Result<StatusCode, UploadProblem> {
    match begun {
        Begun::Fresh => Ok(StatusCode::CREATED),
        Begun::Known(known) if known.length == length => Ok(StatusCode::OK),
        Begun::Known(known) => Err(UploadProblem::OtherLength {
            length: known.length,
        }),
        Begun::DayFull => Err(UploadProblem::DayFull),
    }
}

/// Takes the bytes that came along, and says how far it is and where it goes on.
pub async fn announced(
    state: &AppState,
    of: Attachment,
    status: StatusCode,
    location: &str,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, UploadProblem> {
    let upload = state.data.store.upload(of).await.map_err(stored)?;
    let mut upload = upload.ok_or(UploadProblem::NotFound)?;
    let begins = matches!(upload.state, AttachmentState::Arriving { bytes: 0, .. });
    if begins && is_offset_body(headers) {
        let bytes = body_bytes(headers, &upload)?;
        let taken = state.attachments.take(of, upload, bytes, body).await;
        upload = taken.map_err(cut)?;
    }
    Ok(at(
        location,
        standing(state, &upload, status.into_response()),
    ))
}

/// All of it is there already.
pub fn is_there(length: u64, location: &str) -> Response {
    let mut response = at(location, StatusCode::OK.into_response());
    response
        .headers_mut()
        .insert(OFFSET, HeaderValue::from(length));
    response
}

fn at(location: &str, mut response: Response) -> Response {
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Which it is of.
pub fn attachment(headers: &HeaderMap) -> Result<AttachmentId, UploadProblem> {
    let id = named(headers, "attachment").map(AttachmentId);
    id.ok_or_else(|| unreadable(METADATA))
}

/// An id in the metadata.
pub fn named(headers: &HeaderMap, what: &str) -> Option<Uuid> {
    let pairs = text(headers, METADATA).unwrap_or_default().split(',');
    let mut values = pairs.filter_map(|pair| {
        let value = pair.trim().strip_prefix(what)?.strip_prefix(' ')?;
        STANDARD.decode(value.trim()).ok()
    });
    values.find_map(|bytes| std::str::from_utf8(&bytes).ok()?.parse().ok())
}

fn unreadable(header: &str) -> UploadProblem {
    UploadProblem::Unreadable {
        header: header.to_owned(),
    }
}

pub fn kind_in(filing: &Filing, id: AttachmentId) -> Result<AttachmentKind, UploadProblem> {
    let named = filing.attachments().into_iter();
    let found = named.into_iter().find(|(known, _)| *known == id);
    found.map(|(_, kind)| kind).ok_or(UploadProblem::NotFound)
}

/// What the token's owner filed; none once it was erased.
async fn filing(state: &AppState, owner: Owner) -> Result<Filing, UploadProblem> {
    let filed = filed(state, owner).await.map_err(stored)?;
    filed.ok_or(UploadProblem::NotFound)
}

/// What an owner filed; none where there is no such owner, or it was erased.
pub async fn filed(state: &AppState, owner: Owner) -> Result<Option<Filing>, StoreError> {
    let mut reader = state.data.store.read().await?;
    let county = state.data.county;
    Ok(match owner {
        Owner::Registration(id) => {
            let folded = reader.registration(county, id).await?;
            folded.state.map(|known| known.received.filing)
        }
        Owner::Case(id) => reader.case(county, id).await?.state.map(|case| case.filing),
    })
}
