//! What the office tells a person after a change, a cancellation or an answer (`people.md` 4): to
//! whom, how they asked to be reached, and when the office may stop trying.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::{
    actor::Role,
    booking::Ticket,
    case::{Case, CaseEvent, OfficialAct, ReplyKind, ReplyStatus},
    event::DomainEvent,
    filing::Filing,
    ids::ReplyId,
    person::{Contact, ReachWay},
    registration::{NoSession, Registration, RegistrationEvent, RegistrationStatus},
    text::{Line, Paragraph, PersonName, PlainSentence},
    visit::{Visit, VisitEvent},
};

/// Those who call people back; each finds only what they may know.
pub const TELLING: &[Role] = &[
    Role::PetitionOfficer,
    Role::DeskClerk,
    Role::ReceivingLeader,
    Role::UnitHandler,
    Role::UnitHead,
];

/// One thing to tell one person, as it was when it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Telling {
    /// Whom.
    pub name: PersonName,
    /// How they asked to be reached.
    pub contact: Contact,
    /// What.
    pub tidings: Tidings,
}

/// What is told. Screens and messages make the words of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "tidings", rename_all = "snake_case")]
pub enum Tidings {
    /// A notice was published anew.
    NoticeChanged {
        /// The visit's day, as it is now.
        date: NaiveDate,
        /// The published change.
        what: Line,
    },
    /// The visit will not take place.
    VisitCancelled {
        /// The day it was planned for.
        date: NaiveDate,
        /// The published reason.
        reason: Line,
    },
    /// A place became free for somebody who waited.
    PlaceConfirmed {
        /// The visit's day.
        date: NaiveDate,
        /// When to be there, local time.
        time: NaiveTime,
        /// Room and number.
        ticket: Ticket,
        /// Where.
        venue: Line,
    },
    /// The desk sent the party to another room before it came.
    RoomChanged {
        /// The visit's day.
        date: NaiveDate,
        /// The room.
        room: u8,
    },
    /// The registration ended without a session and goes on as an ordinary matter.
    BecameCase {
        /// Why.
        why: NoSession,
    },
    /// A reply or notice was issued.
    Issued {
        /// Which document.
        kind: ReplyKind,
        /// Its plain sentence.
        plain: PlainSentence,
    },
    /// A reply or notice was withdrawn in the open.
    ReplyWithdrawn {
        /// Which document.
        kind: ReplyKind,
        /// Why.
        reason: Line,
    },
    /// A wrongly recorded service was put right: dates count anew.
    ServiceCorrected {
        /// The correct day.
        on: NaiveDate,
        /// Why.
        reason: Line,
    },
    /// The office asks something.
    Asked {
        /// What.
        text: Paragraph,
        /// Until when an answer helps.
        by_date: NaiveDate,
    },
    /// One more reader may know of the matter.
    ReadersWidened {
        /// Why.
        reason: Line,
    },
    /// What was decided at the table had been recorded wrongly.
    DecisionCorrected {
        /// Why.
        reason: Line,
    },
    /// A question was taken back: no answer is needed.
    QuestionTakenBack {
        /// Why.
        reason: Line,
    },
    /// One reader fewer knows of the matter.
    ReadersNarrowed {
        /// Why.
        reason: Line,
    },
    /// The code was replaced; the old one ended.
    CodeReplaced,
}

impl Tidings {
    /// What the office called about, as the registrant finds it among the contacts before a visit.
    pub fn contact_note(&self) -> &'static str {
        match self {
            Self::NoticeChanged { .. } => "告知接访公告有变更",
            Self::VisitCancelled { .. } => "告知接访取消",
            Self::PlaceConfirmed { .. } => "告知候补有了位置",
            Self::RoomChanged { .. } => "告知换了接待室",
            Self::BecameCase { .. } => "告知转为普通事项办理",
            Self::Issued { .. } => "告知文书已发出",
            Self::ReplyWithdrawn { .. } => "告知文书已撤回",
            Self::ServiceCorrected { .. } => "告知送达日期更正",
            Self::Asked { .. } => "请您补充情况",
            Self::ReadersWidened { .. } => "告知增加了可以查看的人",
            Self::DecisionCorrected { .. } => "告知接访记录更正",
            Self::QuestionTakenBack { .. } => "告知不用再补充",
            Self::ReadersNarrowed { .. } => "告知减少了可以查看的人",
            Self::CodeReplaced => "告知查询码已更换",
        }
    }
}

impl Telling {
    /// None for somebody who asked not to be contacted: they look themselves.
    pub fn to(filing: &Filing, tidings: Tidings) -> Option<Self> {
        (filing.contact.way != ReachWay::DoNotContact).then(|| Self {
            name: filing.party.petitioner.name.clone(),
            contact: filing.contact.clone(),
            tidings,
        })
    }
}

/// True for an event after which somebody may have to be told something. Citizens' own acts, and
/// what was said to them at the table, are none.
pub fn concerns_somebody(event: &DomainEvent) -> bool {
    match event {
        DomainEvent::Visit { event, .. } => matches!(
            event,
            VisitEvent::Published { version: 2.., .. } | VisitEvent::Cancelled { .. }
        ),
        DomainEvent::Registration { event, .. } => matches!(
            event,
            RegistrationEvent::Promoted { .. }
                | RegistrationEvent::Moved { .. }
                | RegistrationEvent::BecameCase { .. }
                | RegistrationEvent::AccessReplaced { .. }
        ),
        DomainEvent::Case { event, .. } => matches!(
            event,
            CaseEvent::ReplyIssued { .. }
                | CaseEvent::ReplyWithdrawn { .. }
                | CaseEvent::ServiceCorrected { .. }
                | CaseEvent::CitizenAsked { .. }
                | CaseEvent::ReadersWidened { .. }
                | CaseEvent::AccessReplaced { .. }
                | CaseEvent::DecisionCorrected { .. }
                | CaseEvent::ActTakenBack { .. }
        ),
        DomainEvent::Booking { .. } | DomainEvent::Matter { .. } => false,
    }
}

/// What every party expected on a visit's day is told of an event of the visit.
pub fn of_visit(event: &VisitEvent, visit: &Visit) -> Option<Tidings> {
    let date = visit.live.as_ref()?.notice.date;
    match event {
        VisitEvent::Published { version, .. } => {
            let mut changes = visit.changes.iter();
            let change = changes.find(|change| change.version == *version)?;
            let what = change.what.clone();
            Some(Tidings::NoticeChanged { date, what })
        }
        VisitEvent::Cancelled { reason, .. } => {
            let reason = reason.clone();
            Some(Tidings::VisitCancelled { date, reason })
        }
        _ => None,
    }
}

/// True for a party that still means to come.
pub fn is_expected(registration: &Registration) -> bool {
    matches!(
        registration.status,
        RegistrationStatus::Confirmed | RegistrationStatus::Waitlisted
    )
}

/// What a registrant is told of an event of their registration, as it and its visit stand now.
pub fn of_registration(
    event: &RegistrationEvent,
    registration: &Registration,
    visit: &Visit,
) -> Option<Tidings> {
    let notice = &visit.live.as_ref()?.notice;
    let date = notice.date;
    match event {
        RegistrationEvent::Promoted { place } if is_expected(registration) => {
            Some(Tidings::PlaceConfirmed {
                date,
                time: place.time,
                ticket: place.ticket,
                venue: notice.venue.name.clone(),
            })
        }
        // Who is there is told by the desk.
        RegistrationEvent::Moved { room, .. } if is_expected(registration) => {
            Some(Tidings::RoomChanged { date, room: *room })
        }
        RegistrationEvent::BecameCase { why, .. } => Some(Tidings::BecameCase { why: *why }),
        RegistrationEvent::AccessReplaced { .. } => Some(Tidings::CodeReplaced),
        _ => None,
    }
}

/// What a petitioner is told of an event of their case, as it stands now. A reply that was served
/// meanwhile has been told by that act.
pub fn of_case(event: &CaseEvent, case: &Case) -> Option<Tidings> {
    match event {
        CaseEvent::ReplyIssued { reply, .. } => issued(*reply, case),
        CaseEvent::ReplyWithdrawn { reply, reason, .. } => {
            let reply = case.reply(*reply)?;
            // Nobody has heard of a draft.
            reply.issued_at?;
            let (kind, reason) = (reply.kind, reason.clone());
            Some(Tidings::ReplyWithdrawn { kind, reason })
        }
        CaseEvent::ServiceCorrected {
            service, reason, ..
        } => Some(Tidings::ServiceCorrected {
            on: service.on,
            reason: reason.clone(),
        }),
        CaseEvent::CitizenAsked { text, by_date, .. } => Some(Tidings::Asked {
            text: text.clone(),
            by_date: *by_date,
        }),
        CaseEvent::ReadersWidened { reason, .. } => Some(Tidings::ReadersWidened {
            reason: reason.clone(),
        }),
        CaseEvent::AccessReplaced { .. } => Some(Tidings::CodeReplaced),
        CaseEvent::DecisionCorrected { reason, .. } => Some(Tidings::DecisionCorrected {
            reason: reason.clone(),
        }),
        CaseEvent::ActTakenBack { act, reason, .. } => taken_back(act, reason.clone()),
        _ => None,
    }
}

/// Of numbers in another register the petitioner heard nothing.
fn taken_back(act: &OfficialAct, reason: Line) -> Option<Tidings> {
    match act {
        OfficialAct::Question { .. } => Some(Tidings::QuestionTakenBack { reason }),
        OfficialAct::Widening { .. } => Some(Tidings::ReadersNarrowed { reason }),
        OfficialAct::ExternalNumber { .. } => None,
    }
}

fn issued(reply: ReplyId, case: &Case) -> Option<Tidings> {
    let reply = case.reply(reply)?;
    (reply.status == ReplyStatus::Issued).then(|| Tidings::Issued {
        kind: reply.kind,
        plain: reply.content.plain.clone(),
    })
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TryResult {
    /// The person knows.
    Reached,
    /// Nobody answered.
    NotReached,
    /// The number is somebody else's, or none.
    WrongNumber,
}

/// Where a telling stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TellState {
    /// To be told.
    Waiting,
    /// The person knows.
    Told,
    /// Three tries came to nothing; it stays in sight.
    NotReached,
}

impl TellState {
    /// Tries until the office may stop.
    pub const TRIES: u32 = 3;

    /// The state after one more try, or none where there is nothing left to enter: somebody who
    /// was given up can still turn up.
    #[must_use]
    pub fn after(self, tries_before: u32, result: TryResult) -> Option<Self> {
        match (self, result) {
            (Self::Told, _) => None,
            (Self::Waiting | Self::NotReached, TryResult::Reached) => Some(Self::Told),
            (Self::NotReached, _) => None,
            (Self::Waiting, _) if tries_before + 1 >= Self::TRIES => Some(Self::NotReached),
            (Self::Waiting, _) => Some(Self::Waiting),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{
        TellState::{self, *},
        TryResult::{self, *},
    };

    #[rstest]
    #[case(Waiting, 0, Reached, Some(Told))]
    #[case(Waiting, 0, TryResult::NotReached, Some(Waiting))]
    #[case(Waiting, 1, WrongNumber, Some(Waiting))]
    #[case(Waiting, 2, TryResult::NotReached, Some(TellState::NotReached))]
    #[case(TellState::NotReached, 3, TryResult::NotReached, None)]
    #[case(TellState::NotReached, 3, Reached, Some(Told))]
    #[case(Told, 1, Reached, None)]
    fn three_tries_are_enough_and_who_turns_up_is_told(
        #[case] before: TellState,
        #[case] tries: u32,
        #[case] result: TryResult,
        #[case] after: Option<TellState>,
    ) {
        assert_eq!(before.after(tries, result), after);
    }
}
