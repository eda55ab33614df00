//! The Huiyin server: pages, packaged files, and what runs beside them.
//!
//! The binary is a thin shell over this library, so that tests start the real server on port 0.

pub mod accounts;
pub mod cli;
pub mod clock;
pub mod data;
pub mod demo;
pub mod execute;
pub mod http;
pub mod packaged;
pub mod serve;

pub use http::{AppState, router};
mod qr;
mod user;
