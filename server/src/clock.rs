//! The one place that reads the server's clock.

use chrono::{DateTime, Utc};

/// Now.
#[expect(clippy::disallowed_methods, reason = "this is that one place")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
