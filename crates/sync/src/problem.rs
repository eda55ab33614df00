use serde::{Deserialize, Serialize};

/// Why a screen has nothing new to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum ReadProblem {
    /// There is no such thing, or not for this viewer: the two are not told apart.
    NotFound,
    /// A code, or a sign-in, is needed first.
    NotOpened,
    /// The viewer's roles do not include this.
    NotAllowed,
    /// Too many tries; the other ways stay open.
    TooMany {
        /// Seconds to wait.
        after_seconds: u32,
    },
    /// The network or the server did not answer.
    Unreachable,
    /// The server failed; its log has this id.
    Failed {
        /// The id to tell the office.
        id: String,
    },
}
