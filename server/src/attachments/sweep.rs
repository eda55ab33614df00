//! What nobody comes back for, and what belongs to a matter that was erased.

use std::time::Duration;

use store::{County, StoreError, Timestamp};

use super::Attachments;

/// In one round; the rest is for the next.
const AT_ONCE: u32 = 200;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Removes both, and says how many there were.
///
/// # Errors
/// The database or the object store does not answer; it is tried again.
pub async fn sweep(
    attachments: &Attachments,
    county: County,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let store = &attachments.store;
    let before = now.minus(DAY * attachments.limits.days_kept);
    let abandoned = store.abandoned_uploads(county, before, AT_ONCE).await?;
    for of in &abandoned {
        // Somebody may have gone on with it since.
        if store.drop_upload(*of).await? {
            attachments.clear(*of).await?;
        }
    }
    let erased = store.attachments_of_erased(county, AT_ONCE).await?;
    for of in &erased {
        attachments.clear(*of).await?;
        store.remove_attachment(*of).await?;
    }
    Ok(abandoned.len() + erased.len())
}
