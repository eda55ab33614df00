//! Whom to tell what, scoped to who may know of the matter.

use chrono::{DateTime, Utc};
use domain::{
    ids::{CaseId, RegistrationId, TellingId, VisitId},
    tidings::{TellState, Telling, TryResult},
};
use serde::{Deserialize, Serialize};

/// Which rows are asked for. Kept in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct TellFilter {
    /// A state by its wire name; empty for those who wait.
    pub state: String,
    /// One visit's.
    pub visit: Option<VisitId>,
    /// From 1.
    pub page: u32,
}

/// A page of those to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ToTell {
    /// Longest waiting first; those who were told, newest first.
    pub rows: Vec<ToTellRow>,
    /// Rows by state, over everything this viewer may see.
    pub counts: Vec<(TellState, u32)>,
    /// Rows that fit the filter.
    pub total: u32,
    /// The filter as it was understood.
    pub filter: TellFilter,
    /// Rows on a page.
    pub page_size: u32,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// One thing to tell one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ToTellRow {
    /// Which.
    pub id: TellingId,
    /// Whom, how, and what.
    pub telling: Telling,
    /// Where it stands.
    pub state: TellState,
    /// Tries so far.
    pub tries: u32,
    /// What came of the last.
    pub last: Option<TryResult>,
    /// The visit it is about.
    pub visit: Option<VisitId>,
    /// The registration it is about.
    pub registration: Option<RegistrationId>,
    /// The case it is about.
    pub case: Option<CaseId>,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl TellFilter {
    /// The filter as a query string; empty parts are left out.
    pub fn query(&self) -> String {
        let mut parts = Vec::new();
        if !self.state.is_empty() {
            parts.push(format!("state={}", super::percent_encoded(&self.state)));
        }
        if let Some(visit) = self.visit {
            parts.push(format!("visit={visit}"));
        }
        if self.page > 1 {
            parts.push(format!("page={}", self.page));
        }
        parts.join("&")
    }
}
