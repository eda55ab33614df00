//! What became of those that arrived whole, and what upkeep and verification ask for.

use domain::attachment::{AttachmentState, Unfit};
use domain::filing::Filing;
use domain::ids::AttachmentId;
use futures_util::FutureExt as _;
use sync::view;

use super::upload::DROP_PIECES;
use super::{Attachment, Owner, Upload, upload_columns, upload_of, word};
use crate::projection::told_of_attachments;
use crate::{County, Lane, Reader, Row, Store, StoreError, Timestamp, Value, args};

const KEEP: &str = "UPDATE attachment SET state = 'received', object = $4, kept_bytes = $5,
  digest = $6, updated_at = $7
  WHERE county = $1 AND owner_id = $2 AND attachment_id = $3 AND state = 'checking'";
const REFUSE: &str = "UPDATE attachment SET state = 'refused', reason = $4, updated_at = $5
  WHERE county = $1 AND owner_id = $2 AND attachment_id = $3 AND state = 'checking'";
const OF_OWNER: &str = concat!(
    "SELECT attachment_id, ",
    upload_columns!(),
    " FROM attachment WHERE county = $1 AND owner_id = $2"
);
const OBJECT: &str = "SELECT owner_kind, owner_id, attachment_id, object, digest FROM attachment
  WHERE county = $1 AND owner_id = $2 AND attachment_id = $3 AND state = 'received'";
const ALL_KEPT: &str = "SELECT owner_kind, owner_id, attachment_id, object, digest FROM attachment
  WHERE county = $1 AND state = 'received' ORDER BY owner_id, attachment_id";
const ABANDONED: &str = "SELECT owner_kind, owner_id, attachment_id FROM attachment
  WHERE county = $1 AND state IN ('arriving', 'refused') AND updated_at <= $2
  ORDER BY owner_id, attachment_id LIMIT $3";
const OF_ERASED: &str = "SELECT a.owner_kind, a.owner_id, a.attachment_id FROM attachment a
  JOIN data_key k ON k.county = a.county AND k.aggregate_kind = a.owner_kind
    AND k.aggregate_id = a.owner_id
  WHERE a.county = $1 AND k.wrapped IS NULL ORDER BY a.owner_id, a.attachment_id LIMIT $2";
const REMOVE: &str = "DELETE FROM attachment
  WHERE county = $1 AND owner_id = $2 AND attachment_id = $3";

/// A kept attachment in the object store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptObject {
    pub of: Attachment,
    pub object: String,
    /// The SHA-256 of the sealed object.
    pub digest: [u8; 32],
}

impl Store {
    /// Marks what was looked at as kept in `object`. False when somebody else was faster: the
    /// object is then nobody's.
    pub async fn keep_attachment(
        &self,
        kept: KeptObject,
        bytes: u64,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let KeptObject { of, object, digest } = kept;
        let more = args![object, bytes, digest, now];
        self.end_check(of, KEEP, more, now).await
    }

    /// Marks what was looked at as not kept.
    pub async fn refuse_attachment(
        &self,
        of: Attachment,
        reason: Unfit,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let more = args![word(&reason)?, now];
        self.end_check(of, REFUSE, more, now).await
    }

    async fn end_check(
        &self,
        of: Attachment,
        sql: &'static str,
        more: Vec<Value>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.execute(Lane(of.id.0), move |tx| {
            let more = more.clone();
            async move {
                let key = args![of.county, of.owner.id(), of.id.0];
                let args = key.iter().cloned().chain(more).collect();
                let done = tx.run(sql, args).await? == 1;
                if done {
                    tx.run(DROP_PIECES, key).await?;
                    let told = told_of_attachments(of.owner, now);
                    tx.publish(&of.owner.aggregate(of.county), told);
                }
                Ok(done)
            }
            .boxed()
        })
        .await
    }

    /// Every kept attachment of a county: what verification looks for.
    pub async fn kept_attachments(&self, county: County) -> Result<Vec<KeptObject>, StoreError> {
        let rows = self.read().await?.fetch(ALL_KEPT, args![county]).await?;
        rows.iter().map(|row| kept(county, row)).collect()
    }

    /// Up to `most` that nobody went on with since `before`.
    pub async fn abandoned_uploads(
        &self,
        county: County,
        before: Timestamp,
        most: u32,
    ) -> Result<Vec<Attachment>, StoreError> {
        let args = args![county, before, most];
        let rows = self.read().await?.fetch(ABANDONED, args).await?;
        rows.iter().map(|row| attachment(county, row)).collect()
    }

    /// Up to `most` whose owner was erased: their objects can go.
    pub async fn attachments_of_erased(
        &self,
        county: County,
        most: u32,
    ) -> Result<Vec<Attachment>, StoreError> {
        let args = args![county, most];
        let rows = self.read().await?.fetch(OF_ERASED, args).await?;
        rows.iter().map(|row| attachment(county, row)).collect()
    }

    /// Forgets one whatever its state, once its objects are gone.
    pub async fn remove_attachment(&self, of: Attachment) -> Result<(), StoreError> {
        let key = args![of.county, of.owner.id(), of.id.0];
        let rows = [REMOVE, DROP_PIECES];
        self.execute(Lane(of.id.0), move |tx| {
            let key = key.clone();
            async move {
                for sql in rows {
                    tx.run(sql, key.clone()).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
    }
}

impl Reader {
    /// Where a kept attachment lies.
    pub async fn kept_object(&mut self, of: Attachment) -> Result<Option<KeptObject>, StoreError> {
        let key = args![of.county, of.owner.id(), of.id.0];
        let row = self.fetch_optional(OBJECT, key).await?;
        row.map(|row| kept(of.county, &row)).transpose()
    }

    /// What a filing names, and where each of it is. Of a case that was born of a registration the
    /// attachments are the registration's.
    pub async fn attachments(
        &mut self,
        county: County,
        owners: &[Owner],
        filing: &Filing,
    ) -> Result<Vec<view::Attachment>, StoreError> {
        let named = filing.attachments();
        if named.is_empty() {
            return Ok(Vec::new());
        }
        let mut here: Vec<(AttachmentId, Upload)> = Vec::new();
        for owner in owners {
            let rows = self.fetch(OF_OWNER, args![county, owner.id()]).await?;
            for row in rows {
                here.push((AttachmentId(row.id(0)?), upload_of(&row, 1)?));
            }
        }
        let state = |id| {
            let found = here.iter().find(|(known, _)| *known == id);
            found.map_or(AttachmentState::Expected, |(_, upload)| upload.state)
        };
        let shown = named
            .into_iter()
            .map(|(attachment, kind)| view::Attachment {
                attachment,
                kind,
                state: state(attachment),
            });
        Ok(shown.collect())
    }
}

fn attachment(county: County, row: &Row) -> Result<Attachment, StoreError> {
    let owner = Owner::of(row.text(0)?, row.id(1)?)
        .ok_or_else(|| StoreError::corrupt("the owner of an attachment"))?;
    Ok(Attachment::new(county, owner, AttachmentId(row.id(2)?)))
}

fn kept(county: County, row: &Row) -> Result<KeptObject, StoreError> {
    let digest = row.bytes(4)?.try_into();
    Ok(KeptObject {
        of: attachment(county, row)?,
        object: row.text(3)?.to_owned(),
        digest: digest.map_err(|_| StoreError::corrupt("the digest of an attachment"))?,
    })
}
