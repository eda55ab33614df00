//! The contract suite: one body for each promise, run on SQLite and on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    reason = "a test may stop at what it did not expect"
)]

#[macro_use]
extern crate store;

mod append;
mod attachments;
mod backups;
mod booking;
mod canaries;
mod commands;
mod delegates;
mod disk_full;
mod erasing;
mod feed;
mod groups;
mod ledger;
mod lookups;
mod migrations;
mod notices;
mod office;
mod own;
mod projections;
mod records;
mod registrations;
mod sign_ins;
mod support;
mod tablet_rows;
mod tablets;
mod to_tell;
mod turns;
mod verifying;
mod visits;
