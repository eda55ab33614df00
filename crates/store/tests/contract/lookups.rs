use futures_util::FutureExt as _;
use store::testing::TestStore;
use store::{Lane, LookupKind, Store, StoreError};
use uuid::Uuid;

use crate::support::{case, county, id};

on_both! {
    several_may_share_a_phone_but_not_a_code;
    a_replaced_code_leads_nowhere;
}

async fn file(store: &Store, owner: Uuid, kind: LookupKind, value: &str) -> Result<(), StoreError> {
    let value = value.to_owned();
    store
        .execute(Lane(owner), move |tx| {
            let value = value.clone();
            async move { tx.file_under(&case(owner), kind, &value).await }.boxed()
        })
        .await
}

async fn find(store: &Store, kind: LookupKind, value: &str) -> Vec<Uuid> {
    let found = store
        .read()
        .await
        .unwrap()
        .find(county(), kind, value)
        .await
        .unwrap();
    found.into_iter().map(|(_, id)| id).collect()
}

async fn several_may_share_a_phone_but_not_a_code(it: TestStore) {
    for owner in [id(1), id(2)] {
        file(&it.store, owner, LookupKind::Phone, "057900000000")
            .await
            .unwrap();
    }
    assert_eq!(
        find(&it.store, LookupKind::Phone, "057900000000").await,
        [id(1), id(2)]
    );
    file(&it.store, id(1), LookupKind::QueryCode, "1234567895")
        .await
        .unwrap();
    file(&it.store, id(1), LookupKind::QueryCode, "1234567895")
        .await
        .unwrap();
    let taken = file(&it.store, id(2), LookupKind::QueryCode, "1234567895").await;
    assert_eq!(
        taken,
        Err(StoreError::Taken {
            what: "query_code".into()
        })
    );
    assert_eq!(
        find(&it.store, LookupKind::QueryCode, "1234567895").await,
        [id(1)]
    );
    assert_eq!(
        find(&it.store, LookupKind::Name, "1234567895").await,
        Vec::<Uuid>::new()
    );
}

async fn a_replaced_code_leads_nowhere(it: TestStore) {
    file(&it.store, id(1), LookupKind::QueryCode, "1234567895")
        .await
        .unwrap();
    let done: Result<(), StoreError> = it
        .store
        .execute(Lane(id(1)), |tx| {
            async move {
                tx.unfile(&case(id(1)), LookupKind::QueryCode, "1234567895")
                    .await
            }
            .boxed()
        })
        .await;
    done.unwrap();
    assert!(
        find(&it.store, LookupKind::QueryCode, "1234567895")
            .await
            .is_empty()
    );
}
