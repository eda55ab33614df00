use chrono::{DateTime, Utc};
use domain::ids::OfficialId;
use serde::{Deserialize, Serialize};
use store::{StoreError, records::Draft};
use sync::view::Kept;
use uuid::Uuid;

use super::{Viewer, after};
use crate::data::Data;

/// Long enough to sign in again and finish; then what was typed is gone from the server.
pub const KEPT_SECONDS: u32 = 2 * 3600;

/// An office form that was not carried out, as it is stored: sealed, and for one official.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptForm {
    official: OfficialId,
    pub kept: Kept,
}

impl KeptForm {
    /// What this official's browser has kept.
    pub async fn of(
        viewer: &Viewer,
        data: &Data,
        official: OfficialId,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, StoreError> {
        let Some(id) = viewer.kept else {
            return Ok(None);
        };
        let Some(Draft::Open(json)) = data.store.draft(data.county, id, now.into()).await? else {
            return Ok(None);
        };
        let form: Option<Self> = serde_json::from_slice(&json).ok();
        Ok(form.filter(|form| form.official == official))
    }

    /// Keeps a form under a fresh id, which the browser is given.
    pub async fn keep(
        data: &Data,
        official: OfficialId,
        kept: Kept,
        now: DateTime<Utc>,
    ) -> Result<Uuid, StoreError> {
        let id = Uuid::new_v4();
        let json = serde_json::to_vec(&Self { official, kept });
        let json = json.map_err(|error| StoreError::Corrupt {
            what: error.to_string(),
        })?;
        let until = after(now, u64::from(KEPT_SECONDS));
        let store = &data.store;
        store
            .save_draft(data.county, id, &json, now.into(), until)
            .await?;
        Ok(id)
    }
}
