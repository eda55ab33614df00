//! The built `weakline` between raw sockets and a real server, all on loopback. Times are only
//! asserted from below: a machine may be busy, but bytes must not be early.

#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at what it did not expect"
)]

mod browser;
mod cuts;
mod network;
mod origin;
mod passing;
mod process;
mod requests;
mod shape;
mod weakline;
