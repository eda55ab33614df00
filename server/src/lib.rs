//! The Huiyin server: pages, packaged files, and what runs beside them.
//!
//! The binary is a thin shell over this library, so that tests start the real server on port 0.

pub mod accounts;
pub mod attachments;
pub mod cli;
pub mod clock;
pub mod config;
pub mod data;
pub mod demo;
pub mod execute;
pub mod http;
pub mod jobs;
pub mod logging;
mod operate;
pub mod packaged;
pub mod recovery;
pub mod reserve;
pub mod serve;
mod tls;
mod upkeep;

pub use http::{AppState, router};
mod user;
