//! The tables of folded rows: how each is read and emptied, an aggregate at a time or as a whole.

use super::{case, ledger, look_up, matter, registration, visit};
use crate::aggregate_log::kind;

/// Made by [`table!`]. Statements about one aggregate take the county and the id.
pub(crate) struct Table {
    pub name: &'static str,
    /// The aggregate's rows, without county and id.
    pub select: &'static str,
    pub forget: &'static str,
    /// A county's aggregates that have rows and no events.
    pub strays: &'static str,
    pub empty: &'static str,
}

/// `table!(name, kind, id column, columns)`; a table of several kinds says which rows it means.
macro_rules! table {
    ($name:literal, $kind:literal, $id:literal, $columns:literal) => {
        $crate::projection::table::table!($name, $kind, $id, $columns, "")
    };
    ($name:literal, $kind:literal, $id:literal, $columns:literal, $only:literal) => {
        $crate::projection::table::Table {
            name: $name,
            select: concat!(
                "SELECT ",
                $columns,
                " FROM ",
                $name,
                " WHERE county = $1 AND ",
                $id,
                " = $2",
                $only
            ),
            forget: concat!(
                "DELETE FROM ",
                $name,
                " WHERE county = $1 AND ",
                $id,
                " = $2",
                $only
            ),
            strays: concat!(
                "SELECT DISTINCT ",
                $id,
                " FROM ",
                $name,
                " WHERE county = $1",
                $only,
                " AND NOT EXISTS (SELECT 1 FROM aggregate_head h WHERE h.county = $1
                  AND h.aggregate_kind = '",
                $kind,
                "' AND h.aggregate_id = ",
                $name,
                ".",
                $id,
                ") ORDER BY ",
                $id
            ),
            empty: concat!("DELETE FROM ", $name, " WHERE county <> ''", $only),
        }
    };
}
pub(super) use table;

/// The kinds of aggregate that have rows, in the order in which they are rebuilt.
pub(crate) const KINDS: [&str; 5] = [
    kind::VISIT,
    kind::LEDGER,
    kind::REGISTRATION,
    kind::CASE,
    kind::MATTER,
];

/// Where the rows of a kind of aggregate are.
pub(crate) fn tables_of(kind: &str) -> &'static [Table] {
    match kind {
        kind::VISIT => &[visit::ROW],
        kind::LEDGER => &[ledger::ROW],
        kind::REGISTRATION => &[
            registration::ROW,
            registration::CLOSED,
            look_up::OF_REGISTRATION,
        ],
        kind::CASE => &[case::ROW, case::READERS, look_up::OF_CASE],
        kind::MATTER => &[matter::ROW],
        _ => &[],
    }
}
