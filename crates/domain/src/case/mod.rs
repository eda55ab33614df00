//! One registered matter (信访事项): its procedure, replies and timeline.

mod clocks;
mod event;
mod number;
mod reply;
mod state;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    access::{AccessGrant, Delegate},
    code::SecondFactor,
    filing::{Filing, Statement},
    ids::{IssueId, NoteId, OfficialId, RegistrationId, VisitId},
    readers::{ReaderKey, ReaderSet},
    text::{Line, Paragraph},
};

pub use clocks::CaseClock;
pub use event::{
    Assignment, AssignmentKind, CaseEvent, ExternalRef, IssueAnswer, OfficialAct, Opening,
};
pub use number::{CaseNumber, Channel};
pub use reply::{
    Disposition, Reply, ReplyContent, ReplyKind, ReplyStatus, Service, ServiceWay, Signer,
    WithdrawnAct,
};

/// Where a case comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Filed without a visit.
    Direct,
    /// From a reception session.
    Session {
        /// The visit.
        visit: VisitId,
        /// The registration, whose code opens the case.
        registration: RegistrationId,
    },
    /// From a registration that ended without a session.
    Registration {
        /// The visit.
        visit: VisitId,
        /// The registration, whose code opens the case.
        registration: RegistrationId,
    },
}

impl Origin {
    /// The registration whose code opens the case.
    pub fn registration(&self) -> Option<RegistrationId> {
        match self {
            Self::Direct => None,
            Self::Session { registration, .. } | Self::Registration { registration, .. } => {
                Some(*registration)
            }
        }
    }
}

/// The category, which decides the path (`domain.md` §2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 建议意见.
    Suggestion,
    /// 检举控告: sealed.
    Accusation,
    /// 申诉求决, by one of the six ways of art. 31.
    Appeal(StatutoryPath),
    /// 咨询.
    Consultation,
    /// 感谢.
    Thanks,
}

/// The six ways of art. 31. Only the petition procedure carries the 60-day clock and review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StatutoryPath {
    /// Litigation, reconsideration, procuratorial or police procedure.
    Litigation,
    /// Arbitration.
    Arbitration,
    /// Party-member appeal, re-trial.
    PartyAppeal,
    /// Administrative reconsideration, adjudication, confirmation, licensing, penalty.
    Administrative,
    /// A request to investigate or to perform a protective duty.
    Duty,
    /// None of these: the petition procedure.
    Petition,
}

/// One request inside a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Issue {
    /// Its id.
    pub id: IssueId,
    /// What is asked for: text, image and sound alike.
    pub statement: Vec<Statement>,
    /// What was decided at the table.
    pub outcome: Option<IssueOutcome>,
    /// Whether the record is right.
    pub record: Option<IssueAnswer>,
    /// Whether it settles the matter.
    pub settles: Option<IssueAnswer>,
}

/// What a leader said about an issue (`people.md` 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum IssueOutcome {
    /// 当场解决.
    ResolvedOnSpot {
        /// What was decided.
        decision: Paragraph,
    },
    /// 承诺办到（日期）.
    WillDo {
        /// What.
        promise: Paragraph,
        /// By when.
        by: NaiveDate,
    },
    /// 承诺研究并答复（日期）.
    WillStudy {
        /// What.
        promise: Paragraph,
        /// By when.
        by: NaiveDate,
    },
    /// 今天说明办不到（理由）.
    NotPossible {
        /// Why.
        reason: Paragraph,
    },
}

/// Where the procedure stands (machine A of `domain.md` §2.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Procedure {
    /// The office has it.
    Registered,
    /// Sent to the unit with power.
    Transferred,
    /// Assigned, with a report to give back.
    Assigned,
    /// The unit accepted it.
    Accepted,
    /// A handler is at work.
    InHandling,
    /// The opinion is issued.
    Replied,
    /// Not accepted; ends when the notice is served.
    NotAccepted,
    /// Settled at the table; ends when the record is served.
    ResolvedOnSpot,
    /// Withdrawn by the petitioner.
    Withdrawn,
}

/// A note, question or answer on the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum Talk {
    /// The citizen added something.
    Note {
        /// Its id.
        id: NoteId,
        /// What.
        text: Paragraph,
        /// When.
        at: DateTime<Utc>,
    },
    /// The office asked, and perhaps had an answer.
    Question {
        /// Its id.
        id: NoteId,
        /// What.
        text: Paragraph,
        /// Until when an answer helps.
        by_date: NaiveDate,
        /// When.
        at: DateTime<Utc>,
        /// The answer and when it came.
        answer: Option<(Paragraph, DateTime<Utc>)>,
    },
}

/// A case as its events made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Case {
    /// Its number.
    pub number: CaseNumber,
    /// Where it comes from.
    pub origin: Origin,
    /// Who and what.
    pub filing: Filing,
    /// How it came.
    pub channel: Channel,
    /// The day the office had it.
    pub received_on: NaiveDate,
    /// Why that day precedes entry.
    pub received_reason: Option<Line>,
    /// When it was entered.
    pub opened_at: DateTime<Utc>,
    /// Who may know.
    pub readers: ReaderSet,
    /// The code, unless the registration's opens it.
    pub grant: Option<AccessGrant>,
    /// To whom besides the petitioner it was opened, oldest first. Of a matter that the
    /// registration's code opens they are the registration's.
    #[serde(default)]
    pub delegates: Vec<Delegate>,
    /// What the intake officer called it; none while closed until read.
    pub category: Option<Category>,
    /// Where the procedure stands.
    pub procedure: Procedure,
    /// Where it was sent.
    pub assignment: Option<Assignment>,
    /// The day of acceptance.
    pub accepted_on: Option<NaiveDate>,
    /// Who handles it.
    pub handler: Option<OfficialId>,
    /// The requests in it.
    pub issues: Vec<Issue>,
    /// Replies and notices, oldest first.
    pub replies: Vec<Reply>,
    /// Notes, questions and answers, oldest first.
    pub talk: Vec<Talk>,
    /// Numbers in other registers.
    pub external: Vec<ExternalRef>,
    /// Readers let in afterwards, with a reason.
    #[serde(default)]
    pub widened: Vec<ReaderKey>,
    /// The procedure the matter was in when it ended by withdrawal.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl Case {
    /// As officials may see it: codes and second factors are the petitioner's alone.
    #[must_use]
    pub fn without_secrets(mut self) -> Self {
        self.grant = None;
        self.delegates.clear();
        self.filing.second_factor = SecondFactor::unknown();
        self
    }
}
