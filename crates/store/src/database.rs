//! Opening a database, and the kinds of connection one can get from it.

use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::StoreError;
use crate::sql::{Connection, Dialect, Link, SqliteWrite};

const READERS: u32 = 8;
const POSTGRES_CONNECTIONS: u32 = 16;
const WAIT: Duration = Duration::from_secs(10);

/// 32 MiB, in KiB as SQLite wants it (below zero): what a rush writes stays in memory until it commits.
const WRITER_CACHE: &str = "-32768";
/// 16 MiB of log: each checkpoint writes and syncs the file itself.
const PAGES_BETWEEN_CHECKPOINTS: &str = "4000";

/// SQLite allows one writer, so it gets a pool of exactly one; readers never wait for it (WAL).
pub(crate) enum Database {
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

impl Database {
    pub async fn open_sqlite(file: &Path) -> Result<Self, StoreError> {
        let options = sqlite_options(file);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(WAIT)
            .connect_with(
                options
                    .clone()
                    .pragma("cache_size", WRITER_CACHE)
                    .pragma("wal_autocheckpoint", PAGES_BETWEEN_CHECKPOINTS),
            )
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(WAIT)
            .connect_with(options.create_if_missing(false).pragma("query_only", "ON"))
            .await?;
        Ok(Self::Sqlite { writer, readers })
    }

    pub async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?.application_name("huiyin");
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(WAIT)
            .connect_with(options)
            .await?;
        Ok(Self::Postgres(pool))
    }

    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite { .. } => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// A transaction that may write. `IMMEDIATE` because a read that turns into a write half-way
    /// fails at once, whatever the busy timeout says.
    pub async fn write(&self) -> Result<Link, StoreError> {
        let connection = match self {
            Self::Sqlite { writer, .. } => {
                Connection::SqliteWrite(SqliteWrite::begin(writer.acquire().await?).await?)
            }
            Self::Postgres(pool) => Connection::PostgresTransaction(pool.begin().await?),
        };
        Ok(connection.into())
    }

    /// A connection for single queries, each of which sees the newest committed state.
    pub async fn read(&self) -> Result<Link, StoreError> {
        let connection = match self {
            Self::Sqlite { readers, .. } => Connection::SqliteRead(readers.acquire().await?),
            Self::Postgres(pool) => Connection::PostgresRead(pool.acquire().await?),
        };
        Ok(connection.into())
    }

    /// A connection whose queries all see one moment.
    pub async fn snapshot(&self) -> Result<Link, StoreError> {
        const ONE_MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        let connection = match self {
            Self::Sqlite { readers, .. } => {
                Connection::SqliteSnapshot(readers.begin_with("BEGIN").await?)
            }
            Self::Postgres(pool) => {
                Connection::PostgresTransaction(pool.begin_with(ONE_MOMENT).await?)
            }
        };
        Ok(connection.into())
    }

    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                // Readers first: the last connection to close folds the WAL into the file.
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

fn sqlite_options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // An acknowledged command survives a power cut: one fsync for each commit.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(WAIT)
        // Overwrites what is deleted: an erased key must not linger in a free page.
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "MEMORY")
        .statement_cache_capacity(256)
}
