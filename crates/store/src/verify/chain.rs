//! One link of an aggregate's hash chain.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::crypto::Label;
use crate::{County, Timestamp};

/// What the first event is chained to.
pub(crate) const GENESIS: [u8; 32] = [0; 32];

/// Everything about an event that the chain protects, its texts as ciphertext.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub county: County,
    pub kind: String,
    pub id: Uuid,
    pub version: u64,
    pub event_id: Uuid,
    pub event_type: String,
    pub type_version: u32,
    pub captured_at: Timestamp,
    pub received_at: Timestamp,
    pub actor: Vec<u8>,
    pub payload: Vec<u8>,
}

/// Order and lengths are part of the format: another order is another chain.
pub(crate) fn next_hash(prev: &[u8; 32], link: &Link) -> [u8; 32] {
    let label = Label::of(&[
        b"huiyin event 1",
        prev,
        link.county.as_str().as_bytes(),
        link.kind.as_bytes(),
        link.id.as_bytes(),
        &link.version.to_be_bytes(),
        link.event_id.as_bytes(),
        link.event_type.as_bytes(),
        &link.type_version.to_be_bytes(),
        &link.captured_at.micros().to_be_bytes(),
        &link.received_at.micros().to_be_bytes(),
        &link.actor,
        &link.payload,
    ]);
    Sha256::digest(label.bytes()).into()
}
