//! Visits as officials see them. Who registered is shown to those who may know; the rest sees counts.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    booking::Ticket,
    case::{CaseNumber, Issue},
    code::AccessCode,
    desk::DeskAct,
    filing::{AccessNeed, Danger, Filing, Statement, Subject},
    ids::{CaseId, OfficialId, RegistrationId, VisitId},
    registration::RegistrationStatus,
    text::{Line, PersonName, PlainSentence},
    visit::{ReceptionRoom, Visit},
};
use serde::{Deserialize, Serialize};

use super::{
    Assignee, Attachment, Division, Me, NoticePage, NoticeRow, VisitFigures, query_string,
};

/// Visits, the latest day first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfficeVisits {
    /// Those this viewer may know of.
    pub rows: Vec<OfficeVisit>,
    /// The viewer.
    pub me: Me,
    /// Today, in China.
    pub today: NaiveDate,
}

/// A visit in the office's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfficeVisit {
    /// As the public sees it; none before publication.
    pub live: Option<NoticeRow>,
    /// Which.
    pub visit: VisitId,
    /// The title of the newest version.
    pub title: String,
    /// The day of the newest version.
    pub date: NaiveDate,
    /// True when a version waits for approval.
    pub awaits_approval: bool,
    /// True when a version is being written.
    pub draft: bool,
    /// People still to be told.
    pub untold: u32,
}

/// One visit's notice, to edit or approve; or what a new one can be made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitEditor {
    /// Which; none for a new one.
    pub id: Option<VisitId>,
    /// Its version, for conflicts.
    pub version: u64,
    /// Everything about it.
    pub visit: Visit,
    /// The pending version as the public will see it.
    pub preview: Option<Box<NoticePage>>,
    /// The author of the pending version.
    pub author: Option<OfficialId>,
    /// The author's name.
    pub author_name: String,
    /// Who can be named to see the booking list.
    pub officers: Vec<Assignee>,
    /// Where a venue can lie.
    pub divisions: Vec<Division>,
    /// Visits that can be offered when this one is cancelled.
    pub offers: Vec<NoticeRow>,
    /// The viewer.
    pub me: Me,
    /// Today, in China.
    pub today: NaiveDate,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// Which rows of a visit's list are asked for. Kept in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct DeskFilter {
    /// A serial, a ticket's number, or a whole name or telephone number.
    pub find: String,
    /// One state, by its wire name.
    pub status: String,
    /// One room, by its number.
    pub room: String,
    /// From 1.
    pub page: u32,
}

/// Who registered for a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Registrations {
    /// The visit.
    pub visit: NoticeRow,
    /// Its rooms.
    pub rooms: Vec<ReceptionRoom>,
    /// By serial, walk-ins last.
    pub rows: Vec<RegistrationRow>,
    /// Rows by state, over everything this viewer may see.
    pub counts: Vec<(RegistrationStatus, u32)>,
    /// Rows that fit the filter.
    pub total: u32,
    /// The filter as it was understood.
    pub filter: DeskFilter,
    /// Rows on a page.
    pub page_size: u32,
    /// Counts by subject: all that units and townships see before the day.
    pub by_subject: Vec<(Subject, u32)>,
    /// What is to be made ready, and for how many parties that are expected.
    pub needs: Vec<(AccessNeed, u32)>,
    /// The day's figures so far.
    pub figures: VisitFigures,
    /// True when the viewer may see who registered.
    pub named: bool,
    /// People still to be told.
    pub untold: u32,
    /// The viewer.
    pub me: Me,
    /// Today, in China.
    pub today: NaiveDate,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// A registration in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegistrationRow {
    /// Which.
    pub registration: RegistrationId,
    /// Its serial; none for a walk-in.
    pub serial: Option<u32>,
    /// Its ticket.
    pub ticket: Option<Ticket>,
    /// When to be there.
    pub time: Option<NaiveTime>,
    /// The masked name; none for a sealed party, shown as 保密.
    pub name: Option<String>,
    /// How many people.
    pub people: u16,
    /// What about; none for a sealed party.
    pub subject: Option<Subject>,
    /// Where it stands.
    pub status: RegistrationStatus,
}

/// One registration, to receive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegistrationDetail {
    /// The visit.
    pub visit: NoticeRow,
    /// The rooms.
    pub rooms: Vec<ReceptionRoom>,
    /// In the list.
    pub row: RegistrationRow,
    /// Who and what; none for those who may not see, and while names are masked.
    pub filing: Option<Box<Filing>>,
    /// Photos and recordings of the statement, and where each of them is; none while names are
    /// masked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What it is about, while names are masked.
    pub brief: Option<Box<Brief>>,
    /// Who opened the names before the visit, and when.
    pub names_shown: Vec<(DateTime<Utc>, PersonName)>,
    /// The place's name.
    pub place: Option<String>,
    /// When an office contacted the registrant before the visit, and what about.
    pub contacts: Vec<(DateTime<Utc>, Line)>,
    /// The code, for the slip of a walk-in: to the official who took it in, on the day.
    pub code: Option<AccessCode>,
    /// What the session came to; none where the viewer may not see it.
    pub result: Option<Box<SessionResult>>,
    /// The leaders, for the record.
    pub leaders: Vec<PersonName>,
    /// What can be done with it now.
    pub can: Vec<DeskAct>,
    /// The viewer.
    pub me: Me,
    /// Today, in China.
    pub today: NaiveDate,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// What a registration is about, without who it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Brief {
    /// Said in the person's own words.
    pub statement: Vec<Statement>,
    /// Whether somebody is in danger now.
    pub danger: Danger,
    /// What is to be made ready.
    pub needs: Vec<AccessNeed>,
}

/// What a session came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionResult {
    /// The matter born of it.
    pub case: CaseId,
    /// Its number.
    pub number: CaseNumber,
    /// The leader who received.
    pub leader: Option<PersonName>,
    /// The requests and what was decided.
    pub issues: Vec<Issue>,
    /// The record in one plain sentence.
    pub plain: Option<PlainSentence>,
    /// The day the record was handed over.
    pub served_on: Option<NaiveDate>,
}

impl DeskFilter {
    /// The filter as a query string; empty parts are left out.
    pub fn query(&self) -> String {
        let page = if self.page > 1 {
            self.page.to_string()
        } else {
            String::new()
        };
        query_string(&[
            ("find", &self.find),
            ("status", &self.status),
            ("room", &self.room),
            ("page", &page),
        ])
    }
}
