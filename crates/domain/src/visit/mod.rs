//! A leaders' visit: its notice, versions and approval.

mod code;
mod notice;
mod times;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    actor::{Official, Role},
    ids::{OfficialId, VisitId},
    registration::{Registration, RegistrationStatus},
    text::Line,
};

pub use code::VisitCode;
pub use notice::{
    GeoPoint, Hours, Leader, ReceptionRoom, RegistrationWindow, Venue, VisitMode, VisitNotice,
};
pub(crate) use notice::{china_time, local_time};
pub use times::VisitTimes;

/// What happened to a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum VisitEvent {
    /// A notice, or the next version of one, was written.
    Drafted {
        /// Its text.
        notice: Box<VisitNotice>,
        /// Its author.
        by: OfficialId,
        /// What changes, published with the next version.
        change: Option<Line>,
    },
    /// It was given to another for approval.
    Submitted {
        /// By whom.
        by: OfficialId,
        /// Why it is published fewer than three days ahead, where it is.
        short_lead: Option<Line>,
    },
    /// The approver gave it back.
    Returned {
        /// By whom.
        by: OfficialId,
        /// Why.
        reason: Line,
    },
    /// It was approved and is public.
    Published {
        /// The approver.
        by: OfficialId,
        /// 1, 2, 3 …
        version: u32,
        /// When.
        at: DateTime<Utc>,
    },
    /// The visit will not take place.
    Cancelled {
        /// By whom.
        by: OfficialId,
        /// The published reason.
        reason: Line,
        /// When.
        at: DateTime<Utc>,
        /// Another visit that is offered.
        offered: Option<VisitId>,
    },
    /// The day is over and its figures are published.
    Concluded {
        /// By whom.
        by: OfficialId,
        /// When.
        at: DateTime<Utc>,
    },
}

/// A visit as its events made it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Visit {
    /// The notice the public sees.
    pub live: Option<LiveNotice>,
    /// The next version, not yet public.
    pub pending: Option<PendingNotice>,
    /// Changes since first publication, oldest first.
    pub changes: Vec<NoticeChange>,
    /// Why it will not take place.
    pub cancelled: Option<Cancellation>,
    /// When it was concluded.
    pub concluded_at: Option<DateTime<Utc>>,
}

/// The published notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LiveNotice {
    /// The text.
    pub notice: VisitNotice,
    /// 1, 2, 3 …
    pub version: u32,
    /// When this version was published.
    pub published_at: DateTime<Utc>,
    /// Why it came fewer than three days ahead, where it did.
    pub short_lead: Option<Line>,
}

/// A version that waits for approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PendingNotice {
    /// The text.
    pub notice: VisitNotice,
    /// The author.
    pub author: OfficialId,
    /// Draft or given to an approver.
    pub stage: PendingStage,
    /// What changes.
    pub change: Option<Line>,
    /// The approver's reason for giving it back.
    pub returned: Option<Line>,
    /// Why it is published fewer than three days ahead.
    pub short_lead: Option<Line>,
}

/// Where a pending version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PendingStage {
    /// Being written.
    Draft,
    /// With an approver.
    UnderApproval,
}

/// A published change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NoticeChange {
    /// The version it made.
    pub version: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// What changed.
    pub what: Line,
}

/// A cancelled visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cancellation {
    /// The published reason.
    pub reason: Line,
    /// When.
    pub at: DateTime<Utc>,
    /// Another visit that is offered.
    pub offered: Option<VisitId>,
}

/// The phase the public sees, which depends on the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VisitPhase {
    /// Not published yet.
    Draft,
    /// Published, registration not open yet.
    Published,
    /// Registration is open.
    RegistrationOpen,
    /// Registration is over.
    RegistrationClosed,
    /// The day itself, within hours.
    InProgress,
    /// The day is over; matters are being followed.
    FollowUp,
    /// Will not take place.
    Cancelled,
}

/// Those who receive people on the day.
const RECEIVING: &[Role] = &[
    Role::DeskClerk,
    Role::RoomClerk,
    Role::ReceivingLeader,
    Role::PetitionOfficer,
];

impl Visit {
    /// The phase at a moment.
    pub fn phase(&self, now: DateTime<Utc>) -> VisitPhase {
        let times = self.times();
        times.map_or(VisitPhase::Draft, |times| times.phase(now))
    }

    /// What its phase depends on; none before publication.
    pub fn times(&self) -> Option<VisitTimes> {
        let notice = &self.live.as_ref()?.notice;
        Some(VisitTimes {
            registration: notice.registration,
            begins: notice.begins(),
            ends: notice.ends(),
            cancelled: self.cancelled.is_some(),
            concluded: self.concluded_at.is_some(),
        })
    }

    /// The next moment after `now` at which its phase changes by itself.
    pub fn next_turn(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let times = self.times()?;
        let window = times.registration;
        let turns = [window.opens, window.closes, times.begins, times.ends];
        turns.into_iter().filter(|turn| *turn > now).min()
    }

    /// Whether the places that were kept are everybody's from now on: since the evening before, until it begins.
    pub fn gives_up_its_reserve(&self, now: DateTime<Utc>) -> bool {
        let opens = self.live.as_ref().map(|live| live.notice.reserve_opens());
        let times = self.times().filter(|times| times.is_ahead(now));
        times.is_some() && opens.is_some_and(|opens| now >= opens)
    }

    /// Whether an official sees who registered: the visit's named officers, and once it has begun
    /// those who receive people (`people.md` 6). Everybody else sees counts by subject.
    pub fn shows_registrants_to(&self, official: &Official, now: DateTime<Utc>) -> bool {
        let Some(live) = &self.live else {
            return false;
        };
        let named = live.notice.officers.contains(&official.id);
        named || (self.has_begun(now) && official.has(RECEIVING))
    }

    /// Whether the names of who registered are still masked from an official who sees the list: until
    /// the visit begins they are opened one by one, and each time is recorded (`people.md` 6).
    pub fn masks_names(
        &self,
        registration: &Registration,
        official: &Official,
        now: DateTime<Utc>,
    ) -> bool {
        // Who is at the table is known there.
        let there = matches!(
            registration.status,
            RegistrationStatus::Arrived | RegistrationStatus::Done
        );
        !there && !self.has_begun(now) && !registration.shown_to.contains(&official.id)
    }

    fn has_begun(&self, now: DateTime<Utc>) -> bool {
        let phase = self.phase(now);
        matches!(phase, VisitPhase::InProgress | VisitPhase::FollowUp)
    }

    /// Applies one event. Never panics: an event that does not fit leaves what is there.
    pub fn evolve(&mut self, event: &VisitEvent) {
        match event {
            VisitEvent::Drafted { notice, by, change } => {
                self.pending = Some(PendingNotice {
                    notice: (**notice).clone(),
                    author: *by,
                    stage: PendingStage::Draft,
                    change: change.clone(),
                    returned: None,
                    short_lead: None,
                });
            }
            VisitEvent::Submitted { short_lead, .. } => {
                if let Some(pending) = &mut self.pending {
                    pending.stage = PendingStage::UnderApproval;
                    pending.short_lead.clone_from(short_lead);
                }
            }
            VisitEvent::Returned { reason, .. } => {
                if let Some(pending) = &mut self.pending {
                    pending.stage = PendingStage::Draft;
                    pending.returned = Some(reason.clone());
                }
            }
            VisitEvent::Published { version, at, .. } => self.publish(*version, *at),
            VisitEvent::Cancelled {
                reason,
                at,
                offered,
                ..
            } => {
                self.cancelled = Some(Cancellation {
                    reason: reason.clone(),
                    at: *at,
                    offered: *offered,
                });
            }
            VisitEvent::Concluded { at, .. } => self.concluded_at = Some(*at),
        }
    }

    fn publish(&mut self, version: u32, at: DateTime<Utc>) {
        let Some(pending) = self.pending.take() else {
            return;
        };
        if let Some(what) = pending.change {
            self.changes.push(NoticeChange { version, at, what });
        }
        self.live = Some(LiveNotice {
            notice: pending.notice,
            version,
            published_at: at,
            short_lead: pending.short_lead,
        });
    }
}
