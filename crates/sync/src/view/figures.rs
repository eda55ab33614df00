//! Figures for whoever counts: journalists, researchers, the county above.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::VisitId;
use serde::{Deserialize, Serialize};

/// What past visits came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Figures {
    /// Newest first.
    pub visits: Vec<VisitCounts>,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// One visit. Four counts of different things: they are never added to each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitCounts {
    /// Which visit.
    pub visit: VisitId,
    /// The day.
    pub date: NaiveDate,
    /// Batches received (批次).
    pub batches: Count,
    /// People in them (人次).
    pub person_visits: Count,
    /// Issues decided on the spot (个问题).
    pub issues_settled: Count,
    /// Cases (件).
    pub cases: Count,
}

/// A count, or that it is small enough to point at somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Count {
    /// Five or more.
    Exactly(u32),
    /// Fewer, none included.
    Small(Small),
}

/// The word for a small count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Small {
    /// `<5`.
    #[serde(rename = "<5")]
    FewerThanFive,
}

impl From<u32> for Count {
    fn from(count: u32) -> Self {
        match count {
            0..5 => Self::Small(Small::FewerThanFive),
            _ => Self::Exactly(count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_count_is_not_told() {
        let said = |count: u32| serde_json::to_string(&Count::from(count)).unwrap();
        assert_eq!([said(0), said(4), said(5)], ["\"<5\"", "\"<5\"", "5"]);
    }
}
