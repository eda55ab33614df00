//! For whoever watches the server.

use axum::{extract::State, http::StatusCode};

use super::AppState;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok"
}

/// The server can do its work.
pub async fn ready(State(_): State<AppState>) -> (StatusCode, &'static str) {
    (StatusCode::OK, "ready")
}
