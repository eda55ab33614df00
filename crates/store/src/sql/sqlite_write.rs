//! SQLite's write transaction.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{Sqlite, SqliteConnection};

use crate::StoreError;

/// SQLite ends a transaction by itself when the disk is full, and sqlx's own `Transaction` then
/// counts one as open for ever: the only writer would be lost until the next start. So this one
/// speaks the words itself and gives up a connection whose state it cannot be sure of.
pub(crate) struct SqliteWrite {
    connection: PoolConnection<Sqlite>,
    /// Whether the connection may go back to its pool.
    ended: bool,
}

impl SqliteWrite {
    pub async fn begin(connection: PoolConnection<Sqlite>) -> Result<Self, StoreError> {
        let mut write = Self {
            connection,
            ended: false,
        };
        write.say("BEGIN IMMEDIATE").await?;
        Ok(write)
    }

    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.say("COMMIT").await?;
        self.ended = true;
        Ok(())
    }

    pub async fn rollback(mut self) -> Result<(), StoreError> {
        self.say("ROLLBACK").await?;
        self.ended = true;
        Ok(())
    }

    async fn say(&mut self, words: &'static str) -> Result<(), StoreError> {
        sqlx::query(words)
            .execute(&mut *self.connection)
            .await
            .map(drop)?;
        Ok(())
    }
}

impl Drop for SqliteWrite {
    fn drop(&mut self) {
        if !self.ended {
            self.connection.close_on_drop();
        }
    }
}

impl Deref for SqliteWrite {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for SqliteWrite {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}
