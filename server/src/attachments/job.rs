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
/// A photo of 25 megapixels takes under a second; what takes this long is made to.
const TIME: Duration = Duration::from_secs(20);

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
    let clean = checked(attachments, upload.kind, plain).await?;
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
            attachments.store.refuse_attachment(of, reason, now).await?;
            attachments.clear(of).await?;
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
) -> Result<Result<Vec<u8>, Unfit>, StoreError> {
    let turn = timeout(PATIENCE, Arc::clone(&attachments.turn).acquire_owned()).await;
    let turn = turn.map_err(|_| StoreError::Unavailable {
        reason: "another attachment is still being looked at".to_owned(),
    })?;
    let turn = turn.map_err(|_| StoreError::Closed)?;
    let work = tokio::task::spawn_blocking(move || {
        let clean = check::check(kind, &plain);
        drop(turn);
        clean
    });
    match timeout(TIME, work).await {
        Ok(Ok(clean)) => Ok(clean),
        // A decoder that panics has met something it was not made for.
        Ok(Err(_)) | Err(_) => Ok(Err(Unfit::Damaged)),
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
