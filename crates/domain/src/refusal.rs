//! Why a command was not carried out: *malformed* is final anywhere, *circumstance* depends on
//! places, dates and status (on a phone a warning, still queued), *forbidden* on who asks.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::CaseId;

/// A refusal a screen turns into a sentence the person can act on.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Refusal {
    /// The visit, registration or matter is not known to the decider.
    #[error("not found")]
    NotFound,
    /// The act is not among what the actor's roles or grant allow.
    #[error("not allowed")]
    NotAllowed,
    /// A reply is signed by somebody other than its drafter.
    #[error("the signer drafted it")]
    SignerIsDrafter,
    /// A notice or public matter is approved by somebody other than its author.
    #[error("the approver wrote it")]
    ApproverIsAuthor,
    /// The petitioner does not want this reader to know of the matter.
    #[error("the petitioner closed this matter to that reader")]
    ClosedToReader,

    /// The content is outside what the type allows.
    #[error("{field} is malformed")]
    Malformed {
        /// The field, as the form names it.
        field: String,
    },
    /// A reception record without an issue.
    #[error("at least one issue is needed")]
    NoIssue,
    /// A handling opinion without disposition, facts, basis, remedies or evidence (R15).
    #[error("the opinion lacks {part}")]
    OpinionIncomplete {
        /// What is missing.
        part: OpinionPart,
    },

    /// Fewer than three days between publication and visit, and no reason to publish.
    #[error("published {days} days ahead, {needed} are needed or a published reason")]
    LeadTimeTooShort {
        /// Whole days between publication and visit.
        days: i64,
        /// What R01 asks for.
        needed: i64,
    },
    /// The notice contradicts itself.
    #[error("the notice's {field} do not fit together")]
    NoticeInconsistent {
        /// The part that does not fit.
        field: String,
    },
    /// Registration has not begun.
    #[error("registration opens at {opens}")]
    RegistrationNotOpen {
        /// When it opens.
        opens: DateTime<Utc>,
    },
    /// Registration has ended.
    #[error("registration closed at {closed}")]
    RegistrationClosed {
        /// When it closed.
        closed: DateTime<Utc>,
    },
    /// The visit was cancelled.
    #[error("the visit is cancelled")]
    VisitCancelled,
    /// The visit is not published.
    #[error("the visit is not published")]
    VisitNotPublished,
    /// The thing is past the state in which this can be done.
    #[error("this cannot be done now: {state}")]
    NotInThisState {
        /// The state it is in.
        state: String,
    },
    /// The visit has not begun, or is over.
    #[error("the visit is on {date}")]
    NotVisitDay {
        /// The visit's date.
        date: NaiveDate,
    },
    /// The day given lies after today.
    #[error("that day has not come yet")]
    InFuture,
    /// The day given lies before today, or before what it follows.
    #[error("that day has passed")]
    InPast,
    /// `received_on` is more than a day before entry, without reason and source.
    #[error("a reason is needed for a day of receipt this far back")]
    ReasonNeeded,
    /// Access for one more person that would end before today or after a year.
    #[error("access can be given until {latest}")]
    AccessDay {
        /// The last day there is.
        latest: NaiveDate,
    },
    /// As many people have access as can.
    #[error("{most} people have access already")]
    TooManyDelegates {
        /// How many can.
        most: usize,
    },
    /// A question that is not open, or was answered.
    #[error("nothing is asked")]
    NothingAsked,
    /// The matter runs already.
    #[error("the matter is being handled")]
    Duplicate {
        /// The running matter.
        case: CaseId,
    },
}

/// A part every handling opinion has (art. 32, R15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OpinionPart {
    /// Support, explain or not support.
    Disposition,
    /// Facts and reasons.
    Facts,
    /// Legal basis.
    Basis,
    /// What the petitioner can do next, and until when.
    Remedies,
    /// A document, statute or dated note.
    Evidence,
}

impl std::fmt::Display for OpinionPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Disposition => "disposition",
            Self::Facts => "facts",
            Self::Basis => "basis",
            Self::Remedies => "remedies",
            Self::Evidence => "evidence",
        })
    }
}

/// How a refusal is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// Final anywhere; the phone does not queue it.
    Malformed,
    /// The phone warns and queues; the server decides.
    Circumstance,
    /// Not this actor's to do.
    Forbidden,
}

impl Refusal {
    /// Which of the three kinds this is.
    pub fn kind(&self) -> RefusalKind {
        match self {
            Self::NotAllowed
            | Self::SignerIsDrafter
            | Self::ApproverIsAuthor
            | Self::ClosedToReader => RefusalKind::Forbidden,
            Self::Malformed { .. } | Self::NoIssue | Self::OpinionIncomplete { .. } => {
                RefusalKind::Malformed
            }
            _ => RefusalKind::Circumstance,
        }
    }

    pub(crate) fn state(state: &impl std::fmt::Debug) -> Self {
        Self::NotInThisState {
            state: format!("{state:?}"),
        }
    }
}
