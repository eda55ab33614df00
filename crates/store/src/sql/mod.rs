//! A thin, dialect-neutral layer: three kinds of values, rows read by place, one statement text.
//!
//! sqlx's own `Any` driver has neither prepared typed nulls nor blobs-as-ids on both sides, and
//! generics over the database would double every query. So statements are shared constants with
//! `$1` parameters, and the few that differ (row locks) carry both texts ([`PerDialect`]).

mod batch;
mod connection;
mod link;
mod many;
mod sqlite_write;
mod value;

pub(crate) use connection::Connection;
pub(crate) use link::Link;
pub(crate) use many::Insert;
pub(crate) use sqlite_write::SqliteWrite;
pub use value::{Row, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// A statement whose text differs, nearly always by a row lock that SQLite does not need.
#[derive(Clone, Copy)]
pub(crate) struct PerDialect {
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

impl PerDialect {
    pub fn text(self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        }
    }
}

/// `for_update!("SELECT …")`: locks the row on PostgreSQL. SQLite has one writer and no such words.
macro_rules! for_update {
    ($sql:literal) => {
        $crate::sql::PerDialect {
            sqlite: $sql,
            postgres: concat!($sql, " FOR UPDATE"),
        }
    };
}
pub(crate) use for_update;

/// `args![a, b]`: the parameters `$1`, `$2` of a statement.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}
