use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::Rejection;

/// What became of a request, for whoever has nothing but its provisional number. It says nothing of what
/// is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ByNumber {
    /// As it is shown, in three groups.
    pub number: String,
    /// How far it is.
    pub fate: Fate,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "fate", rename_all = "snake_case")]
pub enum Fate {
    /// It is in the database.
    Received,
    /// It came and was not carried out.
    SentBack {
        /// Why; none where somebody had changed what it is about.
        reason: Option<Rejection>,
    },
    /// Nothing with this number has come yet.
    NotHere,
}
