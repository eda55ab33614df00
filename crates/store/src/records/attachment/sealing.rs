//! Bytes on their way to the object store and back. Each object is bound to its attachment and to
//! its place in it.

use super::Attachment;
use crate::crypto::{DataKey, Label, open, seal};
use crate::reader::KeyState;
use crate::{Reader, Store, StoreError};

impl Store {
    /// Seals what arrived from `start` on.
    pub async fn seal_piece(
        &self,
        of: Attachment,
        start: u64,
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        self.read().await?.seal_part(of, &piece(start), plain).await
    }

    /// Opens what arrived from `start` on.
    pub async fn open_piece(
        &self,
        of: Attachment,
        start: u64,
        sealed: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        self.read()
            .await?
            .open_part(of, &piece(start), sealed)
            .await
    }

    /// Seals an attachment as it is kept.
    pub async fn seal_kept(&self, of: Attachment, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.read().await?.seal_part(of, KEPT, plain).await
    }

    /// Opens an attachment as it is kept.
    pub async fn open_kept(&self, of: Attachment, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.read().await?.open_part(of, KEPT, sealed).await
    }
}

const KEPT: &str = "kept";

fn piece(start: u64) -> String {
    format!("piece {start}")
}

impl Reader {
    async fn seal_part(
        &mut self,
        of: Attachment,
        part: &str,
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let key = self.key_of(of).await?;
        seal(&key, &label(of, part), plain)
    }

    async fn open_part(
        &mut self,
        of: Attachment,
        part: &str,
        sealed: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let key = self.key_of(of).await?;
        open(&key, &label(of, part), sealed)
    }

    async fn key_of(&mut self, of: Attachment) -> Result<DataKey, StoreError> {
        match self.key(&of.owner.aggregate(of.county)).await? {
            KeyState::Live(key) => Ok(key),
            KeyState::Erased => Err(StoreError::Erased {
                aggregate_kind: of.owner.kind().to_owned(),
            }),
            KeyState::Missing => Err(StoreError::corrupt("an attachment of nothing")),
        }
    }
}

fn label(of: Attachment, part: &str) -> Label {
    let field = format!("attachment {} {part}", of.id);
    Label::field(&of.owner.aggregate(of.county), &field)
}
