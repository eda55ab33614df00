//! What a citizen typed into a form that changed nothing: kept, so that the page shows it again.

use axum::response::Response;
use store::StoreError;
use sync::view::Typed;
use uuid::Uuid;

use super::with_cookie;
use crate::{
    clock,
    http::{
        AppState, cookies,
        reads::{after, failed},
    },
};

/// As long as a matter stays open.
const KEPT_SECONDS: u32 = 30 * 60;

/// The page, with the key to what was typed. Should keeping fail, the page comes without it.
pub async fn keep(state: &AppState, typed: &Typed, page: Response) -> Response {
    match store(state, typed).await {
        Ok(id) => with_cookie(
            page,
            cookies::secret(cookies::TYPED, &id.to_string(), KEPT_SECONDS),
        ),
        Err(error) => {
            failed(error);
            page
        }
    }
}

async fn store(state: &AppState, typed: &Typed) -> Result<Uuid, StoreError> {
    let now = clock::now();
    let json = serde_json::to_vec(typed).map_err(|error| StoreError::Corrupt {
        what: error.to_string(),
    })?;
    let (id, until) = (Uuid::new_v4(), after(now, u64::from(KEPT_SECONDS)));
    let county = state.data.county;
    state
        .data
        .store
        .save_draft(county, id, &json, now.into(), until)
        .await?;
    Ok(id)
}
