use std::time::Duration;

use futures_util::FutureExt as _;
use store::testing::TestStore;
use store::{Changes, Cursor, Lane, Publication, Store, StoreError};
use uuid::Uuid;

use crate::support::{NOW, case, county, id};

on_both! {
    only_the_named_readers_learn_of_a_change;
    pages_go_on_where_the_last_one_ended;
    a_cursor_of_another_epoch_starts_afresh;
    a_slow_transaction_is_never_skipped;
    a_phone_is_told_each_changed_thing_once;
}

async fn publish(store: &Store, owner: Uuid, readers: &[&str], slow: Duration) {
    let readers: Vec<String> = readers.iter().map(ToString::to_string).collect();
    let done: Result<(), StoreError> = store
        .execute(Lane(owner), move |tx| {
            let readers = readers.clone();
            async move {
                tx.publish(
                    &case(owner),
                    Publication {
                        topic: "matter",
                        readers,
                        at: NOW,
                    },
                );
                tokio::time::sleep(slow).await;
                Ok(())
            }
            .boxed()
        })
        .await;
    done.unwrap();
}

async fn page(store: &Store, readers: &[&str], since: Cursor, limit: u32) -> (Vec<Uuid>, Cursor) {
    let readers: Vec<String> = readers.iter().map(ToString::to_string).collect();
    let mut reader = store.read().await.unwrap();
    match reader
        .changes(county(), &readers, since, limit)
        .await
        .unwrap()
    {
        Changes::Page { changes, next } => (
            changes
                .into_iter()
                .map(|change| change.aggregate_id)
                .collect(),
            next,
        ),
        Changes::StartAfresh { .. } => panic!("the epoch did not change"),
    }
}

async fn start(store: &Store) -> Cursor {
    store
        .read()
        .await
        .unwrap()
        .feed_end(county())
        .await
        .unwrap()
}

async fn only_the_named_readers_learn_of_a_change(it: TestStore) {
    let since = start(&it.store).await;
    publish(&it.store, id(1), &["unit:a", "unit:b"], Duration::ZERO).await;
    publish(&it.store, id(2), &["public"], Duration::ZERO).await;
    publish(&it.store, id(3), &[], Duration::ZERO).await;
    assert_eq!(
        page(&it.store, &["unit:a", "unit:b"], since, 50).await.0,
        [id(1)]
    );
    assert_eq!(page(&it.store, &["public"], since, 50).await.0, [id(2)]);
    assert_eq!(
        page(&it.store, &["unit:b", "public"], since, 50).await.0,
        [id(1), id(2)]
    );
    assert!(page(&it.store, &["unit:c"], since, 50).await.0.is_empty());
    assert!(page(&it.store, &[], since, 50).await.0.is_empty());
}

async fn pages_go_on_where_the_last_one_ended(it: TestStore) {
    let mut cursor = start(&it.store).await;
    for n in 0..7 {
        publish(&it.store, id(n), &["public"], Duration::ZERO).await;
    }
    let mut seen = Vec::new();
    for expected in [3, 3, 1, 0] {
        let (ids, next) = page(&it.store, &["public"], cursor, 3).await;
        assert_eq!(ids.len(), expected);
        seen.extend(ids);
        cursor = Cursor::parse(&next.to_string()).unwrap();
    }
    assert_eq!(seen, (0..7).map(id).collect::<Vec<_>>());
}

async fn a_cursor_of_another_epoch_starts_afresh(it: TestStore) {
    let here = start(&it.store).await;
    let strange = Cursor {
        epoch: id(9),
        position: 0,
    };
    let beyond = Cursor {
        position: 99,
        ..here
    };
    for cursor in [strange, beyond] {
        let mut reader = it.store.read().await.unwrap();
        let changes = reader
            .changes(county(), &["public".into()], cursor, 9)
            .await
            .unwrap();
        assert_eq!(changes, Changes::StartAfresh { from: here });
    }
}

async fn a_phone_is_told_each_changed_thing_once(it: TestStore) {
    let ask = async |since: &str| {
        let mut reader = it.store.read().await.unwrap();
        reader.public_changes(county(), since).await.unwrap()
    };
    // Without a cursor, or with something else, it is told where to begin.
    let start = ask("").await;
    assert!(start.afresh && start.changed.is_empty());
    assert_eq!(ask("<script>").await, start);
    for (n, reader) in [(1, "public"), (2, "public"), (3, "unit:a"), (1, "public")] {
        publish(&it.store, id(n), &[reader], Duration::ZERO).await;
    }
    let told = ask(&start.next).await;
    let ids: Vec<Uuid> = told.changed.iter().map(|changed| changed.id).collect();
    assert_eq!(ids, [id(2), id(1)]);
    assert!(!told.afresh && !told.more);
    let nothing = ask(&told.next).await;
    assert!(nothing.changed.is_empty() && !nothing.afresh);
    assert_eq!(nothing.next, told.next);
    // Of a database that was restored since.
    assert!(ask(&format!("{}.0", id(9).simple())).await.afresh);
}

/// A reader polls while slow and quick transactions of two servers overlap. With positions taken
/// at the start, or from a sequence, it would step over the slow ones.
async fn a_slow_transaction_is_never_skipped(it: TestStore) {
    let other = it.second_server().await;
    let mut cursor = start(&it.store).await;
    let writers = async {
        let slow = (0..4).map(|n| publish(&other, id(n), &["public"], Duration::from_millis(150)));
        let quick = async {
            for n in 4..30 {
                publish(&it.store, id(n), &["public"], Duration::ZERO).await;
            }
        };
        tokio::join!(futures_util::future::join_all(slow), quick);
    };
    tokio::pin!(writers);
    let mut seen = Vec::new();
    loop {
        let finished = tokio::select! {
            () = &mut writers => true,
            () = tokio::time::sleep(Duration::from_millis(3)) => false,
        };
        let (ids, next) = page(&it.store, &["public"], cursor, 50).await;
        seen.extend(ids);
        cursor = next;
        if finished {
            break;
        }
    }
    seen.sort();
    assert_eq!(seen, (0..30).map(id).collect::<Vec<_>>());
    other.close().await;
}
