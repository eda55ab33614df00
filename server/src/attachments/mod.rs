//! Photos and recordings: staged as they arrive, checked, written anew, kept under their matter's
//! key. The rows are the store's ([`store::records::Attachment`]), the bytes are in [`Objects`].

mod arriving;
mod check;
mod job;
mod letter;
mod objects;
mod sweep;
mod turns;

use std::{sync::Arc, time::Duration};

use domain::{attachment::AttachmentKind, ids::AttachmentId};
use sha2::{Digest as _, Sha256};
use store::{
    Store, StoreError,
    records::{Attachment, Owner},
};
use tokio::sync::Semaphore;

pub use arriving::{Arrived, Cut};
pub use job::perform;
pub use letter::open;
pub use objects::{Failed, Objects, S3};
pub use sweep::sweep;

/// A thousand phones that send 64 KiB each at once; the next ones try again.
const HELD_KIB: usize = 64 * 1024;

/// What one county takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that arrive in one day.
    pub day_bytes: u64,
    /// Days after which nobody comes back for what was begun.
    pub days_kept: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            day_bytes: 2048 * 1024 * 1024,
            days_kept: 30,
        }
    }
}

/// How long what may take long is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// What a request may lose against the slowest line.
    pub slack: Duration,
    /// A photo of 25 megapixels is looked at in under a second.
    pub look: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            slack: Duration::from_secs(30),
            look: Duration::from_secs(20),
        }
    }
}

/// Where attachments are, and the rules they keep.
#[derive(Clone)]
pub struct Attachments {
    pub store: Store,
    pub objects: Objects,
    pub limits: Limits,
    pub times: Times,
    /// Decoding takes memory: one at a time.
    turn: Arc<Semaphore>,
    /// KiB that requests may hold between network and disk, all together.
    held: Arc<Semaphore>,
    turns: turns::Turns,
}

/// An attachment as it is served.
pub struct Opened {
    pub kind: AttachmentKind,
    pub bytes: Vec<u8>,
}

impl Attachments {
    #[must_use]
    pub fn new(store: Store, objects: Objects, limits: Limits) -> Self {
        Self {
            store,
            objects,
            limits,
            times: Times::default(),
            turn: Arc::new(Semaphore::new(1)),
            held: Arc::new(Semaphore::new(HELD_KIB)),
            turns: turns::Turns::default(),
        }
    }

    /// The first of some owners that has it, opened. `None` when none has received it.
    ///
    /// # Errors
    /// It is not what was kept, or the object store does not answer.
    pub async fn open(
        &self,
        county: store::County,
        owners: &[Owner],
        id: AttachmentId,
    ) -> Result<Option<Opened>, StoreError> {
        for owner in owners {
            let asked = Attachment::new(county, *owner, id);
            let mut reader = self.store.read().await?;
            let Some(kept) = reader.kept_object(asked).await? else {
                continue;
            };
            let kind = reader.upload(kept.of).await?.map(|upload| upload.kind);
            drop(reader);
            let sealed = self.objects.get(&kept.object).await?;
            // Under whose key it lies is the row's to say: an id alone does not tell a case from a registration.
            let bytes = self.store.open_kept(kept.of, &sealed).await?;
            return Ok(kind.map(|kind| Opened { kind, bytes }));
        }
        Ok(None)
    }

    /// Removes the objects of one that nothing names any more.
    ///
    /// # Errors
    /// Why some of them may still be there.
    pub async fn clear(&self, of: Attachment) -> Result<(), Failed> {
        self.objects.clear(&folder_of(of), None).await
    }

    /// Every kept attachment whose object is gone or is not the one that was kept.
    ///
    /// # Errors
    /// The database or the object store does not answer.
    pub async fn spoiled(
        &self,
        county: store::County,
    ) -> Result<(u64, Vec<Attachment>), StoreError> {
        let (mut looked_at, mut spoiled) = (0, Vec::new());
        for kept in self.store.kept_attachments(county).await? {
            looked_at += 1;
            let whole = match self.objects.get(&kept.object).await {
                Ok(sealed) => digest(&sealed) == kept.digest,
                Err(Failed::Missing) => false,
                Err(failed) => return Err(failed.into()),
            };
            if !whole {
                spoiled.push(kept.of);
            }
        }
        Ok((looked_at, spoiled))
    }
}

/// Everything of one attachment lies below this.
fn folder_of(of: Attachment) -> String {
    format!("{}/{}/{}", of.county, of.owner.id(), of.id)
}

fn fresh_object(of: Attachment) -> String {
    format!("{}/{}", folder_of(of), uuid::Uuid::new_v4().simple())
}

fn digest(sealed: &[u8]) -> [u8; 32] {
    Sha256::digest(sealed).into()
}
