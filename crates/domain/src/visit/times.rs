use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{RegistrationWindow, VisitPhase};

/// When a published visit takes place, and whether it still does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitTimes {
    /// When registration is open.
    pub registration: RegistrationWindow,
    /// When the visit begins.
    pub begins: DateTime<Utc>,
    /// When it ends.
    pub ends: DateTime<Utc>,
    /// Whether it will not take place.
    pub cancelled: bool,
    /// Whether it was concluded, perhaps before its end.
    pub concluded: bool,
}

impl VisitTimes {
    /// Published, not cancelled, and not begun.
    pub fn is_ahead(&self, now: DateTime<Utc>) -> bool {
        matches!(
            self.phase(now),
            VisitPhase::Published | VisitPhase::RegistrationOpen | VisitPhase::RegistrationClosed
        )
    }

    /// The phase at a moment.
    pub fn phase(&self, now: DateTime<Utc>) -> VisitPhase {
        if self.cancelled {
            VisitPhase::Cancelled
        } else if self.concluded || now >= self.ends {
            VisitPhase::FollowUp
        } else if now >= self.begins {
            VisitPhase::InProgress
        } else if now >= self.registration.closes {
            VisitPhase::RegistrationClosed
        } else if now >= self.registration.opens {
            VisitPhase::RegistrationOpen
        } else {
            VisitPhase::Published
        }
    }
}
