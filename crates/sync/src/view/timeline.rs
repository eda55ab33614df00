//! What happened to a case, as the petitioner may see it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    case::{
        AssignmentKind, CaseEvent, Channel, IssueAnswer, IssueOutcome, OfficialAct, ReplyKind,
        ServiceWay,
    },
    ids::ReplyId,
    readers::ReaderKey,
    text::{Line, Paragraph, PersonName},
};
use serde::{Deserialize, Serialize};

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub happened: Happened,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "happened", rename_all = "snake_case")]
pub enum Happened {
    /// The office has it.
    Received {
        /// How it came.
        channel: Channel,
        /// The day the office had it.
        on: NaiveDate,
        /// Why that day precedes entry.
        reason: Option<Line>,
    },
    /// An officer read it.
    Read,
    /// It went to a unit.
    Sent {
        /// Which.
        unit: Line,
        /// True when a report is asked for.
        assigned: bool,
    },
    /// The unit accepted it.
    Accepted,
    /// Somebody was named to handle it.
    HandlerNamed,
    /// Not accepted.
    NotAccepted {
        /// Why.
        reason: Line,
        /// Whom to ask.
        ask: Line,
    },
    /// A reply or notice was issued.
    Issued {
        /// Which.
        reply: ReplyId,
        /// What it is.
        kind: ReplyKind,
    },
    /// It was served.
    Served {
        /// Which.
        reply: ReplyId,
        /// How.
        way: ServiceWay,
        /// The day.
        on: NaiveDate,
        /// What it is.
        kind: ReplyKind,
    },
    /// A wrongly recorded service was put right.
    ServiceCorrected {
        /// Which reply.
        reply: ReplyId,
        /// The correct day.
        on: NaiveDate,
        /// Why.
        reason: Line,
    },
    /// A reply was withdrawn.
    ReplyWithdrawn {
        /// Which.
        reply: ReplyId,
        /// Why.
        reason: Line,
    },
    /// What was decided at the table.
    Decided {
        /// What.
        outcome: IssueOutcome,
    },
    /// What the petitioner said about it.
    Answered {
        /// What.
        answer: IssueAnswer,
    },
    /// The citizen added something.
    Note {
        /// What.
        text: Paragraph,
    },
    /// The office asked.
    Asked {
        /// What.
        text: Paragraph,
        /// Until when an answer helps.
        by_date: NaiveDate,
    },
    /// The citizen answered.
    AnsweredQuestion {
        /// What.
        text: Paragraph,
    },
    /// The petitioner withdrew.
    Withdrawn,
    /// One more reader may know.
    ReadersWidened {
        /// Who.
        reader: ReaderKey,
        /// Why.
        reason: Line,
    },
    /// A decision at the table was put right.
    DecisionCorrected {
        /// What was decided.
        outcome: IssueOutcome,
        /// Why.
        reason: Line,
    },
    /// An act of the office was taken back.
    TakenBack {
        /// Which.
        act: OfficialAct,
        /// Why.
        reason: Line,
    },
    /// The code was replaced.
    CodeReplaced,
    /// The petitioner opened it to one more person.
    AccessGranted {
        /// To whom.
        name: PersonName,
        /// The last day.
        until: Option<NaiveDate>,
    },
    /// The petitioner ended it for one of them.
    AccessRevoked {
        /// For whom.
        name: PersonName,
    },
}

/// The entries of a case's events, newest first. Drafts, signatures and views are left out,
/// and so is whom the petitioner let in: that is told to the petitioner alone ([`super::access_history`]).
pub fn timeline<'e>(events: impl IntoIterator<Item = &'e CaseEvent>) -> Vec<Entry> {
    let mut kinds = BTreeMap::new();
    let mut entries: Vec<Entry> = Vec::new();
    for event in events {
        if let CaseEvent::ReplyDrafted { reply } = event {
            kinds.insert(reply.id, reply.kind);
        }
        entries.extend(entry(event, &kinds));
    }
    entries.reverse();
    entries
}

fn entry(event: &CaseEvent, kinds: &BTreeMap<ReplyId, ReplyKind>) -> Option<Entry> {
    let (at, happened) = match event {
        CaseEvent::Opened(opening) => (
            opening.at,
            Happened::Received {
                channel: opening.channel,
                on: opening.received_on,
                reason: opening.received_reason.clone(),
            },
        ),
        CaseEvent::Classified { at, .. } => (*at, Happened::Read),
        CaseEvent::Sent(sent) => (
            sent.at,
            Happened::Sent {
                unit: sent.unit_name.clone(),
                assigned: matches!(sent.kind, AssignmentKind::Assign { .. }),
            },
        ),
        CaseEvent::Accepted { at, .. } => (*at, Happened::Accepted),
        CaseEvent::HandlerNamed { at, .. } => (*at, Happened::HandlerNamed),
        CaseEvent::NotAccepted {
            reason, ask, at, ..
        } => (
            *at,
            Happened::NotAccepted {
                reason: reason.clone(),
                ask: ask.clone(),
            },
        ),
        CaseEvent::IssueDecided { outcome, at, .. } => (
            *at,
            Happened::Decided {
                outcome: outcome.clone(),
            },
        ),
        CaseEvent::IssueAnswered { answer, at, .. } => {
            (*at, Happened::Answered { answer: *answer })
        }
        CaseEvent::NoteAdded { text, at, .. } => (*at, Happened::Note { text: text.clone() }),
        CaseEvent::CitizenAsked {
            text, by_date, at, ..
        } => (
            *at,
            Happened::Asked {
                text: text.clone(),
                by_date: *by_date,
            },
        ),
        CaseEvent::CitizenAnswered { text, at, .. } => {
            (*at, Happened::AnsweredQuestion { text: text.clone() })
        }
        CaseEvent::Withdrawn { at } => (*at, Happened::Withdrawn),
        CaseEvent::ReadersWidened {
            reader, reason, at, ..
        } => (
            *at,
            Happened::ReadersWidened {
                reader: reader.clone(),
                reason: reason.clone(),
            },
        ),
        CaseEvent::DecisionCorrected {
            outcome,
            reason,
            at,
            ..
        } => (
            *at,
            Happened::DecisionCorrected {
                outcome: outcome.clone(),
                reason: reason.clone(),
            },
        ),
        // Numbers in another register are the office's own: the citizen saw neither.
        CaseEvent::ActTakenBack {
            act: OfficialAct::ExternalNumber { .. },
            ..
        } => return None,
        CaseEvent::ActTakenBack {
            act, reason, at, ..
        } => (
            *at,
            Happened::TakenBack {
                act: act.clone(),
                reason: reason.clone(),
            },
        ),
        CaseEvent::AccessReplaced { grant, .. } => (grant.issued_at, Happened::CodeReplaced),
        _ => return reply_entry(event, kinds),
    };
    Some(Entry { at, happened })
}

fn reply_entry(event: &CaseEvent, kinds: &BTreeMap<ReplyId, ReplyKind>) -> Option<Entry> {
    let (at, happened) = match event {
        CaseEvent::ReplyIssued { reply, at } => (
            *at,
            Happened::Issued {
                reply: *reply,
                kind: *kinds.get(reply)?,
            },
        ),
        CaseEvent::ReplyServed { reply, service, at } => (
            *at,
            Happened::Served {
                reply: *reply,
                way: service.way.clone(),
                on: service.on,
                kind: *kinds.get(reply)?,
            },
        ),
        CaseEvent::ServiceCorrected {
            reply,
            service,
            reason,
            at,
        } => (
            *at,
            Happened::ServiceCorrected {
                reply: *reply,
                on: service.on,
                reason: reason.clone(),
            },
        ),
        CaseEvent::ReplyWithdrawn {
            reply, reason, at, ..
        } => (
            *at,
            Happened::ReplyWithdrawn {
                reply: *reply,
                reason: reason.clone(),
            },
        ),
        _ => return None,
    };
    Some(Entry { at, happened })
}
