//! What somebody without scripts has typed so far. Its id becomes the command's id.

use uuid::Uuid;

use super::write;
use crate::crypto::{Label, open, seal};
use crate::{County, Store, StoreError, Timestamp, args};

const SAVE: &str = "INSERT INTO draft (county, draft_id, content, updated_at, expires_at)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (county, draft_id) DO UPDATE SET
  content = excluded.content, updated_at = excluded.updated_at, expires_at = excluded.expires_at";
const SELECT: &str = "SELECT content, expires_at FROM draft
  WHERE county = $1 AND draft_id = $2";
const DELETE: &str = "DELETE FROM draft WHERE county = $1 AND draft_id = $2";
const SWEEP: &str = "DELETE FROM draft WHERE expires_at <= $1";

/// An expired draft is told apart from an unknown one: the page can say what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Draft {
    Open(Vec<u8>),
    Expired,
}

impl Store {
    pub async fn save_draft(
        &self,
        county: County,
        draft_id: Uuid,
        content: &[u8],
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let sealed = seal(self.keyring.technical(), &label(county, draft_id), content)?;
        let args = args![county, draft_id, sealed, now, expires_at];
        write::one(self, SAVE, args).await.map(drop)
    }

    pub async fn draft(
        &self,
        county: County,
        draft_id: Uuid,
        now: Timestamp,
    ) -> Result<Option<Draft>, StoreError> {
        let row = self
            .read()
            .await?
            .fetch_optional(SELECT, args![county, draft_id])
            .await?;
        let Some(row) = row else { return Ok(None) };
        if now >= row.timestamp(1)? {
            return Ok(Some(Draft::Expired));
        }
        let label = label(county, draft_id);
        open(self.keyring.technical(), &label, row.bytes(0)?).map(|plain| Some(Draft::Open(plain)))
    }

    pub async fn delete_draft(&self, county: County, draft_id: Uuid) -> Result<(), StoreError> {
        write::one(self, DELETE, args![county, draft_id])
            .await
            .map(drop)
    }

    pub async fn sweep_drafts(&self, now: Timestamp) -> Result<u64, StoreError> {
        write::one(self, SWEEP, args![now]).await
    }
}

fn label(county: County, draft_id: Uuid) -> Label {
    Label::of(&[b"draft", county.as_str().as_bytes(), draft_id.as_bytes()])
}
