//! What a notice has besides its page: a file for the phone's calendar, and the short address that
//! is printed on posters.

mod calendar;

use std::collections::HashMap;

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{ids::VisitId, visit::VisitCode};
use store::StoreError;
use sync::view::NoticePage;

use super::{AppState, origin, reads::failed};
use crate::clock;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/{county}/notices/{visit}/calendar.ics", get(calendar_file))
        .route("/{county}/n/{code}", get(by_code))
}

/// RFC 5545; a cancelled visit's file takes it out of the calendar it was put into.
async fn calendar_file(
    State(state): State<AppState>,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let visit = path.get("visit").and_then(|id| id.parse().ok());
    let page = match visit {
        Some(visit) => notice(&state, visit).await,
        None => Ok(None),
    };
    let page = match page {
        Ok(Some(page)) => page,
        Ok(None) => return to_notices(&state),
        Err(error) => {
            failed(error);
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let origin = origin::of(&state, &headers);
    let address = format!("{origin}/{}/notices/{}", state.data.county, page.visit);
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"huiyin.ics\"",
        ),
    ];
    (headers, calendar::of(&page, &address)).into_response()
}

async fn notice(state: &AppState, visit: VisitId) -> Result<Option<NoticePage>, StoreError> {
    let mut reader = state.data.store.snapshot().await?;
    reader.notice(state.data.county, visit, clock::now()).await
}

/// Printed addresses last: the code stays when the visit moves to another day or place.
async fn by_code(
    State(state): State<AppState>,
    Path(path): Path<HashMap<String, String>>,
) -> Response {
    let Some(code) = path.get("code").and_then(|code| VisitCode::parse(code)) else {
        return to_notices(&state);
    };
    let county = state.data.county;
    let found = match state.data.store.read().await {
        Ok(mut reader) => reader.visit_of_code(county, &code).await,
        Err(error) => Err(error),
    };
    match found {
        Ok(Some(visit)) => Redirect::to(&format!("/{county}/notices/{visit}")).into_response(),
        Ok(None) => to_notices(&state),
        Err(error) => {
            failed(error);
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// A mistyped code leads to the list, where the visit can be found.
fn to_notices(state: &AppState) -> Response {
    Redirect::to(&format!("/{}/notices", state.data.county)).into_response()
}
