//! A party's registration for a visit, from receipt to the session.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    access::{AccessGrant, Delegate},
    booking::{Place, Placement, Ticket},
    filing::Filing,
    ids::{CaseId, GrantId, OfficialId, VisitId},
    person::PartySize,
    readers::ReaderSet,
    text::{Line, PersonName, PlainSentence},
};

/// What happened to a registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum RegistrationEvent {
    /// The server has it.
    Received(Box<Received>),
    /// A place became free.
    Promoted {
        /// The place.
        place: Place,
    },
    /// The citizen cancelled.
    Cancelled {
        /// When.
        at: DateTime<Utc>,
    },
    /// The party is there: from now on it is a batch.
    Arrived {
        /// How many came.
        people: PartySize,
        /// Who checked it in.
        by: OfficialId,
        /// When.
        at: DateTime<Utc>,
    },
    /// The desk sent it to another room.
    Moved {
        /// The room.
        room: u8,
        /// By whom.
        by: OfficialId,
    },
    /// The session was held; this case came of it.
    SessionHeld {
        /// The case.
        case: CaseId,
        /// When.
        at: DateTime<Utc>,
        /// The record in one plain sentence, settled or not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        plain: Option<PlainSentence>,
    },
    /// It ended without a session and became an ordinary matter (`people.md` 31).
    BecameCase {
        /// Why there was no session.
        why: NoSession,
        /// The case.
        case: CaseId,
        /// When.
        at: DateTime<Utc>,
    },
    /// An office contacted the registrant before the visit; shown to the registrant.
    ContactedBefore {
        /// Who called.
        by: OfficialId,
        /// What about.
        what: Line,
        /// When.
        at: DateTime<Utc>,
    },
    /// A visit's officer opened who it is, before the visit; until then names are masked.
    NamesShown {
        /// To whom.
        to: OfficialId,
        /// The officer's name.
        name: PersonName,
        /// When.
        at: DateTime<Utc>,
    },
    /// How many came had been entered wrongly.
    ArrivalCorrected {
        /// How many came.
        people: PartySize,
        /// What was wrong.
        reason: Line,
        /// By whom.
        by: OfficialId,
        /// When.
        at: DateTime<Utc>,
    },
    /// A lost code was replaced; the old one ended.
    AccessReplaced {
        /// The new grant.
        grant: Box<AccessGrant>,
    },
    /// The petitioner opened it, and the matters born of it, to one more person.
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
}

/// The content of a registration as it was received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Received {
    /// The visit.
    pub visit: VisitId,
    /// Who and what.
    pub filing: Filing,
    /// 1..n; none for a walk-in, who did not register before.
    pub serial: Option<u32>,
    /// A place or a position in the waiting list.
    pub placement: Placement,
    /// The code.
    pub grant: AccessGrant,
    /// Who may know.
    pub readers: ReaderSet,
    /// When the server had it.
    pub at: DateTime<Utc>,
}

/// Why a registration ended without a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoSession {
    /// Did not come.
    NoShow,
    /// Not for this visit.
    Redirected,
    /// The visit was cancelled.
    VisitCancelled,
    /// The waiting list was not reached.
    NotReached,
}

/// Where a registration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RegistrationStatus {
    /// 已确认.
    Confirmed,
    /// 候补.
    Waitlisted,
    /// Cancelled by the citizen.
    Cancelled,
    /// There, waiting for its room.
    Arrived,
    /// Received in session.
    Done,
    /// Ended without a session, goes on as an ordinary matter.
    BecameCase,
}

/// A registration as its events made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// As received; the grant may have been replaced since.
    pub received: Received,
    /// Where it stands.
    pub status: RegistrationStatus,
    /// The room and number, once it has a place.
    pub ticket: Option<Ticket>,
    /// The place, when it was booked.
    pub place: Option<Place>,
    /// How many came.
    pub people: Option<PartySize>,
    /// Matters born of it.
    pub cases: Vec<CaseId>,
    /// What the session's record said.
    #[serde(default)]
    pub record: Option<PlainSentence>,
    /// The officers who opened who it is before the visit.
    #[serde(default)]
    pub shown_to: Vec<OfficialId>,
    /// To whom besides the petitioner it was opened, oldest first.
    #[serde(default)]
    pub delegates: Vec<Delegate>,
}

impl Registration {
    /// Folds the events; `None` before the first.
    pub fn fold<'e>(events: impl IntoIterator<Item = &'e RegistrationEvent>) -> Option<Self> {
        let mut state = None;
        for event in events {
            Self::evolve(&mut state, event);
        }
        state
    }

    /// Applies one event. Never panics: an event that does not fit changes nothing.
    pub fn evolve(state: &mut Option<Self>, event: &RegistrationEvent) {
        match (state.as_mut(), event) {
            (None, RegistrationEvent::Received(received)) => {
                *state = Some(Self::received(received))
            }
            (Some(registration), event) => registration.apply(event),
            (None, _) => {}
        }
    }

    fn received(received: &Received) -> Self {
        let (status, ticket, place) = match received.placement {
            Placement::Confirmed(place) => (
                RegistrationStatus::Confirmed,
                Some(place.ticket),
                Some(place),
            ),
            Placement::Waitlisted { .. } => (RegistrationStatus::Waitlisted, None, None),
            Placement::WalkIn(ticket) => (RegistrationStatus::Confirmed, Some(ticket), None),
        };
        Self {
            received: received.clone(),
            status,
            ticket,
            place,
            people: None,
            cases: Vec::new(),
            record: None,
            shown_to: Vec::new(),
            delegates: Vec::new(),
        }
    }

    fn apply(&mut self, event: &RegistrationEvent) {
        match event {
            RegistrationEvent::Received(_) | RegistrationEvent::ContactedBefore { .. } => {}
            // Only who waits is promoted: nobody falls back from the table into the queue.
            RegistrationEvent::Promoted { .. } if self.status != RegistrationStatus::Waitlisted => {
            }
            RegistrationEvent::Promoted { place } => {
                self.status = RegistrationStatus::Confirmed;
                self.ticket = Some(place.ticket);
                self.place = Some(*place);
            }
            RegistrationEvent::Cancelled { .. } => self.status = RegistrationStatus::Cancelled,
            RegistrationEvent::Arrived { people, .. } => {
                self.status = RegistrationStatus::Arrived;
                self.people = Some(*people);
            }
            RegistrationEvent::NamesShown { to, .. } => self.shown_to.push(*to),
            RegistrationEvent::ArrivalCorrected { people, .. } => self.people = Some(*people),
            RegistrationEvent::Moved { room, .. } => {
                if let Some(ticket) = &mut self.ticket {
                    ticket.room = *room;
                }
            }
            RegistrationEvent::SessionHeld { case, plain, .. } => {
                self.status = RegistrationStatus::Done;
                self.record.clone_from(plain);
                self.cases.push(*case);
            }
            RegistrationEvent::BecameCase { case, .. } => {
                self.status = RegistrationStatus::BecameCase;
                self.cases.push(*case);
            }
            RegistrationEvent::AccessReplaced { grant } => {
                Delegate::after_replacement(&mut self.delegates, grant);
                self.received.grant = (**grant).clone();
            }
            RegistrationEvent::AccessGranted { delegate } => {
                self.delegates.push((**delegate).clone());
            }
            RegistrationEvent::AccessRevoked { grant, at } => {
                Delegate::revoke(&mut self.delegates, *grant, *at);
            }
        }
    }
}
