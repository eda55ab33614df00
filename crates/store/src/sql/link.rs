//! A connection whose inserts may wait for each other.

use sqlx::{SqlSafeStr, SqlStr};
use tokio::sync::mpsc::Sender;

use super::batch::Batch;
use super::{Connection, Dialect, Insert, Row, Value};
use crate::StoreError;

/// Rows that wait are written before anything else is asked or done, so that nobody can tell.
pub(crate) struct Link {
    connection: Connection,
    batch: Batch,
}

impl From<Connection> for Link {
    fn from(connection: Connection) -> Self {
        Self {
            connection,
            batch: Batch::default(),
        }
    }
}

impl Link {
    pub fn dialect(&self) -> Dialect {
        self.connection.dialect()
    }

    /// From now on no row waits: each is written, or refused, where it is inserted.
    pub fn be_careful(&mut self) {
        self.batch.careful = true;
    }

    /// Inserts a row now or with others. False when the row was there already; of one that waits this
    /// comes out later and ends the transaction ([`Link::lost`]), which must then be run carefully.
    pub async fn insert(
        &mut self,
        insert: &'static Insert,
        row: Vec<Value>,
    ) -> Result<bool, StoreError> {
        if self.batch.careful {
            return Ok(self.connection.insert_all(insert, vec![row]).await? == 1);
        }
        self.batch.push(insert, row);
        Ok(true)
    }

    /// Why the transaction cannot be committed any more.
    pub fn lost(&self) -> Option<StoreError> {
        self.batch.lost.clone()
    }

    /// Before a job: what it leaves waiting can be taken back. `words` make its savepoint.
    pub async fn begin_job(&mut self, words: &'static str) -> Result<(), StoreError> {
        self.batch.begin_job();
        self.connection.script(words).await
    }

    /// Takes back the rows of the running job. `words` go back to its savepoint, and with it goes
    /// what was written of earlier jobs since: that waits again.
    pub async fn undo_job(&mut self, words: &'static str) -> Result<(), StoreError> {
        self.batch.undo_job();
        self.connection.execute(words, Vec::new()).await.map(drop)
    }

    /// Runs a statement and says how many rows it touched.
    pub async fn execute(
        &mut self,
        sql: impl SqlSafeStr,
        args: Vec<Value>,
    ) -> Result<u64, StoreError> {
        self.settle().await?;
        self.connection.execute(sql, args).await
    }

    /// As [`Link::execute`], for a statement about rows that nothing waits for.
    pub async fn execute_aside(
        &mut self,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<u64, StoreError> {
        self.connection.execute(sql, args).await
    }

    pub async fn fetch(
        &mut self,
        sql: impl SqlSafeStr,
        args: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        self.settle().await?;
        self.connection.fetch(sql, args).await
    }

    pub async fn fetch_optional(
        &mut self,
        sql: impl SqlSafeStr,
        args: Vec<Value>,
    ) -> Result<Option<Row>, StoreError> {
        let mut rows = self.fetch(sql, args).await?;
        Ok((!rows.is_empty()).then(|| rows.swap_remove(0)))
    }

    /// Hands over row by row, so that a table of any size takes the memory of one row.
    pub async fn stream(&mut self, sql: SqlStr, to: &Sender<Row>) -> Result<(), StoreError> {
        self.settle().await?;
        self.connection.stream(sql, to).await
    }

    /// Several statements at once, without parameters: migrations only.
    pub async fn script(&mut self, sql: impl SqlSafeStr) -> Result<(), StoreError> {
        self.settle().await?;
        self.connection.script(sql).await
    }

    pub async fn commit(mut self) -> Result<(), StoreError> {
        if let Err(error) = self.settle().await {
            self.connection.rollback().await;
            return Err(error);
        }
        self.connection.commit().await
    }

    pub async fn rollback(self) {
        self.connection.rollback().await;
    }

    /// Writes what waits. A row that is refused cannot be told apart any more from those beside it.
    async fn settle(&mut self) -> Result<(), StoreError> {
        if let Some(lost) = self.lost() {
            return Err(lost);
        }
        if self.batch.is_empty() {
            return Ok(());
        }
        // Should this not come to its end, nothing of the group may be committed.
        self.batch.lost = Some(StoreError::Contention);
        for (insert, rows) in self.batch.take() {
            let count = rows.len() as u64;
            match self.connection.insert_all(insert, rows).await {
                Ok(written) if written == count => {}
                Err(error) if error.ends_transaction() => {
                    self.batch.lost = Some(error.clone());
                    return Err(error);
                }
                refused => {
                    tracing::debug!(?refused, into = insert.into, "a group is run again");
                    return Err(StoreError::Contention);
                }
            }
        }
        self.batch.lost = None;
        Ok(())
    }
}
