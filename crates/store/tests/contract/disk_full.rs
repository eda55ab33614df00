//! A full disk: writes say "not received", reads go on, and all is well once there is room.

use futures_util::FutureExt as _;
use store::testing::TestStore;
use store::{Lane, Store, StoreError};

use crate::support::{append, county, id, texts};

/// SQLite answers a page limit with the same `SQLITE_FULL` as a full disk.
async fn limit_pages(store: &Store, sql: &'static str) {
    let done: Result<(), StoreError> = store
        .execute(Lane(id(0)), move |tx| {
            async move { tx.fetch(sql, args![]).await.map(drop) }.boxed()
        })
        .await;
    done.unwrap();
}

#[tokio::test]
async fn a_full_disk_stops_writing_but_not_reading() {
    let it = TestStore::sqlite().await;
    append(&it.store, id(1), 0, "before").await.unwrap();
    limit_pages(&it.store, "PRAGMA max_page_count = 1").await;
    let long = "x".repeat(200_000);
    let refused = append(&it.store, id(2), 0, &long).await;
    assert_eq!(refused, Err(StoreError::DiskFull));
    assert_eq!(texts(&it.store, id(1)).await, ["before"]);
    assert!(texts(&it.store, id(2)).await.is_empty());
    // The limit went with the connection, as a full disk goes when there is room again.
    assert_eq!(append(&it.store, id(2), 0, &long).await, Ok(1));
    assert!(it.store.verify(county(), None).await.unwrap().is_whole());
}
