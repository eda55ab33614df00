//! Looks at what has arrived whole, after the commit that made it so: keeps it written anew, or
//! says why not. Doing it again changes nothing.

use std::{sync::Arc, time::Duration};

use domain::{
    attachment::{AttachmentKind, AttachmentState, Unfit},
    ids::AttachmentId,
};
use store::{
    StoreError, Timestamp,
    records::{Attachment, KeptObject, LeasedJob, Owner, Upload},
};
use tokio::time::timeout;
use uuid::Uuid;

use super::{Attachments, check, digest, folder_of, fresh_object};

/// The longest wait for a turn; then the job is for later, and others go on.
const PATIENCE: Duration = Duration::from_secs(20);
/// A server that is merely slow gets to it by then, in a few minutes; what does not end by then is made not to.
const LAST_TRY: u64 = 6;

/// Performs a job of kind [`store::records::CHECK_ATTACHMENT`].
///
/// # Errors
/// The database or the object store does not answer; it is tried again.
pub async fn perform(
    attachments: &Attachments,
    job: &LeasedJob,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some((of, upload, plain)) = arrived(attachments, job).await? else {
        return Ok(());
    };
    let clean = checked(attachments, upload.kind, plain, job.tries).await?;
    end(attachments, of, clean, now).await
}

/// What has arrived whole and is to be looked at; none where there is nothing to do any more.
pub(super) async fn arrived(
    attachments: &Attachments,
    job: &LeasedJob,
) -> Result<Option<(Attachment, Upload, Vec<u8>)>, StoreError> {
    let Some(of) = subject(job) else {
        // Its matter was erased.
        return Ok(None);
    };
    let upload = attachments.store.upload(of).await?;
    let Some(upload) = upload.filter(|upload| upload.state == AttachmentState::Checking) else {
        return Ok(None);
    };
    let Some(plain) = gathered(attachments, of, &upload).await? else {
        tracing::warn!(
            folder = folder_of(of),
            "pieces of an upload are gone: it begins anew"
        );
        attachments.store.lose_upload(of).await?;
        return Ok(None);
    };
    Ok(Some((of, upload, plain)))
}

/// Keeps what was looked at, or says why not.
pub(super) async fn end(
    attachments: &Attachments,
    of: Attachment,
    clean: Result<Vec<u8>, Unfit>,
    now: Timestamp,
) -> Result<(), StoreError> {
    match clean {
        Ok(clean) => keep(attachments, of, clean, now).await?,
        Err(reason) => {
            // Where another server has kept it meanwhile, what lies there is that one's.
            if attachments.store.refuse_attachment(of, reason, now).await? {
                attachments.clear(of).await?;
            }
        }
    }
    Ok(())
}

fn subject(job: &LeasedJob) -> Option<Attachment> {
    let id = Uuid::from_slice(job.payload.as_deref()?).ok()?;
    let owner = Owner::of(&job.aggregate_kind, job.aggregate_id)?;
    Some(Attachment::new(job.lease.county, owner, AttachmentId(id)))
}

/// All that has arrived, in its order; `None` where some of it is gone.
async fn gathered(
    attachments: &Attachments,
    of: Attachment,
    upload: &Upload,
) -> Result<Option<Vec<u8>>, StoreError> {
    let mut plain = Vec::new();
    for piece in attachments.store.pieces(of).await? {
        let sealed = match attachments.objects.get(&piece.object).await {
            Ok(sealed) => sealed,
            Err(super::Failed::Missing) => return Ok(None),
            Err(failed) => return Err(failed.into()),
        };
        if piece.start != plain.len() as u64 {
            return Ok(None);
        }
        let opened = attachments.store.open_piece(of, piece.start, &sealed);
        match opened.await {
            Ok(opened) => plain.extend_from_slice(&opened),
            Err(StoreError::Corrupt { .. }) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    Ok((plain.len() as u64 == upload.length).then_some(plain))
}

/// One at a time, on a thread of its own, and only for a while. A thread that is still busy then
/// keeps its turn: there is never a second one beside it.
pub(super) async fn checked(
    attachments: &Attachments,
    kind: AttachmentKind,
    plain: Vec<u8>,
    tries: u64,
) -> Result<Result<Vec<u8>, Unfit>, StoreError> {
    let turn = timeout(PATIENCE, Arc::clone(&attachments.turn).acquire_owned()).await;
    let turn = turn.map_err(|_| later("another attachment is still being looked at"))?;
    let turn = turn.map_err(|_| StoreError::Closed)?;
    let work = tokio::task::spawn_blocking(move || {
        let clean = check::check(kind, &plain);
        drop(turn);
        clean
    });
    match timeout(attachments.times.look, work).await {
        Ok(Ok(clean)) => Ok(clean),
        // A decoder that panics has met something it was not made for.
        Ok(Err(_)) => Ok(Err(Unfit::Damaged)),
        Err(_) if tries < LAST_TRY => Err(later("an attachment takes long to look at")),
        Err(_) => Ok(Err(Unfit::Damaged)),
    }
}

fn later(reason: &str) -> StoreError {
    StoreError::Unavailable {
        reason: reason.to_owned(),
    }
}

async fn keep(
    attachments: &Attachments,
    of: Attachment,
    clean: Vec<u8>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let bytes = clean.len() as u64;
    let sealed = attachments.store.seal_kept(of, &clean).await?;
    let object = fresh_object(of);
    let kept = KeptObject {
        of,
        object: object.clone(),
        digest: digest(&sealed),
    };
    attachments.objects.put(&object, sealed).await?;
    if attachments.store.keep_attachment(kept, bytes, now).await? {
        // The pieces, and what an earlier try may have left.
        attachments
            .objects
            .clear(&folder_of(of), Some(&object))
            .await?;
    } else {
        attachments.objects.remove(&object).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::ids::CaseId;
    use futures_util::FutureExt as _;
    use store::{
        Lane, NewEvent, Provenance,
        records::{Begun, Piece},
        testing::TestStore,
    };

    use super::*;
    use crate::attachments::{Limits, Objects};

    const NOW: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

    /// One that has arrived whole, of a case with a key.
    async fn whole(attachments: &Attachments) -> Attachment {
        let id = Uuid::now_v7();
        let owner = Owner::Case(CaseId(id));
        let of = Attachment::new(crate::demo::county(), owner, AttachmentId(id));
        let store = &attachments.store;
        let appended: Result<u64, StoreError> = store
            .execute(Lane(id), move |tx| {
                async move {
                    let event = NewEvent {
                        event_id: id,
                        event_type: "note_added",
                        type_version: 1,
                        payload: b"x".to_vec(),
                    };
                    let by = Provenance {
                        actor: b"x".to_vec(),
                        captured_at: NOW,
                        received_at: NOW,
                    };
                    tx.append(&owner.aggregate(of.county), 0, &[event], &by)
                        .await
                }
                .boxed()
            })
            .await;
        appended.unwrap();
        let begun = store.begin_upload(of, AttachmentKind::Image, 1, 1, NOW);
        assert_eq!(begun.await.unwrap(), Begun::Fresh);
        let piece = Piece {
            start: 0,
            length: 1,
            object: fresh_object(of),
        };
        store.add_piece(of, piece, 1, NOW).await.unwrap();
        of
    }

    #[tokio::test]
    async fn what_another_server_kept_is_left_alone() {
        let (it, folder) = (TestStore::sqlite().await, tempfile::tempdir().unwrap());
        let objects = Objects::in_folder(folder.path()).unwrap();
        let attachments = Attachments::new(it.store.clone(), objects, Limits::default());
        let of = whole(&attachments).await;
        end(&attachments, of, Ok(b"light".to_vec()), NOW)
            .await
            .unwrap();
        // This one's lease had run out.
        end(&attachments, of, Err(Unfit::Damaged), NOW)
            .await
            .unwrap();
        let opened = attachments.open(of.county, &[of.owner], of.id).await;
        assert_eq!(opened.unwrap().unwrap().bytes, b"light");
    }
}
