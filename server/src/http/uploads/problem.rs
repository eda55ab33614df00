//! What the client is told when it does not go on.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use store::StoreError;
use sync::UploadProblem;

use super::VERSION;
use crate::{attachments::Cut, http::reads};

/// Seconds after which it may go better.
const LATER: u32 = 5;
const NEXT_DAY: u32 = 3600;

pub fn answer(problem: &UploadProblem) -> Response {
    let mut response = (status(problem), Json(problem)).into_response();
    let headers = response.headers_mut();
    match problem {
        UploadProblem::Version => {
            headers.insert("tus-version", HeaderValue::from_static(VERSION));
        }
        UploadProblem::DayFull => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(NEXT_DAY));
        }
        UploadProblem::DiskFull | UploadProblem::TryLater => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(LATER));
        }
        _ => {}
    }
    response
}

fn status(problem: &UploadProblem) -> StatusCode {
    match problem {
        UploadProblem::Token => StatusCode::UNAUTHORIZED,
        UploadProblem::NotFound => StatusCode::NOT_FOUND,
        UploadProblem::Refused => StatusCode::GONE,
        UploadProblem::Version => StatusCode::PRECONDITION_FAILED,
        UploadProblem::Unreadable { .. } => StatusCode::BAD_REQUEST,
        UploadProblem::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        UploadProblem::TooLarge { .. } | UploadProblem::TooMuch => StatusCode::PAYLOAD_TOO_LARGE,
        UploadProblem::OtherLength { .. } | UploadProblem::Offset | UploadProblem::Whole => {
            StatusCode::CONFLICT
        }
        UploadProblem::DayFull => StatusCode::TOO_MANY_REQUESTS,
        UploadProblem::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
        UploadProblem::TryLater => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// The cause stays in the log.
pub fn stored(error: StoreError) -> UploadProblem {
    match error {
        StoreError::Erased { .. } => UploadProblem::NotFound,
        StoreError::DiskFull => {
            tracing::error!("an upload does not go on: the disk is full");
            UploadProblem::DiskFull
        }
        error => {
            reads::failed(error);
            UploadProblem::TryLater
        }
    }
}

pub fn cut(cut: Cut) -> UploadProblem {
    match cut {
        // Nobody listens any more, or not for long.
        Cut::Broken | Cut::Moved => UploadProblem::Offset,
        Cut::TooMuch => UploadProblem::TooMuch,
        Cut::Busy => UploadProblem::TryLater,
        Cut::DayFull => UploadProblem::DayFull,
        Cut::Store(error) => stored(error),
    }
}
