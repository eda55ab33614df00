//! How long an official's space opens: as long as a sign-in that was made with a network, and no longer.

use serde::{Deserialize, Serialize};

use crate::{Device, record::Record};

/// A sign-in lasts so long at most.
const LONGEST_MS: u64 = 12 * 3_600_000;
/// What a device's clock may be corrected by.
const SKEW_MS: u64 = 600_000;

/// What an official's sign-in allows this tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// The account, as the server names it.
    pub official: String,
    /// The tablet, as the server knows it.
    pub tablet: String,
    /// When the sign-in is over, in milliseconds since 1970. By the device's clock.
    pub until_ms: u64,
    /// The newest time at which it was used: a clock that was set back opens nothing for longer.
    #[serde(default)]
    seen_ms: u64,
}

impl Pass {
    /// A pass that begins now.
    pub fn new(official: String, tablet: String, until_ms: u64) -> Self {
        Self {
            official,
            tablet,
            until_ms,
            seen_ms: now_ms(),
        }
    }

    /// That of a space, as it lies in its record's readable part.
    pub(crate) fn of(space: &Record) -> Option<Self> {
        #[derive(Deserialize)]
        struct Head {
            #[serde(default)]
            pass: Option<Pass>,
        }
        serde_json::from_str::<Head>(&space.head).ok()?.pass
    }

    /// Whether it opens nothing any more.
    pub fn is_over(&self) -> bool {
        let now = now_ms();
        let is_set_back =
            now + SKEW_MS < self.seen_ms || now + LONGEST_MS + SKEW_MS < self.until_ms;
        now >= self.until_ms || is_set_back
    }

    pub(crate) fn renew(&mut self, until_ms: u64) {
        self.until_ms = until_ms;
        self.seen_ms = now_ms();
    }

    pub(crate) fn seen(&mut self) {
        self.seen_ms = self.seen_ms.max(now_ms());
    }
}

impl Device {
    /// The pass under which an official's space is open in this page.
    pub fn open_pass(&self) -> Option<Pass> {
        self.vault.own().pass()
    }
}

fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}
