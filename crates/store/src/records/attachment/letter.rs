//! A photo or recording that comes closed. It is staged as an upload of its own, beside the readable one that
//! may be on its way too; opened, it is what the readable one would have been.

use domain::attachment::{AttachmentKind, AttachmentState};
use domain::ids::AttachmentId;
use futures_util::FutureExt as _;
use uuid::Uuid;

use super::upload::DROP_PIECES;
use super::{Attachment, Begun, Form, Upload, upload};
use crate::{Lane, Store, StoreError, Timestamp, args};

/// In place of what is on its way or was refused. What is looked at or kept stays.
const OPENED: &str = "INSERT INTO attachment
  (county, owner_id, attachment_id, owner_kind, kind, state, length, arrived,
   created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, 'checking', $6, $6, $7, $7)
  ON CONFLICT (county, owner_id, attachment_id) DO UPDATE SET state = 'checking',
    length = excluded.length, arrived = excluded.arrived, reason = NULL,
    created_at = excluded.created_at, updated_at = excluded.updated_at
  WHERE attachment.state IN ('arriving', 'refused')";

impl Attachment {
    /// Where its letter is staged.
    #[must_use]
    pub fn letter(self) -> Self {
        self.turned()
    }

    /// Whose letter is staged here.
    #[must_use]
    pub fn of_letter(self) -> Self {
        self.turned()
    }

    /// The second half of the id, each bit turned: done twice, it is the same id.
    fn turned(self) -> Self {
        let half = u128::from(u64::MAX);
        let id = AttachmentId(Uuid::from_u128(self.id.0.as_u128() ^ half));
        Self { id, ..self }
    }
}

impl Store {
    /// Announces the letter of `of`, with `length` bytes; otherwise as [`Store::begin_upload`].
    pub async fn begin_letter(
        &self,
        of: Attachment,
        kind: AttachmentKind,
        length: u64,
        day_bytes: u64,
        now: Timestamp,
    ) -> Result<Begun, StoreError> {
        let of = of.letter();
        self.execute(Lane(of.id.0), move |tx| {
            upload::begin(tx, of, (kind, Form::Letter), length, day_bytes, now).boxed()
        })
        .await
    }

    /// What was in the letter of `of` is to be looked at, in place of what may have arrived readable. False where
    /// it is kept already.
    pub async fn open_upload(
        &self,
        of: Attachment,
        kind: AttachmentKind,
        length: u64,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.execute(Lane(of.id.0), move |tx| {
            async move {
                let (owner, id) = (of.owner.id(), of.id.0);
                let owner_kind = of.owner.kind();
                let kind = Form::Readable.word(kind)?;
                let args = args![of.county, owner, id, owner_kind, kind, length, now];
                if tx.run(OPENED, args).await? == 1 {
                    tx.run(DROP_PIECES, args![of.county, owner, id]).await?;
                }
                let known = tx.upload(of).await?;
                Ok(known.is_some_and(|known| !known.is_kept()))
            }
            .boxed()
        })
        .await
    }
}

impl Upload {
    /// Whether it was looked at and is kept.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        matches!(self.state, AttachmentState::Received { .. })
    }
}
