//! Writing an archive from one snapshot, a row at a time.

use std::io::Write;

use sqlx::SqlSafeStr as _;
use tokio::sync::mpsc;

use super::line::{self, FORMAT, Mark, archive};
use super::lock::ArchiveLock;
use super::tables::{TABLES, Table};
use crate::sql::Link;
use crate::{Store, StoreError, Timestamp, migrate};

/// Lines on their way to the file; more would only take memory.
const IN_FLIGHT: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupSummary {
    pub tables: u64,
    pub rows: u64,
}

impl Store {
    /// Writes everything as it is at this moment; writers go on meanwhile. `to` has been flushed
    /// when this returns, but syncing it to the disk and naming it is the caller's.
    pub async fn backup<W>(
        &self,
        to: W,
        lock: ArchiveLock,
        at: Timestamp,
    ) -> Result<BackupSummary, StoreError>
    where
        W: Write + Send + 'static,
    {
        let (sender, lines) = mpsc::channel(IN_FLIGHT);
        // age and the file block, and an archive may take minutes.
        let writing = tokio::task::spawn_blocking(move || write(to, &lock, lines));
        let mut link = self.database.snapshot().await?;
        let exported = export(&mut link, sender, at).await;
        link.rollback().await;
        let written = writing.await.map_err(|error| archive(error.to_string()))?;
        // When the file could not be written the export only saw its channel close.
        written.and(exported)
    }
}

async fn export(
    link: &mut Link,
    lines: mpsc::Sender<Vec<u8>>,
    at: Timestamp,
) -> Result<BackupSummary, StoreError> {
    let header = Mark::Header {
        huiyin_backup: FORMAT,
        schema: migrate::known(),
        at: at.micros(),
    };
    send(&lines, line::mark(&header)).await?;
    let mut rows = 0;
    for table in TABLES {
        rows += export_table(link, table, &lines).await?;
    }
    send(&lines, line::mark(&Mark::End { end: true, rows })).await?;
    Ok(BackupSummary {
        tables: TABLES.len() as u64,
        rows,
    })
}

async fn export_table(
    link: &mut Link,
    table: &Table,
    lines: &mpsc::Sender<Vec<u8>>,
) -> Result<u64, StoreError> {
    let columns = table.columns(link).await?;
    let select = table.select(&columns).into_sql_str();
    send(
        lines,
        line::mark(&Mark::Table {
            table: table.name.to_owned(),
            columns,
        }),
    )
    .await?;
    let (sender, mut rows) = mpsc::channel(IN_FLIGHT);
    let produce = async {
        let sender = sender;
        link.stream(select, &sender).await
    };
    let consume = async {
        let mut count = 0;
        while let Some(row) = rows.recv().await {
            send(lines, line::row(&row)).await?;
            count += 1;
        }
        Ok(count)
    };
    tokio::try_join!(produce, consume).map(|((), count)| count)
}

async fn send(lines: &mpsc::Sender<Vec<u8>>, line: Vec<u8>) -> Result<(), StoreError> {
    lines.send(line).await.map_err(|_| StoreError::Closed)
}

/// Leaves the archive without its end when the export stopped early: nobody can take it for whole.
fn write<W: Write>(
    to: W,
    lock: &ArchiveLock,
    mut lines: mpsc::Receiver<Vec<u8>>,
) -> Result<(), StoreError> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::StorageFull => StoreError::DiskFull,
        _ => archive(error.to_string()),
    };
    let mut sealed = lock.close(to)?;
    while let Some(line) = lines.blocking_recv() {
        sealed.write_all(&line).map_err(failed)?;
    }
    let mut to = sealed.finish().map_err(failed)?;
    to.flush().map_err(failed)
}
