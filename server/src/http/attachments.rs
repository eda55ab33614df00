//! Photos and recordings, to those who may read the matter right now. To everybody else none was
//! ever there.

use std::collections::HashMap;

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, Utc};
use domain::{
    actor::Opened,
    attachment::AttachmentKind,
    ids::{AttachmentId, CaseId, RegistrationId},
};
use store::records::Owner;
use sync::{ReadProblem, view};
use uuid::Uuid;

use super::{
    AppState,
    reads::{Viewer, failed},
};
use crate::{accounts, attachments::Opened as Bytes, clock};

pub fn routes() -> Router<AppState> {
    Router::new().route("/{county}/attachments/{of}/{id}", get(shown))
}

async fn shown(
    State(state): State<AppState>,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let part = |name: &str| path.get(name).map(String::as_str).unwrap_or_default();
    let ids = (part("of").parse(), part("id").parse());
    let (true, (Ok(of), Ok(id))) = (part("county") == state.data.county.as_str(), ids) else {
        return nothing();
    };
    match found(&state, &Viewer::of(&headers), of, id).await {
        Ok(Some(bytes)) => served(bytes),
        Ok(None) | Err(ReadProblem::NotFound) => nothing(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The same answer for what is unknown, still on its way, refused, and not this viewer's.
fn nothing() -> Response {
    let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
    (
        StatusCode::NOT_FOUND,
        [kind],
        "没有这个文件。 There is no such file.\n",
    )
        .into_response()
}

fn served(opened: Bytes) -> Response {
    let kind = match opened.kind {
        AttachmentKind::Image => "image/jpeg",
        AttachmentKind::Audio => "audio/ogg",
    };
    // `nosniff` and a content policy under which nothing runs are every such answer's.
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_DISPOSITION, "inline"),
    ];
    (headers, opened.bytes).into_response()
}

async fn found(
    state: &AppState,
    viewer: &Viewer,
    of: Uuid,
    id: AttachmentId,
) -> Result<Option<Bytes>, ReadProblem> {
    let now = clock::now();
    let seen = match to_citizen(state, viewer, of, now).await? {
        Some(seen) => Some(seen),
        None => to_official(state, viewer, of, now).await?,
    };
    let Some(seen) = seen.filter(|seen| seen.iter().any(|known| known.attachment == id)) else {
        return Ok(None);
    };
    drop(seen);
    let owners = owners(state, of).await?;
    let county = state.data.county;
    let opened = state.attachments.open(county, &owners, id).await;
    opened.map_err(failed)
}

/// What the citizen's screen of it shows.
async fn to_citizen(
    state: &AppState,
    viewer: &Viewer,
    of: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Vec<view::Attachment>>, ReadProblem> {
    let (holder, until) = match viewer.opened(&state.data, now).await {
        Ok(opened) => opened,
        Err(ReadProblem::NotOpened) => return Ok(None),
        Err(problem) => return Err(problem),
    };
    let county = state.data.county;
    let mut reader = state.data.store.snapshot().await.map_err(failed)?;
    if holder.opens == Opened::Registration(RegistrationId(of)) {
        let mine = reader.mine(county, &holder, until, now).await;
        let slip = mine.map_err(failed)?.slip;
        return Ok(slip.map(|slip| slip.attachments));
    }
    let case = reader.my_case(county, &holder, CaseId(of), now).await;
    Ok(case.map_err(failed)?.map(|case| case.attachments))
}

/// What the official's screen of it shows.
async fn to_official(
    state: &AppState,
    viewer: &Viewer,
    of: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Vec<view::Attachment>>, ReadProblem> {
    let official = match viewer.official(&state.data, now).await {
        Ok(official) => official,
        Err(ReadProblem::NotOpened) => return Ok(None),
        Err(problem) => return Err(problem),
    };
    let county = state.data.county;
    let mut reader = state.data.store.snapshot().await.map_err(failed)?;
    let case = reader.office_case(county, &official, CaseId(of), now).await;
    if let Some(case) = case.map_err(failed)? {
        return Ok(Some(case.attachments));
    }
    let me = accounts::me(&state.data, &official).await.map_err(failed)?;
    let asked = (&official, me);
    let detail = reader.registration_detail(county, asked, RegistrationId(of), now);
    Ok(detail
        .await
        .map_err(failed)?
        .map(|detail| detail.attachments))
}

/// A case shows what the registration it was born of named.
async fn owners(state: &AppState, of: Uuid) -> Result<Vec<Owner>, ReadProblem> {
    let mut reader = state.data.store.read().await.map_err(failed)?;
    let case = reader.case(state.data.county, CaseId(of)).await;
    let case = case.map_err(failed)?.state;
    let born_of = case.and_then(|case| case.origin.registration());
    let mut owners = vec![
        Owner::Case(CaseId(of)),
        Owner::Registration(RegistrationId(of)),
    ];
    owners.extend(born_of.map(Owner::Registration));
    Ok(owners)
}
