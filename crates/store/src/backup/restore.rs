//! Filling an empty database from an archive.

use std::io::{BufRead as _, BufReader, Read};

use sqlx::AssertSqlSafe;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::line::{self, FORMAT, Kind, Mark, archive};
use super::lock::ArchiveKey;
use super::tables::TABLES;
use crate::crypto::{Keyring, ROOT_SECRET, random};
use crate::database::Database;
use crate::feed::EPOCH;
use crate::sql::Link;
use crate::store::connect;
use crate::{MasterKey, Store, StoreError, StoreLocation, Timestamp, args, migrate};

const IN_FLIGHT: usize = 256;
const INSERT_META: &str = "INSERT INTO meta (name, value) VALUES ($1, $2)";
const SELECT_META: &str = "SELECT value FROM meta WHERE name = $1";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestoreSummary {
    pub rows: u64,
    /// When the archive was made.
    pub at: Timestamp,
}

impl Store {
    /// Restores into an empty database, all or nothing. The master key comes from the recovery
    /// sheet and is checked before anything is kept. An archive of an older schema is brought up to
    /// date afterwards.
    pub async fn restore<R>(
        location: &StoreLocation,
        master: &MasterKey,
        from: R,
        key: ArchiveKey,
    ) -> Result<RestoreSummary, StoreError>
    where
        R: Read + Send + 'static,
    {
        let database = connect(location).await?;
        let restored = restore(&database, master, from, key).await;
        database.close().await;
        restored
    }
}

async fn restore<R: Read + Send + 'static>(
    database: &Database,
    master: &MasterKey,
    from: R,
    key: ArchiveKey,
) -> Result<RestoreSummary, StoreError> {
    let (sender, mut lines) = mpsc::channel(IN_FLIGHT);
    let reading = tokio::task::spawn_blocking(move || read(from, &key, &sender));
    let header = lines.recv().await;
    let restored = match header {
        Some(header) => restore_rows(database, master, &header, &mut lines).await,
        None => Err(archive("it is empty")),
    };
    drop(lines);
    let read = reading.await.map_err(|error| archive(error.to_string()))?;
    match (read, restored) {
        // Why reading stopped says more than that it did.
        (Err(error @ StoreError::Archive { .. }), _) => Err(error),
        (_, restored) => restored,
    }
}

async fn restore_rows(
    database: &Database,
    master: &MasterKey,
    header: &str,
    lines: &mut mpsc::Receiver<String>,
) -> Result<RestoreSummary, StoreError> {
    let Ok(Mark::Header {
        huiyin_backup,
        schema,
        at,
    }) = serde_json::from_str(header)
    else {
        return Err(archive("it is not a Huiyin archive"));
    };
    if huiyin_backup > FORMAT {
        return Err(archive(format!(
            "format {huiyin_backup} needs a newer program"
        )));
    }
    migrate::run_to(database, schema).await?;
    let mut link = database.write().await?;
    if !link
        .fetch("SELECT name FROM meta LIMIT 1", args![])
        .await?
        .is_empty()
    {
        return Err(archive("the database is not empty"));
    }
    let rows = insert_all(&mut link, lines).await?;
    let root = link.fetch_optional(SELECT_META, args![ROOT_SECRET]).await?;
    let root = root.ok_or_else(|| archive("it holds no root secret"))?;
    Keyring::open(master, root.bytes(0)?)?;
    let epoch = Uuid::from_bytes(random()?);
    link.execute(INSERT_META, args![EPOCH, epoch]).await?;
    link.commit().await?;
    migrate::run(database).await?;
    Ok(RestoreSummary {
        rows,
        at: Timestamp::from_micros(at),
    })
}

async fn insert_all(
    link: &mut Link,
    lines: &mut mpsc::Receiver<String>,
) -> Result<u64, StoreError> {
    let mut table: Option<(String, Vec<(String, Kind)>)> = None;
    let mut count = 0;
    while let Some(line) = lines.recv().await {
        if line.starts_with('[') {
            let (insert, columns) = table.as_ref().ok_or_else(|| archive("rows of no table"))?;
            let values = line::parse_row(&line, columns)?;
            link.execute(AssertSqlSafe(insert.clone()), values).await?;
            count += 1;
            continue;
        }
        match serde_json::from_str(&line) {
            Ok(Mark::Table {
                table: name,
                columns,
            }) => {
                table = Some((insert_sql(link, &name, &columns).await?, columns));
            }
            Ok(Mark::End { end: true, rows }) if rows == count => return Ok(count),
            _ => return Err(archive("a line that makes no sense")),
        }
    }
    Err(archive("it ends too early"))
}

/// Names come from the archive into a statement, so each must be one the schema has.
async fn insert_sql(
    link: &mut Link,
    name: &str,
    columns: &[(String, Kind)],
) -> Result<String, StoreError> {
    let table = TABLES.iter().find(|table| table.name == name);
    let table = table.ok_or_else(|| archive("a table this program does not know"))?;
    let known = table.columns(link).await?;
    if !columns.iter().all(|column| known.contains(column)) {
        return Err(archive("a column this program does not know"));
    }
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let places: Vec<String> = (1..=columns.len()).map(|n| format!("${n}")).collect();
    let (name, names, places) = (table.name, names.join(", "), places.join(", "));
    Ok(format!("INSERT INTO {name} ({names}) VALUES ({places})"))
}

fn read<R: Read>(
    from: R,
    key: &ArchiveKey,
    lines: &mpsc::Sender<String>,
) -> Result<(), StoreError> {
    let plain = BufReader::new(key.open(from)?);
    for line in plain.lines() {
        let line = line.map_err(|error| archive(error.to_string()))?;
        lines.blocking_send(line).map_err(|_| StoreError::Closed)?;
    }
    Ok(())
}
