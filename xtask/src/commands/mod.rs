//! One command a file.

pub mod api;
pub mod bench;
pub mod build;
pub mod dev;
pub mod e2e;
pub mod serve;
pub mod setup;
pub mod size;
pub mod test;
