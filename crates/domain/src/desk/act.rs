//! What can be done with a registration: who may, and in which state. `decide` asks here too.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::DESK;
use crate::{
    actor::{Official, Role},
    calendar::china_date,
    readers::Secrecy,
    registration::{Registration, RegistrationStatus},
    visit::{Visit, VisitPhase},
};

/// What can be done with a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeskAct {
    /// Open who it is, before the visit; recorded.
    ShowNames,
    /// Note that an office contacted the registrant before the visit.
    Contact,
    /// The party is there.
    Arrive,
    /// Send it to another room.
    Move,
    /// Save the record of the session.
    Record,
    /// End it without a session.
    End,
}

impl DeskAct {
    /// Every act, in the order of a reception day.
    pub const ALL: [Self; 6] = [
        Self::ShowNames,
        Self::Arrive,
        Self::Record,
        Self::Move,
        Self::Contact,
        Self::End,
    ];

    /// The desk's rows of the role table (`domain.md` §5.5); names are opened and contacts noted
    /// by whoever may read the registration.
    pub(super) fn roles(self) -> Option<&'static [Role]> {
        match self {
            Self::ShowNames | Self::Contact => None,
            Self::Arrive | Self::Move | Self::End => Some(DESK),
            Self::Record => Some(&[Role::RoomClerk, Role::ReceivingLeader]),
        }
    }

    /// The states of a registration it can be done in.
    pub(super) fn states(self) -> &'static [RegistrationStatus] {
        use RegistrationStatus::{Arrived, Confirmed, Waitlisted};
        match self {
            Self::ShowNames | Self::Arrive | Self::Contact => &[Confirmed, Waitlisted],
            Self::Move => &[Confirmed, Arrived],
            Self::Record => &[Arrived],
            Self::End => &[Confirmed, Waitlisted, Arrived],
        }
    }

    /// True when this official can do it now; what the form asks for is decided when it is sent.
    pub fn is_open(
        self,
        official: &Official,
        registration: &Registration,
        visit: &Visit,
        now: DateTime<Utc>,
    ) -> bool {
        let theirs = match self.roles() {
            Some(roles) => official.has(roles),
            None => may_read(official, registration, visit, now),
        };
        let phase = visit.phase(now);
        let live = visit.live.as_ref();
        let today = live.is_some_and(|live| live.notice.date == china_date(now));
        let day = match self {
            Self::Arrive | Self::Record => today && phase != VisitPhase::Cancelled,
            Self::ShowNames => visit.masks_names(registration, official, now),
            Self::Contact => !matches!(phase, VisitPhase::InProgress | VisitPhase::FollowUp),
            Self::Move => live.is_some(),
            Self::End => true,
        };
        theirs && day && self.states().contains(&registration.status)
    }
}

/// Whether this official may read who registered and why: the registration's readers, and of one that
/// is not sealed those to whom the visit shows its list, unless it is closed to them.
pub(crate) fn may_read(
    official: &Official,
    registration: &Registration,
    visit: &Visit,
    now: DateTime<Utc>,
) -> bool {
    let readers = &registration.received.readers;
    let keys = official.reader_keys();
    let closed = keys.iter().any(|key| readers.excludes(key));
    let listed = readers.secrecy == Secrecy::Ordinary && visit.shows_registrants_to(official, now);
    readers.admits(&keys) || (listed && !closed)
}
