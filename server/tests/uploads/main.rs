//! Photos and recordings over HTTP, as phones on bad networks send them.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

#[path = "../office_county/mod.rs"]
#[allow(dead_code, reason = "each test file uses a part of the county")]
mod office_county;
mod phone;
#[path = "../served/mod.rs"]
mod served;

#[cfg(feature = "s3")]
mod bucket;
mod closed;
mod cuts;
mod limits;
mod looking;
mod rules;
mod who_may_see;
