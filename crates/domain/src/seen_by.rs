//! Who hears of an event, of those that hold a code.

use crate::{
    case::{CaseEvent, Category, OfficialAct},
    event::DomainEvent,
    registration::RegistrationEvent,
};

/// Who among those that hold a code of a thing sees an event on their own screens. Only they are told of it:
/// when the office drafts, or whom the petitioner let in, is nobody else's to know, not even as a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SeenBy {
    /// The office alone.
    Nobody,
    /// The petitioner.
    Petitioner,
    /// The petitioner and whoever they let in.
    Holders,
    /// They, and those whose code opened it until now.
    HoldersUntilNow,
}

impl SeenBy {
    /// Who sees this event.
    pub fn of(event: &DomainEvent) -> Self {
        match event {
            DomainEvent::Registration { event, .. } => Self::of_registration(event),
            DomainEvent::Case { event, .. } => Self::of_case(event),
            // Everybody, or nobody: no code is needed.
            DomainEvent::Visit { .. }
            | DomainEvent::Booking { .. }
            | DomainEvent::Matter { .. } => Self::Nobody,
        }
    }

    fn of_registration(event: &RegistrationEvent) -> Self {
        match event {
            RegistrationEvent::NamesShown { .. } => Self::Nobody,
            RegistrationEvent::AccessReplaced { .. }
            | RegistrationEvent::AccessGranted { .. }
            | RegistrationEvent::AccessRevoked { .. } => Self::Petitioner,
            RegistrationEvent::Received(_)
            | RegistrationEvent::Promoted { .. }
            | RegistrationEvent::Cancelled { .. }
            | RegistrationEvent::Arrived { .. }
            | RegistrationEvent::Moved { .. }
            | RegistrationEvent::SessionHeld { .. }
            | RegistrationEvent::BecameCase { .. }
            | RegistrationEvent::ContactedBefore { .. }
            | RegistrationEvent::ArrivalCorrected { .. } => Self::Holders,
        }
    }

    fn of_case(event: &CaseEvent) -> Self {
        match event {
            CaseEvent::ReplyDrafted { .. }
            | CaseEvent::ReplySigned { .. }
            | CaseEvent::ReplyOpened { .. }
            | CaseEvent::ExternalRefRecorded { .. }
            | CaseEvent::ActTakenBack {
                act: OfficialAct::ExternalNumber { .. },
                ..
            } => Self::Nobody,
            CaseEvent::AccessGranted { .. } | CaseEvent::AccessRevoked { .. } => Self::Petitioner,
            // It is sealed, and leaves the registration it was born of.
            CaseEvent::Classified {
                category: Category::Accusation,
                ..
            } => Self::HoldersUntilNow,
            CaseEvent::Opened(_)
            | CaseEvent::Classified { .. }
            | CaseEvent::Sent(_)
            | CaseEvent::Accepted { .. }
            | CaseEvent::HandlerNamed { .. }
            | CaseEvent::NotAccepted { .. }
            | CaseEvent::ReplyIssued { .. }
            | CaseEvent::ReplyServed { .. }
            | CaseEvent::ReplyWithdrawn { .. }
            | CaseEvent::ServiceCorrected { .. }
            | CaseEvent::IssueDecided { .. }
            | CaseEvent::IssueAnswered { .. }
            | CaseEvent::NoteAdded { .. }
            | CaseEvent::CitizenAsked { .. }
            | CaseEvent::CitizenAnswered { .. }
            | CaseEvent::Withdrawn { .. }
            | CaseEvent::ReadersWidened { .. }
            | CaseEvent::AccessReplaced { .. }
            | CaseEvent::DecisionCorrected { .. }
            | CaseEvent::ActTakenBack { .. } => Self::Holders,
        }
    }
}
