//! The harness for tests of this crate and of the server: one body, both databases.

mod letter;
mod postgres;

use std::path::PathBuf;

use futures_util::FutureExt as _;
use tempfile::TempDir;

pub use letter::{close_letter, close_medium};
pub use postgres::{fresh_postgres_url, postgres_data_folder};

use crate::{Lane, MasterKey, Store, StoreError, StoreLocation};

/// A store in a database of its own, gone when dropped.
pub struct TestStore {
    pub store: Store,
    pub location: StoreLocation,
    /// Where SQLite's files are; also free for the test's own files.
    pub folder: TempDir,
}

/// The key of every test store.
#[must_use]
pub fn master_key() -> MasterKey {
    MasterKey::from_bytes([0x5A; 32])
}

impl TestStore {
    pub async fn sqlite() -> Self {
        let folder = TempDir::new().expect("a folder for the test");
        let location = StoreLocation::Sqlite(folder.path().join("huiyin.db"));
        Self::open(location, folder).await
    }

    pub async fn postgres() -> Self {
        let folder = TempDir::new().expect("a folder for the test");
        Self::open(StoreLocation::Postgres(fresh_postgres_url().await), folder).await
    }

    async fn open(location: StoreLocation, folder: TempDir) -> Self {
        let store = Store::open(&location, &master_key())
            .await
            .expect("a new store opens");
        Self {
            store,
            location,
            folder,
        }
    }

    /// Another server on the same database.
    pub async fn second_server(&self) -> Store {
        Store::open(&self.location, &master_key())
            .await
            .expect("a second server opens")
    }

    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// `on_both!(name, async |it: TestStore| { … })` makes the tests `name::sqlite` and
/// `name::postgres` of one body.
#[macro_export]
macro_rules! on_both {
    ($($name:ident;)*) => { $(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(store::testing::TestStore::sqlite().await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name(store::testing::TestStore::postgres().await).await;
            }
        }
    )* };
}

/// Makes the database look as if a newer release had been at it.
pub async fn pretend_newer_schema(store: &Store) -> Result<(), StoreError> {
    run(
        store,
        "INSERT INTO schema_migration (number, checksum) VALUES (99, X'00')",
    )
    .await
}

/// Makes the rows that screens read look as if another release had written them; 0 is one from
/// before they had a form.
pub async fn pretend_projections_of(store: &Store, version: u32) -> Result<(), StoreError> {
    let sql = "UPDATE projection_version SET version = $1";
    store
        .execute(Lane(uuid::Uuid::nil()), move |tx| {
            async move { tx.run(sql, crate::args![version]).await.map(drop) }.boxed()
        })
        .await
}

/// Takes every published visit from what screens read. Its events stay.
pub async fn spoil_visits(store: &Store) -> Result<(), StoreError> {
    run(store, "UPDATE visit_row SET published = 0").await
}

async fn run(store: &Store, sql: &'static str) -> Result<(), StoreError> {
    store
        .execute(Lane(uuid::Uuid::nil()), move |tx| {
            async move { tx.run(sql, Vec::new()).await.map(drop) }.boxed()
        })
        .await
}
