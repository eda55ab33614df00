//! What the server says when an upload does not go on (tus 1.0 says the rest in headers).

use serde::{Deserialize, Serialize};

/// Nothing of what the request brought beyond the offset the server tells was kept, and nothing
/// that was there before is lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum UploadProblem {
    /// The token is missing, or was not made here.
    Token,
    /// The filing names no such attachment, or nothing of it has arrived.
    NotFound,
    /// What had arrived was refused when it was looked at: begin anew, with another one.
    Refused,
    /// The version of tus the client speaks is not 1.0.0.
    Version,
    /// A header is missing or cannot be read.
    Unreadable {
        /// Which.
        header: String,
    },
    /// The body is no `application/offset+octet-stream`.
    ContentType,
    /// More bytes than an attachment of its kind may have.
    TooLarge {
        /// The most there may be.
        most: u64,
    },
    /// It was announced with another length: this is the same id with other content.
    OtherLength {
        /// The length it was announced with.
        length: u64,
    },
    /// The body does not begin where the upload is, or another request was faster: ask, and go on
    /// from there.
    Offset,
    /// The body is longer than what is missing.
    TooMuch,
    /// It arrived whole: it cannot be taken back this way.
    Whole,
    /// The county takes no more today. Not received; it stays on the phone.
    DayFull,
    /// The server's disk is full. Not received; it stays on the phone.
    DiskFull,
    /// The server cannot take it now. Not received; it stays on the phone.
    TryLater,
}
