//! For whoever watches the server.

use std::time::Duration;

use axum::{extract::State, http::StatusCode};

use super::AppState;

/// A database that takes longer to say one word is not there.
const PATIENCE: Duration = Duration::from_secs(3);

/// The process answers.
pub async fn alive() -> &'static str {
    "ok"
}

/// The server can do its work: the database answers and has this program's schema.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match tokio::time::timeout(PATIENCE, state.data.store.check()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "not ready: the log says why",
            )
        }
        Err(_) => {
            tracing::warn!("not ready: the database does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "not ready: the log says why",
            )
        }
    }
}
