//! What officials see, scoped to their reader keys and roles inside the query.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    actor::Role,
    case::{Case, CaseClock, CaseNumber, Procedure},
    filing::{Danger, Subject},
    ids::{CaseId, OfficialId, SignInId, UnitId},
    office::Offer,
    text::PersonName,
};
use serde::{Deserialize, Serialize};

use super::{Attachment, Entry, query_string};

/// The official who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Me {
    /// The account.
    pub id: OfficialId,
    /// The name.
    pub name: PersonName,
    /// The unit's name.
    pub unit: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// The sign-in, which what is captured under it names.
    pub sign_in: SignInId,
}

/// What a new account's holder takes into an authenticator, as long as the one-time link lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Enrolment {
    /// The name to sign in with.
    pub name: PersonName,
    /// The secret in base 32, for typing.
    pub key: String,
    /// The dark modules of its QR code as an SVG path.
    pub qr_path: String,
    /// Modules along one side, with the quiet zone.
    pub qr_size: u32,
}

/// Which rows of the worklist are asked for. Kept in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct WorkFilter {
    /// Exact look-up: a case number, query code, name or telephone number.
    pub find: String,
    /// One state of the procedure, by its wire name.
    pub state: String,
    /// One subject, by its wire name.
    pub subject: String,
    /// `overdue` or `soon`.
    pub due: String,
    /// From 1.
    pub page: u32,
}

/// The worklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Worklist {
    /// Danger first, then by due date.
    pub rows: Vec<WorkRow>,
    /// Rows by state, over everything this viewer may see.
    pub counts: Vec<(Procedure, u32)>,
    /// Overdue among them.
    pub overdue: u32,
    /// Rows that fit the filter.
    pub total: u32,
    /// The filter as it was understood.
    pub filter: WorkFilter,
    /// Rows on a page.
    pub page_size: u32,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// Which rows of *not yet in the national register* are asked for. Kept in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RegisterGapFilter {
    /// `earlier` for what was received before today; anything else is today.
    pub when: String,
    /// From 1.
    pub page: u32,
}

/// Cases that have no number in the national register yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegisterGap {
    /// Oldest first.
    pub rows: Vec<WorkRow>,
    /// Received today, over everything this viewer may see.
    pub today: u32,
    /// Received before today.
    pub earlier: u32,
    /// The filter as it was understood.
    pub filter: RegisterGapFilter,
    /// Rows on a page.
    pub page_size: u32,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorkRow {
    /// Which.
    pub case: CaseId,
    /// Its number.
    pub number: CaseNumber,
    /// The petitioner's masked name.
    pub name: String,
    /// What about.
    pub subject: Subject,
    /// Where it stands.
    pub procedure: Procedure,
    /// True while no intake officer has read it.
    pub unread: bool,
    /// Whether somebody is in danger.
    pub danger: Danger,
    /// The unit that has it.
    pub unit: Option<String>,
    /// The day the office had it.
    pub received_on: NaiveDate,
    /// When the running clock is due.
    pub due: Option<NaiveDate>,
    /// Days left; below zero when overdue.
    pub days_left: Option<i64>,
}

/// One case, to work on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Workspace {
    /// Which.
    pub id: CaseId,
    /// Its version, for conflicts.
    pub version: u64,
    /// Everything about it; codes and second factor are left out.
    pub case: Box<Case>,
    /// Photos and recordings of the statement, and where each of them is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The clocks with how they were counted.
    pub clocks: Vec<CaseClock>,
    /// What happened, newest first.
    pub timeline: Vec<Entry>,
    /// What the viewer can do with it now, and what not and why.
    pub offers: Vec<Offer>,
    /// Every unit; some may be closed to it.
    pub units: Vec<Unit>,
    /// Officials of the unit who can handle it.
    pub handlers: Vec<Assignee>,
    /// Those named in it, and whom more readers are chosen from.
    pub officials: Vec<Assignee>,
    /// When a unit that gets it today must say whether it accepts.
    pub accept_by: NaiveDate,
    /// When an answer is due if it is accepted today.
    pub answer_by: NaiveDate,
    /// The place's name.
    pub place: Option<String>,
    /// The viewer.
    pub me: Me,
    /// Today, in China.
    pub today: NaiveDate,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unit {
    /// Which.
    pub id: UnitId,
    /// Its name.
    pub name: String,
}

/// An official who can be named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assignee {
    /// Which.
    pub id: OfficialId,
    /// The name.
    pub name: String,
}

impl RegisterGapFilter {
    /// Whether what was received before today is asked for.
    pub fn is_earlier(&self) -> bool {
        self.when == "earlier"
    }

    /// The filter as a query string; empty parts are left out.
    pub fn query(&self) -> String {
        let when = if self.is_earlier() { &self.when } else { "" };
        query_string(&[("when", when), ("page", &page(self.page))])
    }
}

impl RegisterGap {
    /// Rows that fit the filter.
    pub fn total(&self) -> u32 {
        if self.filter.is_earlier() {
            self.earlier
        } else {
            self.today
        }
    }
}

impl WorkFilter {
    /// The filter as a query string; empty parts are left out.
    pub fn query(&self) -> String {
        query_string(&[
            ("find", &self.find),
            ("state", &self.state),
            ("subject", &self.subject),
            ("due", &self.due),
            ("page", &page(self.page)),
        ])
    }
}

/// A page for a query string; the first is not named.
fn page(page: u32) -> String {
    if page > 1 {
        page.to_string()
    } else {
        String::new()
    }
}
