//! What is on its way: announced once, grown piece by piece, each durable before it is answered.

use domain::attachment::AttachmentKind;
use futures_util::FutureExt as _;
use uuid::Uuid;

use super::{Attachment, Form, Upload, day, upload_columns, upload_of};
use crate::{Lane, NewJob, Reader, Store, StoreError, Timestamp, Tx, args};

const SELECT: &str = concat!(
    "SELECT ",
    upload_columns!(),
    " FROM attachment WHERE county = $1 AND owner_id = $2 AND attachment_id = $3"
);
const INSERT: &str = "INSERT INTO attachment
  (county, owner_id, attachment_id, owner_kind, kind, state, length, arrived,
   created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, 'arriving', $6, 0, $7, $7) ON CONFLICT DO NOTHING";
/// What was refused makes room for another one under the same id.
const AGAIN: &str = "UPDATE attachment SET state = 'arriving', length = $4, arrived = 0,
  reason = NULL, created_at = $5, updated_at = $5
  WHERE county = $1 AND owner_id = $2 AND attachment_id = $3 AND state = 'refused'";
/// Only who continues where the last one ended: of two at once the second finds it moved.
const GROW: &str = "UPDATE attachment SET arrived = $5, updated_at = $6,
  state = CASE WHEN length = $5 THEN 'checking' ELSE state END
  WHERE county = $1 AND owner_id = $2 AND attachment_id = $3
    AND state = 'arriving' AND arrived = $4 AND length >= $5";
const ADD_PIECE: &str = "INSERT INTO attachment_piece
  (county, owner_id, attachment_id, start, length, object) VALUES ($1, $2, $3, $4, $5, $6)";
const PIECES: &str = "SELECT start, length, object FROM attachment_piece
  WHERE county = $1 AND owner_id = $2 AND attachment_id = $3 ORDER BY start";
const DROP: &str = "DELETE FROM attachment
  WHERE county = $1 AND owner_id = $2 AND attachment_id = $3 AND state IN ('arriving', 'refused')";
const LOSE: &str = "DELETE FROM attachment
  WHERE county = $1 AND owner_id = $2 AND attachment_id = $3 AND state = 'checking'";
pub(super) const DROP_PIECES: &str = "DELETE FROM attachment_piece
  WHERE county = $1 AND owner_id = $2 AND attachment_id = $3";

/// What came of announcing an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// It can begin.
    Fresh,
    /// It began before: it goes on where it is.
    Known(Upload),
    /// The county takes no more today.
    DayFull,
}

/// What came of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is on the disk.
    Here(Upload),
    /// Another one was faster, or the upload is over: nothing was added.
    Moved,
    /// The county takes no more today: nothing was added.
    DayFull,
}

/// A sealed piece in the object store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub start: u64,
    /// Bytes once opened.
    pub length: u64,
    pub object: String,
}

impl Store {
    /// Announces an upload of `length` bytes; `day_bytes` is what the county takes in a day.
    pub async fn begin_upload(
        &self,
        of: Attachment,
        kind: AttachmentKind,
        length: u64,
        day_bytes: u64,
        now: Timestamp,
    ) -> Result<Begun, StoreError> {
        self.execute(Lane(of.id.0), move |tx| {
            begin(tx, of, (kind, Form::Readable), length, day_bytes, now).boxed()
        })
        .await
    }

    pub async fn upload(&self, of: Attachment) -> Result<Option<Upload>, StoreError> {
        self.read().await?.upload(of).await
    }

    /// Adds a piece that lies in the object store already. The last one asks for the whole to be
    /// looked at, in the same commit.
    pub async fn add_piece(
        &self,
        of: Attachment,
        piece: Piece,
        day_bytes: u64,
        now: Timestamp,
    ) -> Result<Added, StoreError> {
        self.execute(Lane(of.id.0), move |tx| {
            let piece = piece.clone();
            async move { add(tx, of, &piece, day_bytes, now).await }.boxed()
        })
        .await
    }

    /// What has arrived, in its order.
    pub async fn pieces(&self, of: Attachment) -> Result<Vec<Piece>, StoreError> {
        let key = args![of.county, of.owner.id(), of.id.0];
        let rows = self.read().await?.fetch(PIECES, key).await?;
        let piece = |row: &crate::Row| {
            Ok(Piece {
                start: row.unsigned(0)?,
                length: row.unsigned(1)?,
                object: row.text(2)?.to_owned(),
            })
        };
        rows.iter().map(piece).collect()
    }

    /// Forgets what is on its way or was refused. What is being looked at or is kept stays, and
    /// then this is false.
    pub async fn drop_upload(&self, of: Attachment) -> Result<bool, StoreError> {
        self.forget_upload(of, DROP).await
    }

    /// Forgets what was to be looked at and whose bytes are gone: the phone sends it again.
    pub async fn lose_upload(&self, of: Attachment) -> Result<bool, StoreError> {
        self.forget_upload(of, LOSE).await
    }

    async fn forget_upload(&self, of: Attachment, sql: &'static str) -> Result<bool, StoreError> {
        self.execute(Lane(of.id.0), move |tx| {
            async move {
                let key = args![of.county, of.owner.id(), of.id.0];
                let gone = tx.run(sql, key.clone()).await? == 1;
                if gone {
                    tx.run(DROP_PIECES, key).await?;
                }
                Ok(gone)
            }
            .boxed()
        })
        .await
    }
}

impl Reader {
    pub async fn upload(&mut self, of: Attachment) -> Result<Option<Upload>, StoreError> {
        let key = args![of.county, of.owner.id(), of.id.0];
        let row = self.fetch_optional(SELECT, key).await?;
        row.map(|row| upload_of(&row, 0)).transpose()
    }
}

pub(super) async fn begin(
    tx: &mut Tx,
    of: Attachment,
    (kind, form): (AttachmentKind, Form),
    length: u64,
    day_bytes: u64,
    now: Timestamp,
) -> Result<Begun, StoreError> {
    let known = tx.upload(of).await?;
    if let Some(known) = known.filter(|known| !known.state.is_refused()) {
        return Ok(Begun::Known(known));
    }
    if !day::has_room(tx, of, length, day_bytes, now).await? {
        return Ok(Begun::DayFull);
    }
    let (owner, id) = (of.owner.id(), of.id.0);
    let changed = if known.is_some() {
        let args = args![of.county, owner, id, length, now];
        tx.run(AGAIN, args).await?
    } else {
        let (owner_kind, kind) = (of.owner.kind(), form.word(kind)?);
        let args = args![of.county, owner, id, owner_kind, kind, length, now];
        tx.run(INSERT, args).await?
    };
    if changed == 1 {
        return Ok(Begun::Fresh);
    }
    // Another server was faster.
    let known = tx.upload(of).await?;
    known
        .map(Begun::Known)
        .ok_or_else(|| StoreError::corrupt("an upload that vanished"))
}

async fn add(
    tx: &mut Tx,
    of: Attachment,
    piece: &Piece,
    day_bytes: u64,
    now: Timestamp,
) -> Result<Added, StoreError> {
    if !day::spend(tx, of, piece.length, day_bytes, now).await? {
        return Ok(Added::DayFull);
    }
    let (owner, id, end) = (of.owner.id(), of.id.0, piece.start + piece.length);
    let args = args![of.county, owner, id, piece.start, end, now];
    if tx.run(GROW, args).await? != 1 {
        return Ok(Added::Moved);
    }
    let object = piece.object.as_str();
    let args = args![of.county, owner, id, piece.start, piece.length, object];
    tx.run(ADD_PIECE, args).await?;
    let upload = tx.upload(of).await?;
    let upload = upload.ok_or_else(|| StoreError::corrupt("an upload that vanished"))?;
    if upload.arrived == upload.length {
        let job = NewJob {
            job_id: Uuid::now_v7(),
            kind: upload.form.job(),
            payload: id.as_bytes().to_vec(),
            run_at: now,
        };
        tx.enqueue(&of.owner.aggregate(of.county), &job).await?;
    }
    Ok(Added::Here(upload))
}
