use std::time::Duration;

use domain::given::Dice;

use crate::pause;

/// What is known of the way to the server.
#[derive(Debug)]
pub(super) struct Line {
    /// Requests without an answer, in a row.
    failures: u32,
    /// Items the server failed with since the last answer or pause.
    failed_alone: u32,
    /// Since when the server has failed with everything.
    failing_since: Option<Duration>,
    /// No request before this.
    resumes: Duration,
    /// The server asked for quiet until then: only the person overrides it.
    quiet_until: Duration,
    /// Bytes of one request.
    budget: usize,
    /// When the server last answered sensibly.
    pub heard: Option<Duration>,
}

/// What a second-generation network carries up in half a minute.
const MOST_BYTES: usize = 64 * 1024;
/// Less than most items: then they go one by one, and one that breaks every request is found out.
const FEWEST_BYTES: usize = 256;
const TRIED_BEFORE_A_PAUSE: u32 = 5;
/// Finding the one to blame among a hundred takes less.
const LONGEST_SEARCH: Duration = Duration::from_secs(20);

impl Default for Line {
    fn default() -> Self {
        Self {
            failures: 0,
            failed_alone: 0,
            failing_since: None,
            resumes: Duration::ZERO,
            quiet_until: Duration::ZERO,
            budget: MOST_BYTES,
            heard: None,
        }
    }
}

impl Line {
    pub(super) fn opens(&self) -> Duration {
        self.resumes.max(self.quiet_until)
    }

    pub(super) fn budget(&self) -> usize {
        self.budget
    }

    /// An answer came that only our server gives. True when it had failed with everything for so long
    /// that no item is to blame.
    pub(super) fn answered(&mut self, now: Duration) -> bool {
        let since = self.failing_since.take();
        self.failures = 0;
        self.failed_alone = 0;
        self.resumes = now;
        self.budget = (self.budget * 4).min(MOST_BYTES);
        self.heard = Some(now);
        since.is_some_and(|since| now.saturating_sub(since) > LONGEST_SEARCH)
    }

    /// The server failed with a request.
    pub(super) fn failing(&mut self, now: Duration) {
        self.failing_since.get_or_insert(now);
    }

    /// Nothing came, or nothing of ours. The next request is smaller: perhaps this was too much.
    pub(super) fn broke(&mut self, now: Duration, visible: bool, dice: &mut dyn Dice) {
        self.pause(now, visible, dice);
        self.budget = (self.budget / 2).max(FEWEST_BYTES);
    }

    /// The server is there and failed with one item: its fault or the item's. Some others go before the
    /// pause, so that a few bad ones do not take up the minute in which a server has come back.
    pub(super) fn failed(&mut self, now: Duration, visible: bool, dice: &mut dyn Dice) {
        self.failed_alone += 1;
        if self.failed_alone >= TRIED_BEFORE_A_PAUSE {
            self.pause(now, visible, dice);
        } else {
            self.resumes = now + pause::after(1, visible, dice);
        }
    }

    fn pause(&mut self, now: Duration, visible: bool, dice: &mut dyn Dice) {
        self.failures = self.failures.saturating_add(1);
        self.failed_alone = 0;
        self.resumes = now + pause::after(self.failures, visible, dice);
    }

    /// The server asks for quiet.
    pub(super) fn busy(
        &mut self,
        after_seconds: Option<u32>,
        now: Duration,
        visible: bool,
        dice: &mut dyn Dice,
    ) {
        self.failures = self.failures.saturating_add(1);
        let own = pause::after(self.failures, visible, dice);
        // Everybody was asked for the same: jitter on top.
        let asked = after_seconds.map_or(Duration::ZERO, pause::asked_for);
        self.quiet_until = now + asked;
        self.resumes = now + asked + own;
    }

    /// The network is back or somebody looks again.
    pub(super) fn regained(&mut self, now: Duration) {
        self.resumes = self.resumes.min(now);
    }

    /// The person asks.
    pub(super) fn asked(&mut self, now: Duration) {
        self.regained(now);
        self.quiet_until = self.quiet_until.min(now);
    }
}
