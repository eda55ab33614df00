use domain::{
    attachment::{AttachmentKind, AttachmentState},
    ids::AttachmentId,
};
use serde::{Deserialize, Serialize};

/// A photo or recording that a filing names. The bytes of one that was received are at
/// `/{county}/attachments/{of}/{attachment}`, `of` being the case or registration that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attachment {
    /// Which.
    pub attachment: AttachmentId,
    /// What it is.
    pub kind: AttachmentKind,
    /// Where it is.
    pub state: AttachmentState,
}
