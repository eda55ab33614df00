//! The HTTP status of the page being rendered, which a screen may need to say (404, 403).

use std::sync::{
    Arc,
    atomic::{AtomicU16, Ordering},
};

use leptos::prelude::use_context;

/// Given as context by the server; absent in the browser, where there is no status to set.
#[derive(Clone, Debug)]
pub struct PageStatus(Arc<AtomicU16>);

impl Default for PageStatus {
    fn default() -> Self {
        Self(Arc::new(AtomicU16::new(200)))
    }
}

impl PageStatus {
    /// Sets the status of the page this is called in.
    pub fn set(status: u16) {
        if let Some(page) = use_context::<Self>() {
            page.0.store(status, Ordering::Relaxed);
        }
    }

    pub fn get(&self) -> u16 {
        self.0.load(Ordering::Relaxed)
    }
}
