//! From what was sent to what is kept: told by content and never by name, read whole, and written
//! anew, so that nothing of the file that came is in the one that stays.

mod audio;
mod image;

use domain::attachment::{AttachmentKind, Unfit};

/// The attachment as it is kept: a JPEG, or Opus in Ogg.
///
/// # Errors
/// Why it cannot be kept.
pub fn check(kind: AttachmentKind, sent: &[u8]) -> Result<Vec<u8>, Unfit> {
    match kind {
        AttachmentKind::Image => image::clean(sent),
        AttachmentKind::Audio => audio::clean(sent),
    }
}
