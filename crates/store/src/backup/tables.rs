//! Which tables an archive holds, in which order, and which it leaves out. A test compares both
//! lists with the schema, so that a new table cannot be forgotten.

use sqlx::AssertSqlSafe;

use super::line::Kind;
use crate::sql::{Dialect, Link};
use crate::{StoreError, args};

pub(super) struct Table {
    pub name: &'static str,
    /// The primary key: archives of equal databases are equal.
    pub order: &'static str,
}

const fn table(name: &'static str, order: &'static str) -> Table {
    Table { name, order }
}

pub(super) const TABLES: &[Table] = &[
    table("meta", "name"),
    table("data_key", "county, aggregate_kind, aggregate_id"),
    table("aggregate_head", "county, aggregate_kind, aggregate_id"),
    table("event", "county, aggregate_kind, aggregate_id, version"),
    table("command_answer", "county, command_id"),
    table(
        "lookup",
        "county, kind, digest, aggregate_kind, aggregate_id",
    ),
    table("ledger_state", "county, visit_id"),
    table("job", "county, job_id"),
    table("checkpoint", "county, number"),
    table("draft", "county, draft_id"),
    table("setting", "county, name"),
    table("account", "account_id"),
    table("tablet", "id"),
    table("unit", "unit_id"),
    table("division", "county, code"),
    table("calendar", "county, version"),
    table("visit_row", "county, visit_id"),
    table("registration_row", "county, registration_id"),
    table("registration_closed", "county, registration_id, reader"),
    table("case_row", "county, case_id"),
    table("case_reader", "county, case_id, reader"),
    table("matter_row", "county, matter_id"),
    table("to_tell", "county, telling_id"),
    table("to_tell_try", "county, telling_id, number"),
    table("to_tell_reader", "county, registration_id, reader"),
    table("letter_refusal", "county, command_id"),
    table("attachment", "county, owner_id, attachment_id"),
    table("attachment_piece", "county, owner_id, attachment_id, start"),
];

/// Left out: the feed starts anew, everybody signs in again, counters of a day are short-lived,
/// the schema is made by the migrations, and rows without a known form are rebuilt.
#[cfg(test)]
const LEFT_OUT: &[&str] = &[
    "feed",
    "feed_reader",
    "feed_sequence",
    "session",
    "reading_session",
    "attempt",
    "attempt_budget",
    "upload_day",
    "schema_migration",
    "projection_version",
];

impl Table {
    /// The feed's epoch is the one row of a kept table that stays behind.
    pub fn select(&self, columns: &[(String, Kind)]) -> AssertSqlSafe<String> {
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        let filter = if self.name == "meta" {
            " WHERE name <> 'feed_epoch'"
        } else {
            ""
        };
        let (names, name, order) = (names.join(", "), self.name, self.order);
        AssertSqlSafe(format!(
            "SELECT {names} FROM {name}{filter} ORDER BY {order}"
        ))
    }

    /// The table's columns as this database has them.
    pub async fn columns(&self, link: &mut Link) -> Result<Vec<(String, Kind)>, StoreError> {
        let sql = match link.dialect() {
            Dialect::Sqlite => "SELECT name, type FROM pragma_table_info($1) ORDER BY cid",
            Dialect::Postgres => {
                "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT)
                 FROM information_schema.columns
                 WHERE table_schema = current_schema() AND table_name = $1
                 ORDER BY ordinal_position"
            }
        };
        let rows = link.fetch(sql, args![self.name]).await?;
        rows.iter()
            .map(|row| Ok((row.text(0)?.to_owned(), Kind::of_column(row.text(1)?)?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::testing::TestStore;

    #[tokio::test]
    async fn every_table_is_either_kept_or_left_out() {
        let it = TestStore::sqlite().await;
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
        let rows = it
            .store
            .read()
            .await
            .unwrap()
            .fetch(sql, args![])
            .await
            .unwrap();
        let schema: BTreeSet<&str> = rows.iter().map(|row| row.text(0).unwrap()).collect();
        let kept = TABLES.iter().map(|table| table.name);
        let listed: BTreeSet<&str> = kept.chain(LEFT_OUT.iter().copied()).collect();
        assert_eq!(schema, listed);
    }
}
