//! The rules as a whole: sequences of commands against a small county held in memory.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod attachments;
mod corrections;
mod counts;
mod county;
mod delegates;
mod golden;
mod invariants;
mod offers;
mod people;
mod random;
mod reserve;
mod round_trip;
mod secrecy;
mod sequences;
mod transitions;
mod visits;
