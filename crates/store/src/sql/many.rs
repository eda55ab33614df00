//! Many rows in one statement: each statement is a way to the database and back.

use std::fmt::Write as _;

use sqlx::{AssertSqlSafe, SqlSafeStr as _, SqlStr};

use super::{Connection, Value};
use crate::StoreError;

/// A statement that inserts rows, as many at once as there are.
pub(crate) struct Insert {
    /// `INSERT INTO … VALUES`.
    pub into: &'static str,
    /// What follows the values. Every row of a batch is expected to be written.
    pub rest: &'static str,
    /// How many of the first columns are a key whose last row replaces those before; 0: none is.
    pub key: usize,
}

/// Rows of one statement. A few sizes only, so that the statements stay prepared.
const SIZES: [usize; 4] = [64, 16, 4, 1];

impl Connection {
    /// Runs `insert` with all rows and says how many were written. Every row has as many values as the
    /// first.
    pub async fn insert_all(
        &mut self,
        insert: &Insert,
        mut rows: Vec<Vec<Value>>,
    ) -> Result<u64, StoreError> {
        let columns = rows.first().map_or(0, Vec::len);
        let mut written = 0;
        for size in SIZES {
            while rows.len() >= size {
                let these: Vec<Value> = rows.drain(..size).flatten().collect();
                let sql = statement(insert, columns, size);
                written += self.execute(sql, these).await?;
            }
        }
        Ok(written)
    }
}

/// The three parts and the numbers of parameters: nothing that came from outside.
fn statement(insert: &Insert, columns: usize, rows: usize) -> SqlStr {
    let mut sql = insert.into.to_owned();
    for row in 0..rows {
        sql.push_str(if row == 0 { " (" } else { ", (" });
        for column in 1..=columns {
            let comma = if column == 1 { "" } else { ", " };
            // Writing to a string cannot fail.
            let _ = write!(sql, "{comma}${}", row * columns + column);
        }
        sql.push(')');
    }
    sql.push(' ');
    sql.push_str(insert.rest);
    AssertSqlSafe(sql).into_sql_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_through_all_rows() {
        let insert = Insert {
            into: "INSERT INTO t (a, b) VALUES",
            rest: "ON CONFLICT DO NOTHING",
            key: 0,
        };
        let sql = statement(&insert, 2, 2);
        assert_eq!(
            sql.as_str(),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING"
        );
    }
}
