use futures_util::FutureExt as _;
use store::testing::TestStore;
use store::verify::Finding;
use store::{Lane, Store, StoreError};

use crate::support::{NOW, append, county, id};

on_both! {
    an_untouched_history_is_whole;
    tampering_is_found_and_named;
    what_a_chain_cannot_see_a_checkpoint_does;
    a_database_put_back_is_known_by_an_exported_checkpoint;
}

async fn with_history(it: &TestStore) {
    for case in 1..=3 {
        for version in 0..4 {
            append(&it.store, id(case), version, &format!("event {version}"))
                .await
                .unwrap();
        }
    }
}

async fn tamper(store: &Store, sql: &'static [&'static str]) {
    let done: Result<(), StoreError> = store
        .execute(Lane(id(0)), move |tx| {
            async move {
                for statement in sql {
                    assert!(tx.run(*statement, args![id(2)]).await? > 0, "{statement}");
                }
                Ok(())
            }
            .boxed()
        })
        .await;
    done.unwrap();
}

async fn findings(it: &TestStore) -> Vec<Finding> {
    it.store.verify(county(), None).await.unwrap().findings
}

async fn an_untouched_history_is_whole(it: TestStore) {
    with_history(&it).await;
    it.store.take_checkpoint(county(), NOW).await.unwrap();
    append(&it.store, id(1), 4, "after the checkpoint")
        .await
        .unwrap();
    let second = it.store.take_checkpoint(county(), NOW).await.unwrap();
    assert!(second.is_signed_by(&it.store.checkpoint_public_key()));
    append(&it.store, id(1), 5, "after both").await.unwrap();
    let report = it.store.verify(county(), Some(&second)).await.unwrap();
    assert_eq!(
        (report.aggregates, report.events, report.checkpoints),
        (3, 14, 2)
    );
    assert!(report.is_whole(), "{:?}", report.findings);
}

const BACK: &[&str] = &["UPDATE event SET version = version + 90 WHERE aggregate_id = $1"];

async fn tampering_is_found_and_named(it: TestStore) {
    with_history(&it).await;
    let kind = || "sample".to_owned();
    let (county, id) = (county(), id(2));
    tamper(
        &it.store,
        &["UPDATE event SET captured_at = 1 WHERE aggregate_id = $1 AND version = 3"],
    )
    .await;
    assert_eq!(
        findings(&it).await,
        [Finding::Changed {
            county,
            kind: kind(),
            id,
            version: 3
        }]
    );
    tamper(
        &it.store,
        &["DELETE FROM event WHERE aggregate_id = $1 AND version = 3"],
    )
    .await;
    assert_eq!(
        findings(&it).await[0],
        Finding::Removed {
            county,
            kind: kind(),
            id,
            version: 3
        }
    );
    tamper(
        &it.store,
        &[
            "UPDATE event SET version = 3 WHERE aggregate_id = $1 AND version = 2",
            "UPDATE event SET version = 2 WHERE aggregate_id = $1 AND version = 1",
        ],
    )
    .await;
    let moved = findings(&it).await;
    assert!(
        moved.contains(&Finding::OutOfOrder {
            county,
            kind: kind(),
            id,
            version: 2
        }) || moved.contains(&Finding::Removed {
            county,
            kind: kind(),
            id,
            version: 1
        })
    );
    tamper(&it.store, BACK).await;
    assert!(!findings(&it).await.is_empty());
}

/// Whoever can write the tables can also keep head and chain in agreement.
async fn what_a_chain_cannot_see_a_checkpoint_does(it: TestStore) {
    with_history(&it).await;
    it.store.take_checkpoint(county(), NOW).await.unwrap();
    tamper(
        &it.store,
        &[
            "DELETE FROM event WHERE aggregate_id = $1 AND version = 4",
            "UPDATE aggregate_head SET version = 3, hash =
             (SELECT hash FROM event WHERE aggregate_id = $1 AND version = 3)
             WHERE aggregate_id = $1",
        ],
    )
    .await;
    let cut = Finding::BehindCheckpoint {
        county: county(),
        kind: "sample".to_owned(),
        id: id(2),
        version: 4,
    };
    assert_eq!(findings(&it).await, [cut]);
    tamper(
        &it.store,
        &[
            "DELETE FROM event WHERE aggregate_id = $1",
            "DELETE FROM aggregate_head WHERE aggregate_id = $1",
        ],
    )
    .await;
    assert_eq!(
        findings(&it).await,
        [Finding::RootDiffers {
            county: county(),
            checkpoint: 1
        }]
    );
}

async fn a_database_put_back_is_known_by_an_exported_checkpoint(it: TestStore) {
    with_history(&it).await;
    let exported = it.store.take_checkpoint(county(), NOW).await.unwrap();
    tamper(&it.store, &["DELETE FROM checkpoint WHERE $1 IS NOT NULL"]).await;
    let report = it.store.verify(county(), Some(&exported)).await.unwrap();
    let missing = Finding::CheckpointMissing {
        county: county(),
        checkpoint: 1,
    };
    assert_eq!(report.findings, [missing]);
}
