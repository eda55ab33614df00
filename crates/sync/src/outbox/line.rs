use std::time::Duration;

use domain::given::Dice;

use super::pause;

/// What is known of the way to the server.
#[derive(Debug)]
pub(super) struct Line {
    /// Requests without an answer, in a row.
    failures: u32,
    /// No request before this.
    resumes: Duration,
    /// The server asked for quiet until then: only the person overrides it.
    quiet_until: Duration,
    /// Bytes of one request.
    budget: usize,
    /// When the server last answered sensibly.
    pub heard: Option<Duration>,
}

/// What a second-generation network carries up within [`super::PATIENCE`].
const MOST_BYTES: usize = 64 * 1024;
/// Less than most items: then they go one by one, and one that breaks every request is found out.
const FEWEST_BYTES: usize = 256;

impl Default for Line {
    fn default() -> Self {
        Self {
            failures: 0,
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

    /// An answer came that only our server gives.
    pub(super) fn answered(&mut self, now: Duration) {
        self.failures = 0;
        self.resumes = now;
        self.budget = (self.budget * 2).min(MOST_BYTES);
        self.heard = Some(now);
    }

    /// Nothing came, or nothing of ours. The next request is smaller: perhaps this was too much.
    pub(super) fn broke(&mut self, now: Duration, visible: bool, dice: &mut dyn Dice) {
        self.pause(now, visible, dice);
        self.budget = (self.budget / 2).max(FEWEST_BYTES);
    }

    /// The server is there and fails with everything.
    pub(super) fn pause(&mut self, now: Duration, visible: bool, dice: &mut dyn Dice) {
        self.failures = self.failures.saturating_add(1);
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
