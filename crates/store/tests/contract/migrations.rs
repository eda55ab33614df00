use futures_util::FutureExt as _;
use futures_util::future::join_all;
use store::testing::{TestStore, fresh_postgres_url, master_key};
use store::{Lane, MasterKey, Store, StoreError, StoreLocation};

use crate::support::{append, id, texts};

on_both! {
    opening_again_finds_everything_and_plans_nothing;
    a_newer_schema_is_refused_in_a_sentence;
    an_edited_migration_is_noticed;
    another_master_key_is_refused;
}

async fn opening_again_finds_everything_and_plans_nothing(it: TestStore) {
    append(&it.store, id(1), 0, "kept").await.unwrap();
    it.store.close().await;
    assert_eq!(Store::plan(&it.location).await.unwrap(), Default::default());
    let again = it.second_server().await;
    assert_eq!(texts(&again, id(1)).await, ["kept"]);
    again.close().await;
}

async fn run(store: &Store, sql: &'static str) {
    let done: Result<u64, StoreError> = store
        .execute(Lane(id(0)), move |tx| {
            async move { tx.run(sql, args![]).await }.boxed()
        })
        .await;
    assert_eq!(done, Ok(1));
}

async fn a_newer_schema_is_refused_in_a_sentence(it: TestStore) {
    run(
        &it.store,
        "INSERT INTO schema_migration SELECT 999, checksum FROM schema_migration LIMIT 1",
    )
    .await;
    it.store.close().await;
    let refused = Store::open(&it.location, &master_key())
        .await
        .err()
        .unwrap();
    assert!(matches!(
        refused,
        StoreError::NewerSchema { found: 999, .. }
    ));
    assert!(
        refused
            .to_string()
            .contains("please start the newer program")
    );
}

async fn an_edited_migration_is_noticed(it: TestStore) {
    run(
        &it.store,
        "UPDATE schema_migration SET checksum = (SELECT value FROM meta ORDER BY name LIMIT 1)
         WHERE number = 1",
    )
    .await;
    it.store.close().await;
    let refused = Store::open(&it.location, &master_key()).await.err();
    assert_eq!(refused, Some(StoreError::MigrationChanged { number: 1 }));
}

async fn another_master_key_is_refused(it: TestStore) {
    it.store.close().await;
    let refused = Store::open(&it.location, &MasterKey::from_bytes([1; 32]))
        .await
        .err();
    assert_eq!(refused, Some(StoreError::WrongKey));
}

/// Each server has its own connections, as separate processes have.
async fn several_servers_start_at_once(location: StoreLocation) {
    assert!(
        Store::plan(&location).await.unwrap().migrations[0]
            .sql
            .contains("CREATE TABLE event")
    );
    let opening = (0..4).map(|_| {
        let location = location.clone();
        tokio::spawn(async move { Store::open(&location, &master_key()).await })
    });
    for opened in join_all(opening).await {
        opened.unwrap().unwrap().close().await;
    }
    assert_eq!(Store::plan(&location).await.unwrap(), Default::default());
}

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_start_at_once_on_sqlite() {
    let folder = tempfile::TempDir::new().unwrap();
    several_servers_start_at_once(StoreLocation::Sqlite(folder.path().join("huiyin.db"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_start_at_once_on_postgres() {
    several_servers_start_at_once(StoreLocation::Postgres(fresh_postgres_url().await)).await;
}
