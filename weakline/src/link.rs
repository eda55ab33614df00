//! One direction of the radio link, which all connections share.

use std::{
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// Bytes that take their turn on the link together: what one packet carries.
pub const SEGMENT: usize = 1_460;

/// How far ahead of the link a connection may queue. Timers are up to a millisecond or two late,
/// and the link would idle that long after every segment.
const AHEAD: Duration = Duration::from_millis(10);

pub struct Link(Mutex<State>);

struct State {
    kbit: Option<NonZeroU32>,
    delay: Duration,
    /// When everything taken so far has left.
    free: Instant,
}

/// A segment's way over the link.
#[derive(Debug, PartialEq)]
pub struct Passage {
    /// When its connection may send the next one.
    pub next: Instant,
    pub arrives: Instant,
}

impl Link {
    /// One that holds nothing back.
    pub fn new(now: Instant) -> Self {
        let (kbit, delay, free) = (None, Duration::ZERO, now);
        Self(Mutex::new(State { kbit, delay, free }))
    }

    /// From now on. What is on its way arrives as it would have.
    pub fn set(&self, kbit: Option<NonZeroU32>, delay: Duration, now: Instant) {
        let free = now;
        *self.state() = State { kbit, delay, free };
    }

    /// Puts a segment on the link, behind those of all connections.
    pub fn take(&self, bytes: usize, now: Instant) -> Passage {
        let mut state = self.state();
        // 1 kbit/s is a bit in a millisecond.
        let takes = state.kbit.map_or(Duration::ZERO, |kbit| {
            Duration::from_nanos(bytes as u64 * 8_000_000 / u64::from(kbit.get()))
        });
        state.free = state.free.max(now) + takes;
        Passage {
            next: state.free.checked_sub(AHEAD).unwrap_or(now),
            arrives: state.free + state.delay,
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(kbit: Option<NonZeroU32>, delay: Duration, now: Instant) -> Link {
        let link = Link::new(now);
        link.set(kbit, delay, now);
        link
    }

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn segments_leave_one_after_the_other() {
        let now = Instant::now();
        let link = link(NonZeroU32::new(80), ms(250), now);
        assert_eq!(link.take(1_000, now).arrives, now + ms(100 + 250));
        assert_eq!(link.take(500, now).arrives, now + ms(150 + 250));
        // The link was idle for 50 ms.
        let later = now + ms(200);
        assert_eq!(link.take(1_000, later).arrives, now + ms(300 + 250));
    }

    #[test]
    fn a_connection_waits_until_its_segment_has_nearly_left() {
        let now = Instant::now();
        let link = link(NonZeroU32::new(80), ms(250), now);
        assert_eq!(link.take(1_000, now).next, now + ms(100) - AHEAD);
    }

    #[test]
    fn without_a_rate_only_the_way_takes_time() {
        let now = Instant::now();
        let link = link(None, ms(5), now);
        assert_eq!(link.take(1_000_000, now).arrives, now + ms(5));
    }
}
