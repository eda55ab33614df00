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

use super::{
    AppState, LENGTH, body_bytes, is_offset_body, number,
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
    let id = named(headers)?;
    let kind = kind(&filing(state, owner).await?, id)?;
    if length == 0 {
        return Err(unreadable(LENGTH));
    }
    if length > kind.most_bytes() {
        let most = kind.most_bytes();
        return Err(UploadProblem::TooLarge { most });
    }
    let of = Attachment::new(state.data.county, owner, id);
    let (store, limits) = (&state.data.store, state.attachments.limits);
    let begun = store.begin_upload(of, kind, length, limits.day_bytes, clock::now().into());
    let status = match begun.await.map_err(stored)? {
        Begun::Fresh => StatusCode::CREATED,
        Begun::Known(known) if known.length == length => StatusCode::OK,
        Begun::Known(known) => {
            let length = known.length;
            return Err(UploadProblem::OtherLength { length });
        }
        Begun::DayFull => return Err(UploadProblem::DayFull),
    };
    let upload = store.upload(of).await.map_err(stored)?;
    let mut upload = upload.ok_or(UploadProblem::NotFound)?;
    let begins = matches!(upload.state, AttachmentState::Arriving { bytes: 0, .. });
    if begins && is_offset_body(headers) {
        let bytes = body_bytes(headers, &upload)?;
        let taken = state.attachments.take(of, upload, bytes, body).await;
        upload = taken.map_err(cut)?;
    }
    let mut response = standing(state, &upload, status.into_response());
    let location = format!("/api/v1/{}/uploads/{id}", state.data.county);
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// The attachment's id, in the metadata under `attachment`.
fn named(headers: &HeaderMap) -> Result<AttachmentId, UploadProblem> {
    let pairs = text(headers, METADATA).unwrap_or_default().split(',');
    let values = pairs.filter_map(|pair| pair.trim().strip_prefix("attachment "));
    let id = values
        .filter_map(|value| STANDARD.decode(value.trim()).ok())
        .find_map(|bytes| std::str::from_utf8(&bytes).ok()?.parse().ok());
    id.ok_or_else(|| unreadable(METADATA))
}

fn unreadable(header: &str) -> UploadProblem {
    UploadProblem::Unreadable {
        header: header.to_owned(),
    }
}

fn kind(filing: &Filing, id: AttachmentId) -> Result<AttachmentKind, UploadProblem> {
    let named = filing.attachments().into_iter();
    let found = named.into_iter().find(|(known, _)| *known == id);
    found.map(|(_, kind)| kind).ok_or(UploadProblem::NotFound)
}

/// What the token's owner filed; none once it was erased.
async fn filing(state: &AppState, owner: Owner) -> Result<Filing, UploadProblem> {
    let filed = filed(state, owner).await.map_err(stored)?;
    filed.ok_or(UploadProblem::NotFound)
}

async fn filed(state: &AppState, owner: Owner) -> Result<Option<Filing>, StoreError> {
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
