//! Operating it: the binary as an operator meets it, and the edge as the network does.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

mod backup;
mod calendar;
mod county;
mod edge;
mod full_disk;
mod init;
mod keys;
mod kill;
mod limits;
mod log;
mod reserve;
mod running;
mod settings;
mod watching;
mod wire;
