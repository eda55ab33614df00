use futures_util::FutureExt as _;
use futures_util::future::join_all;
use store::testing::TestStore;
use store::{Lane, StoreError};

use crate::support::{append, by, case, event, id, texts};

on_both! {
    events_come_back_as_they_were;
    a_stale_version_is_a_conflict;
    of_parallel_appends_at_one_version_one_wins;
    a_job_that_reads_first_never_loses_to_another;
}

async fn events_come_back_as_they_were(it: TestStore) {
    assert_eq!(append(&it.store, id(1), 0, "first").await, Ok(1));
    assert_eq!(append(&it.store, id(1), 1, "第二").await, Ok(2));
    let events = it
        .store
        .read()
        .await
        .unwrap()
        .events(&case(id(1)), 0)
        .await
        .unwrap();
    assert_eq!(events.len(), 2);
    assert_eq!(events[1].version, 2);
    assert_eq!(events[1].event_type, "note_added");
    assert_eq!(events[1].payload.as_deref(), Some("第二".as_bytes()));
    assert_eq!(events[1].actor.as_deref(), Some(&b"clerk"[..]));
    let later = it
        .store
        .read()
        .await
        .unwrap()
        .events(&case(id(1)), 1)
        .await
        .unwrap();
    assert_eq!(later, events[1..]);
}

async fn a_stale_version_is_a_conflict(it: TestStore) {
    append(&it.store, id(1), 0, "first").await.unwrap();
    for stale in [0, 2, 9] {
        let refused = append(&it.store, id(1), stale, "late").await.unwrap_err();
        assert!(matches!(refused, StoreError::Conflict { .. }), "{refused}");
    }
    assert_eq!(texts(&it.store, id(1)).await, ["first"]);
}

async fn of_parallel_appends_at_one_version_one_wins(it: TestStore) {
    let other = it.second_server().await;
    let tries = (0..40).map(|n| {
        let store = if n % 2 == 0 {
            it.store.clone()
        } else {
            other.clone()
        };
        async move { append(&store, id(1), 0, &format!("try {n}")).await }
    });
    let won = join_all(tries)
        .await
        .into_iter()
        .filter(Result::is_ok)
        .count();
    assert_eq!(won, 1);
    assert_eq!(texts(&it.store, id(1)).await.len(), 1);
    other.close().await;
}

/// Two servers add to one case, each after what it has just read: all arrive, none is refused.
async fn a_job_that_reads_first_never_loses_to_another(it: TestStore) {
    let other = it.second_server().await;
    let tries = (0..40).map(|n| {
        let store = if n % 2 == 0 {
            it.store.clone()
        } else {
            other.clone()
        };
        async move {
            store
                .execute(Lane(id(n)), move |tx| {
                    async move {
                        let seen = tx.events(&case(id(1)), 0).await?.len() as u64;
                        tx.append(&case(id(1)), seen, &[event("note")], &by("clerk"))
                            .await
                    }
                    .boxed()
                })
                .await
        }
    });
    let mut versions: Vec<u64> = join_all(tries)
        .await
        .into_iter()
        .collect::<Result<_, StoreError>>()
        .unwrap();
    versions.sort_unstable();
    assert_eq!(versions, (1..=40).collect::<Vec<u64>>());
    other.close().await;
}
