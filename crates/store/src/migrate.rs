//! Schema migrations: embedded, forward only, safe to start from several servers at once.

use sha2::{Digest as _, Sha256};
use sqlx::AssertSqlSafe;

use crate::database::Database;
use crate::projection::{self, PendingRebuild};
use crate::sql::{Dialect, Link};
use crate::{StoreError, args};

/// Written in PostgreSQL's words; [`for_dialect`] turns them into SQLite's. Never edited once
/// released: a checksum of each is kept in the database.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_engine.sql"),
    include_str!("../migrations/0002_technical.sql"),
    include_str!("../migrations/0003_projections.sql"),
    include_str!("../migrations/0004_worklist.sql"),
    include_str!("../migrations/0005_to_tell.sql"),
    include_str!("../migrations/0006_registrations.sql"),
    include_str!("../migrations/0007_sign_in.sql"),
    include_str!("../migrations/0008_projection_version.sql"),
    include_str!("../migrations/0009_free_places.sql"),
    include_str!("../migrations/0010_listed_visits.sql"),
    include_str!("../migrations/0011_attachments.sql"),
    include_str!("../migrations/0012_letters.sql"),
    include_str!("../migrations/0013_tablets.sql"),
    include_str!("../migrations/0014_upload_days.sql"),
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migration (
  number BIGINT PRIMARY KEY,
  checksum BYTEA NOT NULL
)";

/// Any number, the same for all Huiyin servers of one database.
const LOCK: &str = "SELECT pg_advisory_xact_lock(4834791)";

/// A migration that has not run yet, with the statements it would run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingMigration {
    pub number: u32,
    pub sql: String,
}

/// What opening a database would change in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    pub migrations: Vec<PendingMigration>,
    /// The rows that screens read, when this program gives them a newer form.
    pub rebuild: Option<PendingRebuild>,
}

/// The newest schema this program knows.
#[must_use]
pub(crate) fn known() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// Brings the schema up to date. A second server waits for the first, then finds nothing to do.
pub(crate) async fn run(database: &Database) -> Result<(), StoreError> {
    run_to(database, known()).await
}

/// As [`run`], but no further than `schema`: an archive is restored into the schema it came from.
pub(crate) async fn run_to(database: &Database, schema: u32) -> Result<(), StoreError> {
    if schema > known() {
        return Err(StoreError::NewerSchema {
            found: schema,
            known: known(),
        });
    }
    let mut link = database.write().await?;
    if link.dialect() == Dialect::Postgres {
        link.execute(LOCK, args![]).await?;
    }
    link.execute(AssertSqlSafe(for_dialect(TABLE, link.dialect())), args![])
        .await?;
    let pending = pending(&mut link).await?;
    for pending in pending
        .into_iter()
        .filter(|pending| pending.number <= schema)
    {
        link.script(AssertSqlSafe(pending.sql.clone())).await?;
        let text = MIGRATIONS[pending.number as usize - 1];
        link.execute(
            "INSERT INTO schema_migration (number, checksum) VALUES ($1, $2)",
            args![pending.number, checksum(text)],
        )
        .await?;
    }
    link.commit().await
}

/// The migration that began to keep the projections' version.
const PROJECTION_VERSION: u32 = 7;

/// What opening would do, without doing it.
pub(crate) async fn plan(database: &Database) -> Result<Plan, StoreError> {
    let mut link = database.snapshot().await?;
    let migrations = pending(&mut link).await?;
    let first = migrations.first().map(|migration| migration.number);
    let rebuild = match first {
        // An empty database, and one from before the rows had a version.
        Some(1) => None,
        Some(first) if first <= PROJECTION_VERSION => Some(PendingRebuild {
            from: 0,
            to: projection::VERSION,
            aggregates: projection::count(&mut link).await?,
        }),
        _ => projection::plan(&mut link).await?,
    };
    Ok(Plan {
        migrations,
        rebuild,
    })
}

async fn pending(link: &mut Link) -> Result<Vec<PendingMigration>, StoreError> {
    let applied = applied(link).await?;
    let found = applied.last().map_or(0, |(number, _)| *number);
    if found > known() {
        return Err(StoreError::NewerSchema {
            found,
            known: known(),
        });
    }
    let mut pending = Vec::new();
    for (number, text) in (1..).zip(MIGRATIONS) {
        match applied.iter().find(|(done, _)| *done == number) {
            Some((_, sum)) if sum[..] == checksum(text) => {}
            Some(_) => return Err(StoreError::MigrationChanged { number }),
            None => {
                let sql = for_dialect(text, link.dialect());
                pending.push(PendingMigration { number, sql });
            }
        }
    }
    Ok(pending)
}

async fn applied(link: &mut Link) -> Result<Vec<(u32, Vec<u8>)>, StoreError> {
    let exists = match link.dialect() {
        Dialect::Sqlite => {
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'"
        }
        Dialect::Postgres => {
            "SELECT 1 FROM pg_tables
             WHERE schemaname = current_schema() AND tablename = 'schema_migration'"
        }
    };
    if link.fetch(exists, args![]).await?.is_empty() {
        return Ok(Vec::new());
    }
    let rows = link
        .fetch(
            "SELECT number, checksum FROM schema_migration ORDER BY number",
            args![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let number = u32::try_from(row.integer(0)?)
                .map_err(|_| StoreError::corrupt("a migration number"))?;
            Ok((number, row.bytes(1)?.to_vec()))
        })
        .collect()
}

fn checksum(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// STRICT makes SQLite as exact about types as PostgreSQL is.
fn for_dialect(sql: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Postgres => sql.to_owned(),
        Dialect::Sqlite => sql
            .replace("BYTEA", "BLOB")
            .replace("BIGINT", "INTEGER")
            .replace("\n);", "\n) STRICT;"),
    }
}
