//! Events of every aggregate, as the store appends them.

use serde::{Deserialize, Serialize};

use crate::{
    booking::BookingEvent,
    case::CaseEvent,
    ids::{CaseId, MatterId, RegistrationId, VisitId},
    matter::MatterEvent,
    registration::RegistrationEvent,
    visit::VisitEvent,
};

/// One event and the aggregate it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "aggregate", rename_all = "snake_case")]
pub enum DomainEvent {
    /// A visit's notice.
    Visit {
        /// Which.
        id: VisitId,
        /// What happened.
        event: VisitEvent,
    },
    /// A visit's places.
    Booking {
        /// Which.
        id: VisitId,
        /// What happened.
        event: BookingEvent,
    },
    /// A registration.
    Registration {
        /// Which.
        id: RegistrationId,
        /// What happened.
        event: RegistrationEvent,
    },
    /// A case.
    Case {
        /// Which.
        id: CaseId,
        /// What happened.
        event: CaseEvent,
    },
    /// A public matter.
    Matter {
        /// Which.
        id: MatterId,
        /// What happened.
        event: MatterEvent,
    },
}

/// Events in the order they are appended, made by an area's `decide`.
#[derive(Debug, Default)]
pub struct Decided {
    /// The events.
    pub events: Vec<DomainEvent>,
}

impl Decided {
    /// Adds an event of a visit.
    pub fn visit(&mut self, id: VisitId, event: VisitEvent) {
        self.events.push(DomainEvent::Visit { id, event });
    }

    /// Adds an event of a booking ledger.
    pub fn booking(&mut self, id: VisitId, event: BookingEvent) {
        self.events.push(DomainEvent::Booking { id, event });
    }

    /// Adds an event of a registration.
    pub fn registration(&mut self, id: RegistrationId, event: RegistrationEvent) {
        self.events.push(DomainEvent::Registration { id, event });
    }

    /// Adds an event of a case.
    pub fn case(&mut self, id: CaseId, event: CaseEvent) {
        self.events.push(DomainEvent::Case { id, event });
    }

    /// Adds an event of a public matter.
    pub fn matter(&mut self, id: MatterId, event: MatterEvent) {
        self.events.push(DomainEvent::Matter { id, event });
    }
}
