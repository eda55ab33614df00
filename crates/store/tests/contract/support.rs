//! Short words for the other files.

use futures_util::FutureExt as _;
use store::{Aggregate, County, Lane, NewEvent, Provenance, Store, StoreError, Timestamp};
use uuid::Uuid;

pub const NOW: Timestamp = Timestamp::from_micros(1_795_000_000_000_000);

pub fn county() -> County {
    County::parse("330726").unwrap()
}

/// A history that no screen reads: its texts are not the domain's.
pub fn case(id: Uuid) -> Aggregate<'static> {
    Aggregate::new(county(), "sample", id)
}

/// Ids that sort by `n`.
pub fn id(n: u64) -> Uuid {
    Uuid::from_u64_pair(0x0193_0000_0000_7000, 0x8000_0000_0000_0000 | n)
}

pub fn event(text: &str) -> NewEvent {
    NewEvent {
        event_id: Uuid::now_v7(),
        event_type: "note_added",
        type_version: 1,
        payload: text.as_bytes().to_vec(),
    }
}

pub fn by(actor: &str) -> Provenance {
    Provenance {
        actor: actor.as_bytes().to_vec(),
        captured_at: NOW,
        received_at: NOW,
    }
}

/// Appends one event at exactly this version.
pub async fn append(
    store: &Store,
    case_id: Uuid,
    expected: u64,
    text: &str,
) -> Result<u64, StoreError> {
    let text = text.to_owned();
    store
        .execute(Lane(case_id), move |tx| {
            let text = text.clone();
            async move {
                tx.append(&case(case_id), expected, &[event(&text)], &by("clerk"))
                    .await
            }
            .boxed()
        })
        .await
}

pub async fn texts(store: &Store, case_id: Uuid) -> Vec<String> {
    let events = store
        .read()
        .await
        .unwrap()
        .events(&case(case_id), 0)
        .await
        .unwrap();
    events
        .into_iter()
        .map(|event| String::from_utf8(event.payload.unwrap_or_default()).unwrap())
        .collect()
}
