//! Proof that nothing was changed: the hash chain of each aggregate, and signed checkpoints.
//!
//! A chain alone cannot tell a history that was cut at its end, nor an aggregate that is gone with
//! all its events. A checkpoint signs a Merkle root over the heads of all aggregates, so either
//! makes the root differ. Chains run over ciphertext: an erased case still verifies.
//!
//! Screens read rows folded from the events. A row that says something else is found by folding
//! again.

pub(crate) mod chain;
mod checkpoint;
mod finding;
mod merkle;
mod rows;
mod run;

pub use checkpoint::SignedCheckpoint;
pub use finding::{Finding, Report};
