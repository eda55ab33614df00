//! Public matters as those see them who write them.

use chrono::NaiveDate;
use domain::text::Line;
use domain::{
    case::CaseNumber,
    division::DivisionCode,
    filing::Subject,
    ids::{CaseId, MatterId},
    matter::{MatterPage as PageText, MatterStatus},
    office::MatterAct,
};
use serde::{Deserialize, Serialize};

use super::{Division, MatterPage, MatterRow, Unit};

/// Every public matter, with those that wait for approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfficeMatters {
    /// Those to be approved first, then by the next step.
    pub rows: Vec<OfficeMatter>,
    /// True when the viewer may write a new one.
    pub may_propose: bool,
    /// Today, in China.
    pub today: NaiveDate,
}

/// A public matter in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfficeMatter {
    /// As the public list has it, or will.
    pub row: MatterRow,
    /// Where it stands.
    pub status: MatterStatus,
    /// True when a correction waits for approval.
    pub corrected: bool,
    /// The name of its author.
    pub author: String,
}

/// What the page of a new public matter starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewMatter {
    /// The case it comes from, where the viewer may see it.
    pub case: Option<(CaseId, CaseNumber)>,
    /// What that case is about.
    pub subject: Option<Subject>,
    /// Where.
    pub place: Option<DivisionCode>,
    /// Townships and villages.
    pub divisions: Vec<Division>,
}

/// One public matter, to edit or approve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatterEditor {
    /// Which.
    pub id: MatterId,
    /// Its version, for conflicts.
    pub version: u64,
    /// The page's text.
    pub page: PageText,
    /// The page as a villager sees it, or will.
    pub shown: MatterPage,
    /// The page as it would be with the correction that waits for approval, and what was wrong.
    pub corrected: Option<(MatterPage, Line)>,
    /// The name of its author.
    pub author: String,
    /// What the viewer can do with it now.
    pub can: Vec<MatterAct>,
    /// Why it is not the viewer's to approve: they wrote it.
    pub own: bool,
    /// Units that can promise.
    pub units: Vec<Unit>,
    /// Townships and villages.
    pub divisions: Vec<Division>,
}
