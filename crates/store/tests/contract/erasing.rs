use futures_util::FutureExt as _;
use store::testing::TestStore;
use store::{Lane, LookupKind, StoreError};

use crate::support::{NOW, append, case, county, id};

on_both! {
    an_erased_case_is_a_tombstone_with_a_whole_chain;
}

async fn an_erased_case_is_a_tombstone_with_a_whole_chain(it: TestStore) {
    append(&it.store, id(1), 0, "secret").await.unwrap();
    append(&it.store, id(2), 0, "another matter").await.unwrap();
    let filed: Result<(), StoreError> = it
        .store
        .execute(Lane(id(1)), |tx| {
            async move {
                tx.file_under(&case(id(1)), LookupKind::Name, "张三")
                    .await?;
                tx.erase(&case(id(1)), NOW).await.map(drop)
            }
            .boxed()
        })
        .await;
    filed.unwrap();
    let mut reader = it.store.read().await.unwrap();
    let events = reader.events(&case(id(1)), 0).await.unwrap();
    assert_eq!(
        (events.len(), &events[0].payload, &events[0].actor),
        (1, &None, &None)
    );
    assert_eq!(
        reader
            .find(county(), LookupKind::Name, "张三")
            .await
            .unwrap(),
        []
    );
    assert!(
        reader.events(&case(id(2)), 0).await.unwrap()[0]
            .payload
            .is_some()
    );
    drop(reader);
    let refused = append(&it.store, id(1), 1, "more").await.unwrap_err();
    assert!(matches!(refused, StoreError::Erased { .. }), "{refused}");
    assert!(it.store.verify(county(), None).await.unwrap().is_whole());
}
