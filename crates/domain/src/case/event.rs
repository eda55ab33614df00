//! What happened to a case.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{CaseNumber, Category, Channel, Issue, IssueOutcome, Origin, Reply, Service, Signer};
use crate::{
    access::{AccessGrant, Delegate},
    filing::Filing,
    ids::{CommandId, GrantId, IssueId, NoteId, OfficialId, ReplyId, UnitId},
    readers::{ReaderKey, ReaderSet},
    text::{Line, Paragraph, PersonName},
};

/// What happened to a case. Append-only: an official act is never removed, it is corrected or
/// withdrawn in the open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum CaseEvent {
    /// The office has it: it is registered.
    Opened(Box<Opening>),
    /// An intake officer read it and named its category.
    Classified {
        /// The category, which decides the path.
        category: Category,
        /// By whom.
        by: OfficialId,
        /// Who may know from now on.
        readers: ReaderSet,
        /// When.
        at: DateTime<Utc>,
    },
    /// It was sent to the unit with power (转送), or assigned with a report to give back (交办).
    Sent(Box<Assignment>),
    /// The unit accepted it (受理).
    Accepted {
        /// By whom.
        by: OfficialId,
        /// The day the handling clock starts.
        on: NaiveDate,
        /// When.
        at: DateTime<Utc>,
    },
    /// The unit's head named who handles it.
    HandlerNamed {
        /// Who.
        handler: OfficialId,
        /// By whom.
        by: OfficialId,
        /// When.
        at: DateTime<Utc>,
    },
    /// It is not accepted (不予受理): the notice says why and whom to ask.
    NotAccepted {
        /// By whom.
        by: OfficialId,
        /// The reason code and text.
        reason: Line,
        /// Whom to ask.
        ask: Line,
        /// When.
        at: DateTime<Utc>,
    },
    /// A reply or notice was written.
    ReplyDrafted {
        /// The draft.
        reply: Box<Reply>,
    },
    /// It was signed.
    ReplySigned {
        /// Which.
        reply: ReplyId,
        /// By whom.
        by: Signer,
        /// When.
        at: DateTime<Utc>,
    },
    /// It was issued.
    ReplyIssued {
        /// Which.
        reply: ReplyId,
        /// When.
        at: DateTime<Utc>,
    },
    /// It was served, by an act.
    ReplyServed {
        /// Which.
        reply: ReplyId,
        /// How.
        service: Service,
        /// When this was recorded.
        at: DateTime<Utc>,
    },
    /// Somebody with the code looked at it. Moves no clock.
    ReplyOpened {
        /// Which.
        reply: ReplyId,
        /// When.
        at: DateTime<Utc>,
    },
    /// An act was withdrawn; its place stays.
    ReplyWithdrawn {
        /// Which.
        reply: ReplyId,
        /// By whom.
        by: OfficialId,
        /// Why.
        reason: Line,
        /// What took its place.
        successor: Option<ReplyId>,
        /// When.
        at: DateTime<Utc>,
    },
    /// A wrongly recorded service was put right: clocks run from the correct day.
    ServiceCorrected {
        /// Which reply.
        reply: ReplyId,
        /// The correct service.
        service: Service,
        /// Why.
        reason: Line,
        /// When.
        at: DateTime<Utc>,
    },
    /// What the leader said about an issue at the table.
    IssueDecided {
        /// Which.
        issue: IssueId,
        /// What was decided.
        outcome: IssueOutcome,
        /// The leader, who confirmed the words before they were saved.
        leader: PersonName,
        /// The room clerk.
        by: OfficialId,
        /// When.
        at: DateTime<Utc>,
    },
    /// The petitioner said whether the record is right, or whether it settles the matter.
    IssueAnswered {
        /// Which.
        issue: IssueId,
        /// What the petitioner said.
        answer: IssueAnswer,
        /// When.
        at: DateTime<Utc>,
    },
    /// The citizen added something.
    NoteAdded {
        /// The note.
        note: NoteId,
        /// What.
        text: Paragraph,
        /// When.
        at: DateTime<Utc>,
    },
    /// The office asked the citizen something.
    CitizenAsked {
        /// The question.
        question: NoteId,
        /// What.
        text: Paragraph,
        /// Until when an answer helps.
        by_date: NaiveDate,
        /// Who asks.
        by: OfficialId,
        /// When.
        at: DateTime<Utc>,
    },
    /// The citizen answered.
    CitizenAnswered {
        /// Which question.
        question: NoteId,
        /// The answer.
        text: Paragraph,
        /// When.
        at: DateTime<Utc>,
    },
    /// The petitioner withdrew the matter.
    Withdrawn {
        /// When.
        at: DateTime<Utc>,
    },
    /// One more reader, with a reason the petitioner sees.
    ReadersWidened {
        /// Who may know now.
        reader: ReaderKey,
        /// Why.
        reason: Line,
        /// By whom.
        by: OfficialId,
        /// When.
        at: DateTime<Utc>,
    },
    /// The number it has in another register.
    ExternalRefRecorded {
        /// Which.
        reference: ExternalRef,
    },
    /// A lost code was replaced; the old one ended.
    AccessReplaced {
        /// The new grant.
        grant: Box<AccessGrant>,
        /// By whom.
        by: OfficialId,
    },
    /// The petitioner opened it to one more person.
    AccessGranted {
        /// To whom.
        delegate: Box<Delegate>,
    },
    /// The petitioner ended it for one of them.
    AccessRevoked {
        /// Which grant.
        grant: GrantId,
        /// When.
        at: DateTime<Utc>,
    },
    /// What was decided at the table had been recorded wrongly.
    DecisionCorrected {
        /// Which issue.
        issue: IssueId,
        /// What was decided.
        outcome: IssueOutcome,
        /// Why; the petitioner sees it.
        reason: Line,
        /// By whom.
        by: OfficialId,
        /// When.
        at: DateTime<Utc>,
    },
    /// An official act that has no notice of its own was taken back, in the open.
    ActTakenBack {
        /// Which.
        act: OfficialAct,
        /// Why; the petitioner sees it.
        reason: Line,
        /// By whom.
        by: OfficialId,
        /// When.
        at: DateTime<Utc>,
    },
}

/// An official act without a notice of its own. One with a notice (sending, accepting, not
/// accepting, answering) is taken back by withdrawing that notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OfficialAct {
    /// A question to the citizen.
    Question {
        /// Which.
        question: NoteId,
    },
    /// Letting one more reader know.
    Widening {
        /// Whom.
        reader: ReaderKey,
    },
    /// A number in another register.
    ExternalNumber {
        /// Which.
        number: Line,
    },
}

/// How a case begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Opening {
    /// Its number.
    pub number: CaseNumber,
    /// Where it comes from.
    pub origin: Origin,
    /// Who and what.
    pub filing: Filing,
    /// The requests in it; at least one.
    pub issues: Vec<Issue>,
    /// How it came.
    pub channel: Channel,
    /// The day the office had it; clocks start here.
    pub received_on: NaiveDate,
    /// Why and on what evidence that day precedes entry, where it does.
    pub received_reason: Option<Line>,
    /// When it was entered.
    pub at: DateTime<Utc>,
    /// Who entered it, when an official did.
    pub by: Option<OfficialId>,
    /// Who may know.
    pub readers: ReaderSet,
    /// The code, unless the registration's opens it.
    pub grant: Option<AccessGrant>,
    /// The command that opened it.
    pub command: CommandId,
}

/// A transfer or assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assignment {
    /// Transfer or assign.
    pub kind: AssignmentKind,
    /// To whom.
    pub unit: UnitId,
    /// The unit's name at that time, as the citizen sees it.
    pub unit_name: Line,
    /// By whom.
    pub by: OfficialId,
    /// The day the unit has it.
    pub on: NaiveDate,
    /// When.
    pub at: DateTime<Utc>,
}

/// Transferred and assigned differ: only *assigned* demands a report back (art. 22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AssignmentKind {
    /// 转送.
    Transfer,
    /// 交办.
    Assign {
        /// When the report is due.
        report_due: NaiveDate,
    },
}

/// What the petitioner says about an issue's record and outcome: two facts, kept apart (`people.md` 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum IssueAnswer {
    /// The record is right; said at the table.
    RecordRight,
    /// 不确认.
    RecordNotConfirmed,
    /// This settles it; said on the citizen's own channel.
    Settled,
    /// 还没解决: reopens the issue.
    NotSettled,
}

/// The matter's number in another register (`people.md` 17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExternalRef {
    /// The register (国家信访信息系统).
    pub system: Line,
    /// Its number there.
    pub number: Line,
    /// The day it was entered.
    pub entered_on: NaiveDate,
    /// By whom.
    pub by: OfficialId,
}
