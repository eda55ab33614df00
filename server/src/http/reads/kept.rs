//! What the server keeps for one official and one browser for a while: sealed, and read by nobody
//! else, whatever cookie they send.

use chrono::{DateTime, Utc};
use domain::ids::OfficialId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{StoreError, records::Draft};
use uuid::Uuid;

use super::after;
use crate::data::Data;

/// Long enough to sign in again and finish; then what was typed is gone from the server.
pub const KEPT_SECONDS: u32 = 2 * 3600;
/// Long enough to print a slip.
pub const SLIP_SECONDS: u32 = 10 * 60;

#[derive(Serialize, Deserialize)]
struct Own<T> {
    official: OfficialId,
    kept: T,
}

/// What was kept under an id that the browser was given.
pub async fn kept<T: DeserializeOwned>(
    data: &Data,
    official: OfficialId,
    id: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Option<T>, StoreError> {
    let Some(id) = id else {
        return Ok(None);
    };
    let Some(Draft::Open(json)) = data.store.draft(data.county, id, now.into()).await? else {
        return Ok(None);
    };
    let own: Option<Own<T>> = serde_json::from_slice(&json).ok();
    Ok(own
        .filter(|own| own.official == official)
        .map(|own| own.kept))
}

/// Keeps something for some seconds, under a fresh id which the browser is given.
pub async fn keep<T: Serialize>(
    data: &Data,
    official: OfficialId,
    kept: T,
    seconds: u32,
    now: DateTime<Utc>,
) -> Result<Uuid, StoreError> {
    let id = Uuid::new_v4();
    let json = serde_json::to_vec(&Own { official, kept });
    let json = json.map_err(|error| StoreError::Corrupt {
        what: error.to_string(),
    })?;
    let until = after(now, u64::from(seconds));
    let store = &data.store;
    store
        .save_draft(data.county, id, &json, now.into(), until)
        .await?;
    Ok(id)
}
