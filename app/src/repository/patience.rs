use std::time::Duration;

use gloo_timers::callback::Timeout;
use web_sys::{AbortController, AbortSignal};

/// Ends a request that takes too long; not after this is gone.
pub(super) struct Patience {
    controller: AbortController,
    _end: Timeout,
}

impl Patience {
    pub(super) fn new(patience: Duration) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let ended = controller.clone();
        let milliseconds = u32::try_from(patience.as_millis()).unwrap_or(u32::MAX);
        let end = Timeout::new(milliseconds, move || ended.abort());
        Some(Self {
            controller,
            _end: end,
        })
    }

    pub(super) fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }
}
