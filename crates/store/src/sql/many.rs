//! Many rows in one statement: each statement is a way to the database and back.

use std::fmt::Write as _;

use sqlx::{AssertSqlSafe, SqlSafeStr as _, SqlStr};

use super::{Link, Value};
use crate::StoreError;

/// Rows of one statement. A few sizes only, so that the statements stay prepared.
const SIZES: [usize; 4] = [64, 16, 4, 1];

impl Link {
    /// Runs `insert` (`INSERT INTO … VALUES`) with all rows, and `rest` after them; says how many rows
    /// were written. Every row has as many values as the first.
    pub async fn insert_all(
        &mut self,
        insert: &'static str,
        rest: &'static str,
        mut rows: Vec<Vec<Value>>,
    ) -> Result<u64, StoreError> {
        let columns = rows.first().map_or(0, Vec::len);
        let mut written = 0;
        for size in SIZES {
            while rows.len() >= size {
                let these: Vec<Value> = rows.drain(..size).flatten().collect();
                let sql = statement(insert, rest, columns, size);
                written += self.execute(sql, these).await?;
            }
        }
        Ok(written)
    }
}

/// The three parts and the numbers of parameters: nothing that came from outside.
fn statement(insert: &str, rest: &str, columns: usize, rows: usize) -> SqlStr {
    let mut sql = insert.to_owned();
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
    sql.push_str(rest);
    AssertSqlSafe(sql).into_sql_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_through_all_rows() {
        let sql = statement(
            "INSERT INTO t (a, b) VALUES",
            "ON CONFLICT DO NOTHING",
            2,
            2,
        );
        assert_eq!(
            sql.as_str(),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING"
        );
    }
}
