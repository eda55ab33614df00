//! Photos and recordings on their way from a device to the server, by tus 1.0.
//!
//! The words of a filing are received first; its receipt brings a token, and what the filing names
//! follows, one piece of 64 KiB at a time, so that a cut costs one piece at most and a new message never
//! waits long. Pure, as [`crate::outbox`]: a driver asks for the next [`Step`] and tells what it [`Heard`].

mod problem;
#[cfg(test)]
mod tests;

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{
    attachment::{AttachmentKind, AttachmentState, Unfit},
    given::Dice,
    ids::{AttachmentId, CommandId},
};
use serde::{Deserialize, Serialize};

use crate::{
    outbox::{PATIENCE, SLOWEST_BYTES_A_SECOND},
    pause,
};

pub use problem::UploadProblem;

/// Bytes in one request.
pub const PIECE: u64 = 64 * 1024;

/// Looks at what the server makes of it, before its bytes are counted again.
const LOOKED_AT_IN_VAIN: u32 = 2;

/// A photo or recording that a device keeps, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medium {
    /// Which: the id its filing names.
    pub attachment: AttachmentId,
    /// The command whose filing names it.
    pub of: CommandId,
    /// What it is.
    pub kind: AttachmentKind,
    /// How many bytes will be sent.
    pub bytes: u64,
    /// When it was taken, by the device's clock.
    pub made_at: DateTime<Utc>,
    /// Where it is.
    pub place: MediumPlace,
}

/// Where a photo or recording is. Never further than is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "place", rename_all = "snake_case")]
pub enum MediumPlace {
    /// On this device; the server may have a part of it.
    Here,
    /// The server has looked at it and keeps it. Its bytes stay as long as there is room and its filing is
    /// listed, should the server lose them.
    Received,
    /// The server cannot keep it. It stays here until the person lets it go.
    Refused {
        /// Why.
        reason: Unfit,
    },
}

/// One of them on its way.
#[derive(Clone, Debug)]
pub struct Transfer {
    length: u64,
    known: Known,
    failures: u32,
    not_before: Duration,
}

/// What is known of the server's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Nothing,
    /// It was not announced.
    Absent,
    /// So many bytes are there.
    Arrived(u64),
    /// Every byte is there; what the server makes of them is to be asked.
    Whole,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Ask how many bytes are there (HEAD).
    Ask,
    /// Announce it (POST).
    Announce,
    /// Send these bytes (PATCH).
    Send {
        /// The first.
        from: u64,
        /// The one after the last.
        to: u64,
    },
    /// Ask what became of it.
    Look,
    /// Nothing before this moment.
    Wait(Duration),
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// So many bytes are there.
    Offset(u64),
    /// There is no such upload.
    Absent,
    /// What the server says of it.
    State(AttachmentState),
    /// It was looked at already; what came of it is to be asked.
    LookedAt,
    /// The server has no room or no time now.
    Busy {
        /// It asked for so much quiet, seconds.
        after_seconds: Option<u32>,
    },
    /// No answer that can be read: what arrived is not known.
    Nothing,
}

impl Transfer {
    /// Of something with so many bytes.
    pub fn new(length: u64) -> Self {
        Self {
            length,
            known: Known::Nothing,
            failures: 0,
            not_before: Duration::ZERO,
        }
    }

    /// What to do now.
    pub fn next(&self, now: Duration) -> Step {
        if now < self.not_before {
            return Step::Wait(self.not_before);
        }
        match self.known {
            Known::Nothing => Step::Ask,
            Known::Absent => Step::Announce,
            Known::Arrived(from) => Step::Send {
                from,
                to: (from + PIECE).min(self.length),
            },
            Known::Whole => Step::Look,
        }
    }

    /// Takes in what came of `step`. Where it has come to an end, where it is now.
    pub fn heard(
        &mut self,
        step: Step,
        heard: Heard,
        now: Duration,
        visible: bool,
        dice: &mut dyn Dice,
    ) -> Option<MediumPlace> {
        let before = self.known;
        match heard {
            Heard::Offset(arrived) => self.known = self.of(arrived),
            Heard::LookedAt => self.known = Known::Whole,
            Heard::Absent => self.known = Known::Absent,
            Heard::Nothing | Heard::Busy { .. } => self.known = Known::Nothing,
            Heard::State(AttachmentState::Received { .. }) => return Some(MediumPlace::Received),
            Heard::State(AttachmentState::Refused { reason }) => {
                return Some(MediumPlace::Refused { reason });
            }
            Heard::State(AttachmentState::Expected) => self.known = Known::Absent,
            Heard::State(AttachmentState::Arriving { bytes, .. }) => self.known = self.of(bytes),
            // Of a letter no more is told, also while bytes are missing that had arrived before a crash.
            Heard::State(AttachmentState::Checking) if self.failures >= LOOKED_AT_IN_VAIN => {
                self.known = Known::Nothing;
            }
            Heard::State(AttachmentState::Checking) => {}
        }
        // To be told the same again is no way forward: a server that says one thing and does another must
        // not be asked without end.
        let went_on = before != self.known && self.known != Known::Nothing;
        let asked_first = step == Step::Ask;
        if went_on && asked_first && self.known == Known::Whole {
            // Nothing has come that was not there: what was waited for is waited for longer.
            return None;
        }
        if went_on && (asked_first || self.known != Known::Absent) {
            self.failures = 0;
            return None;
        }
        self.failures += 1;
        let own = pause::after(self.failures, visible, dice);
        let asked = match heard {
            Heard::Busy {
                after_seconds: Some(seconds),
            } => pause::asked_for(seconds),
            _ => Duration::ZERO,
        };
        self.not_before = now + own.max(asked);
        None
    }

    /// The network is back, or the person asks.
    pub fn hurry(&mut self) {
        self.not_before = Duration::ZERO;
    }

    fn of(&self, arrived: u64) -> Known {
        match arrived {
            arrived if arrived < self.length => Known::Arrived(arrived),
            arrived if arrived == self.length => Known::Whole,
            // More than there is: it cannot be ours.
            _ => Known::Nothing,
        }
    }
}

/// How long a request with so many bytes may take.
pub fn patience(bytes: u64) -> Duration {
    PATIENCE + Duration::from_secs(bytes / SLOWEST_BYTES_A_SECOND as u64)
}
