//! One connection of either database, inside a transaction or not.

use futures_util::TryStreamExt as _;
use sqlx::pool::PoolConnection;
use sqlx::{
    Column as _, PgConnection, Postgres, Row as _, SqlSafeStr, SqlStr, Sqlite, SqliteConnection,
    Transaction, TypeInfo as _, ValueRef as _,
};
use tokio::sync::mpsc::Sender;

use super::sqlite_write::SqliteWrite;
use super::{Dialect, Row, Value};
use crate::StoreError;

/// A dropped transaction changes nothing.
pub(crate) enum Connection {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteSnapshot(Transaction<'static, Sqlite>),
    SqliteWrite(SqliteWrite),
    PostgresRead(PoolConnection<Postgres>),
    PostgresTransaction(Transaction<'static, Postgres>),
}

enum Wire<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

/// Binds and runs: the same words for both drivers, whose types share no usable trait.
macro_rules! bound {
    ($sql:expr, $args:expr) => {{
        let mut query = sqlx::query($sql);
        for value in $args {
            query = match value {
                Value::Integer(value) => query.bind(value),
                Value::Text(value) => query.bind(value),
                Value::Bytes(value) => query.bind(value),
            };
        }
        query
    }};
}

macro_rules! decode_row {
    ($row:expr) => {{
        let row = $row;
        let mut values = Vec::with_capacity(row.columns().len());
        for column in row.columns() {
            let place = column.ordinal();
            let kind = row.try_get_raw(place)?.type_info().name().to_owned();
            values.push(match kind.as_str() {
                "INTEGER" | "INT8" | "BIGINT" => Value::Integer(row.try_get(place)?),
                "INT4" => Value::Integer(row.try_get::<Option<i32>, _>(place)?.map(i64::from)),
                "TEXT" | "VARCHAR" | "NAME" => Value::Text(row.try_get(place)?),
                "BLOB" | "BYTEA" => Value::Bytes(row.try_get(place)?),
                _ if row.try_get_raw(place)?.is_null() => Value::Text(None),
                other => return Err(StoreError::corrupt(format!("a column of type {other}"))),
            });
        }
        Ok(Row(values))
    }};
}

impl Connection {
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::SqliteRead(_) | Self::SqliteSnapshot(_) | Self::SqliteWrite(_) => Dialect::Sqlite,
            Self::PostgresRead(_) | Self::PostgresTransaction(_) => Dialect::Postgres,
        }
    }

    fn wire(&mut self) -> Wire<'_> {
        match self {
            Self::SqliteRead(connection) => Wire::Sqlite(connection),
            Self::SqliteSnapshot(transaction) => Wire::Sqlite(transaction),
            Self::SqliteWrite(write) => Wire::Sqlite(write),
            Self::PostgresRead(connection) => Wire::Postgres(connection),
            Self::PostgresTransaction(transaction) => Wire::Postgres(transaction),
        }
    }

    /// Runs a statement and says how many rows it touched.
    pub async fn execute(
        &mut self,
        sql: impl SqlSafeStr,
        args: Vec<Value>,
    ) -> Result<u64, StoreError> {
        let sql = sql.into_sql_str();
        Ok(match self.wire() {
            Wire::Sqlite(wire) => bound!(sql, args).execute(wire).await?.rows_affected(),
            Wire::Postgres(wire) => bound!(sql, args).execute(wire).await?.rows_affected(),
        })
    }

    pub async fn fetch(
        &mut self,
        sql: impl SqlSafeStr,
        args: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        let sql = sql.into_sql_str();
        match self.wire() {
            Wire::Sqlite(wire) => {
                let rows = bound!(sql, args).fetch_all(wire).await?;
                rows.iter().map(from_sqlite).collect()
            }
            Wire::Postgres(wire) => {
                let rows = bound!(sql, args).fetch_all(wire).await?;
                rows.iter().map(from_postgres).collect()
            }
        }
    }

    /// Hands over row by row, so that a table of any size takes the memory of one row.
    pub async fn stream(&mut self, sql: SqlStr, to: &Sender<Row>) -> Result<(), StoreError> {
        match self.wire() {
            Wire::Sqlite(wire) => {
                let mut rows = sqlx::query(sql).fetch(wire);
                while let Some(row) = rows.try_next().await? {
                    pass_on(from_sqlite(&row)?, to).await?;
                }
            }
            Wire::Postgres(wire) => {
                let mut rows = sqlx::query(sql).fetch(wire);
                while let Some(row) = rows.try_next().await? {
                    pass_on(from_postgres(&row)?, to).await?;
                }
            }
        }
        Ok(())
    }

    /// Several statements at once, without parameters: migrations only.
    pub async fn script(&mut self, sql: impl SqlSafeStr) -> Result<(), StoreError> {
        let sql = sqlx::raw_sql(sql);
        match self.wire() {
            Wire::Sqlite(wire) => sql.execute(wire).await.map(drop)?,
            Wire::Postgres(wire) => sql.execute(wire).await.map(drop)?,
        }
        Ok(())
    }

    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::SqliteSnapshot(transaction) => transaction.commit().await?,
            Self::SqliteWrite(write) => write.commit().await?,
            Self::PostgresTransaction(transaction) => transaction.commit().await?,
            Self::SqliteRead(_) | Self::PostgresRead(_) => {}
        }
        Ok(())
    }

    pub async fn rollback(self) {
        let outcome = match self {
            Self::SqliteSnapshot(transaction) => transaction.rollback().await.map_err(Into::into),
            Self::SqliteWrite(write) => write.rollback().await,
            Self::PostgresTransaction(transaction) => {
                transaction.rollback().await.map_err(Into::into)
            }
            Self::SqliteRead(_) | Self::PostgresRead(_) => Ok(()),
        };
        if let Err(error) = outcome {
            // A full disk or a lost connection has already rolled back: nothing is left to undo.
            tracing::debug!(%error, "rolling back an already ended transaction");
        }
    }
}

async fn pass_on(row: Row, to: &Sender<Row>) -> Result<(), StoreError> {
    to.send(row).await.map_err(|_| StoreError::Closed)
}

fn from_sqlite(row: &sqlx::sqlite::SqliteRow) -> Result<Row, StoreError> {
    decode_row!(row)
}

fn from_postgres(row: &sqlx::postgres::PgRow) -> Result<Row, StoreError> {
    decode_row!(row)
}
