//! Opens a letter that has arrived whole, and goes the way of what comes readable from there. Doing it
//! again changes nothing.

use domain::ids::CommandId;
use store::{
    StoreError, Timestamp,
    records::{Attachment, LeasedJob},
};
use sync::letter::medium::MediumName;

use super::{Attachments, folder_of, job};

/// Performs a job of kind [`store::records::OPEN_ATTACHMENT`].
///
/// # Errors
/// The database or the object store does not answer; it is tried again.
pub async fn open(
    attachments: &Attachments,
    job: &LeasedJob,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some((letter, upload, closed)) = job::arrived(attachments, job).await? else {
        return Ok(());
    };
    let (store, of) = (&attachments.store, letter.of_letter());
    let name = MediumName {
        county: of.county.as_str(),
        // A registration or matter has the id of the command it came with.
        of: CommandId(of.owner.id()),
        attachment: of.id,
        kind: upload.kind,
    };
    let plain = match store.open_medium(&name, &closed, now) {
        Ok(plain) => plain,
        Err(problem) => {
            tracing::warn!(%problem, folder = folder_of(of), "an attachment's letter stays closed");
            let reason = domain::attachment::Unfit::Damaged;
            if store.refuse_attachment(letter, reason, now).await? {
                attachments.clear(letter).await?;
            }
            return Ok(());
        }
    };
    // Readable it came first: there is one, whichever way it comes.
    if !is_kept(attachments, of).await? {
        let length = plain.len() as u64;
        let clean = job::checked(attachments, upload.kind, plain, job.tries).await?;
        if store.open_upload(of, upload.kind, length, now).await? {
            job::end(attachments, of, clean, now).await?;
        }
    }
    if store.lose_upload(letter).await? {
        attachments.clear(letter).await?;
    }
    Ok(())
}

async fn is_kept(attachments: &Attachments, of: Attachment) -> Result<bool, StoreError> {
    let known = attachments.store.upload(of).await?;
    Ok(known.is_some_and(|known| known.is_kept()))
}
