//! Bytes as they come in: sealed and on the disk in pieces, so that a cut loses little.

use std::{sync::Arc, time::Duration};

use axum::body::{Body, Bytes};
use futures_util::StreamExt as _;
use store::{
    StoreError,
    records::{Added, Attachment, Piece, Upload},
};
use sync::upload::PIECE;
use tokio::time::{Instant, timeout};

use super::{Attachments, folder_of, fresh_object, turns::Turn};
use crate::clock;

/// Our own phone sends no more at once.
const PIECE_BYTES: usize = PIECE as usize;
/// After this silence what is held is put on the disk: whoever asks from where to go on is told
/// the most there is.
const SILENCE: Duration = Duration::from_secs(2);
/// Less than this is not worth a commit while the other side may still go on.
const WORTH_A_PIECE: usize = 4 * 1024;
/// A line of 20 kbit/s. Whoever is slower for longer than [`super::Times::slack`] is ended, and goes on anew.
const BYTES_A_SECOND: u64 = 2500;

/// How far an upload came by one request.
pub type Arrived = Result<Upload, Cut>;

/// Why a request ended before its body did. What was on the disk by then counts.
#[derive(Debug)]
pub enum Cut {
    /// The connection broke, or its other end fell silent or was slower than any line.
    Broken,
    /// More bytes than were announced.
    TooMuch,
    /// Another request was faster.
    Moved,
    /// Too many send at once.
    Busy,
    /// The county takes no more today.
    DayFull,
    /// Nothing more is taken now.
    Store(StoreError),
}

impl From<StoreError> for Cut {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

struct Arriving<'a> {
    to: &'a Attachments,
    of: Attachment,
    /// What is on the disk.
    upload: Upload,
    /// What is not yet.
    held: Vec<u8>,
    turn: Turn,
    since: Instant,
    /// Bytes that came by this request.
    came: u64,
}

impl Attachments {
    /// Takes a body of at most `bytes` from where the upload is. It goes on when whoever asked for it is gone: what
    /// has arrived is put on the disk all the same.
    pub async fn take(&self, of: Attachment, upload: Upload, bytes: u64, body: Body) -> Arrived {
        let to = self.clone();
        let taken = tokio::spawn(async move { to.take_in_turn(of, upload, bytes, body).await });
        taken.await.unwrap_or(Err(Cut::Store(StoreError::Panicked)))
    }

    async fn take_in_turn(
        &self,
        of: Attachment,
        upload: Upload,
        bytes: u64,
        body: Body,
    ) -> Arrived {
        let (turn, waited) = self.turns.next(of).await;
        if waited && self.store.upload(of).await?.map(|it| it.arrived) != Some(upload.arrived) {
            return Err(Cut::Moved);
        }
        let holds = usize::try_from(bytes).map_or(PIECE_BYTES, |bytes| bytes.min(PIECE_BYTES));
        let kib = u32::try_from(holds / 1024 + 1).unwrap_or(u32::MAX);
        let held = Arc::clone(&self.held).try_acquire_many_owned(kib);
        let _held = held.map_err(|_| Cut::Busy)?;
        let arriving = Arriving {
            to: self,
            of,
            upload,
            held: Vec::new(),
            turn,
            since: Instant::now(),
            came: 0,
        };
        arriving.take(body).await
    }
}

impl Arriving<'_> {
    async fn take(mut self, body: Body) -> Arrived {
        let mut body = body.into_data_stream();
        loop {
            let next = tokio::select! {
                biased;
                next = timeout(SILENCE, body.next()) => next,
                _ = &mut self.turn.over => {
                    self.put().await?;
                    return Err(Cut::Moved);
                }
            };
            match next {
                Ok(Some(Ok(bytes))) => self.hold(&bytes).await?,
                Ok(Some(Err(_))) => {
                    self.put().await?;
                    return Err(Cut::Broken);
                }
                Ok(None) => {
                    self.put().await?;
                    return Ok(self.upload);
                }
                Err(_) if self.held.len() >= WORTH_A_PIECE => self.put().await?,
                Err(_) => {}
            }
            if self.is_slow() {
                self.put().await?;
                return Err(Cut::Broken);
            }
        }
    }

    fn is_slow(&self) -> bool {
        let allowed = Duration::from_secs(self.came / BYTES_A_SECOND);
        self.since.elapsed() > self.to.times.slack + allowed
    }

    async fn hold(&mut self, bytes: &Bytes) -> Result<(), Cut> {
        let end = self.upload.arrived + (self.held.len() + bytes.len()) as u64;
        if end > self.upload.length {
            return Err(Cut::TooMuch);
        }
        self.held.extend_from_slice(bytes);
        self.came += bytes.len() as u64;
        if self.held.len() >= PIECE_BYTES {
            self.put().await?;
        }
        Ok(())
    }

    /// Seals what is held and puts it on the disk, then into the row.
    async fn put(&mut self) -> Result<(), Cut> {
        if self.held.is_empty() {
            return Ok(());
        }
        let (of, start) = (self.of, self.upload.arrived);
        let sealed = self.to.store.seal_piece(of, start, &self.held).await?;
        let piece = Piece {
            start,
            length: self.held.len() as u64,
            object: fresh_object(of),
        };
        let object = piece.object.clone();
        self.to
            .objects
            .put(&object, sealed)
            .await
            .map_err(StoreError::from)?;
        let added = self
            .to
            .store
            .add_piece(of, piece, self.to.limits.day_bytes, clock::now().into())
            .await;
        match added {
            Ok(Added::Here(upload)) => {
                self.upload = upload;
                self.held.clear();
                Ok(())
            }
            Ok(Added::Moved) => {
                self.forget(&object).await;
                Err(Cut::Moved)
            }
            Ok(Added::DayFull) => {
                self.forget(&object).await;
                Err(Cut::DayFull)
            }
            // Whether it was committed is not known: the object stays.
            Err(error) => Err(error.into()),
        }
    }

    /// An object that no row names; one that stays goes with its attachment's folder.
    async fn forget(&self, object: &str) {
        if let Err(error) = self.to.objects.remove(object).await {
            tracing::warn!(%error, folder = folder_of(self.of), "a piece could not be removed");
        }
    }
}
