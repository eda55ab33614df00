//! Comparing what screens read with what the events say.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{Finding, Report};
use crate::projection::{KINDS, Table, rows, tables_of};
use crate::{Aggregate, County, Reader, Row, StoreError, Value, args};

const AGGREGATES: &str = "SELECT aggregate_id FROM aggregate_head
  WHERE county = $1 AND aggregate_kind = $2 ORDER BY aggregate_id";

/// Adds to the report. A broken history has its finding already: what it folds to says nothing.
pub(super) async fn compare(
    reader: &mut Reader,
    county: County,
    report: &mut Report,
) -> Result<(), StoreError> {
    let broken = report.findings.iter().filter_map(Finding::history);
    let broken: BTreeSet<(String, Uuid)> = broken.map(|(kind, id)| (kind.to_owned(), id)).collect();
    for kind in KINDS {
        for row in reader.fetch(AGGREGATES, args![county, kind]).await? {
            let id = row.id(0)?;
            if !broken.contains(&(kind.to_owned(), id)) {
                let aggregate = Aggregate::new(county, kind, id);
                one(reader, &aggregate, report).await?;
                reader.keys.clear();
            }
        }
        for table in tables_of(kind) {
            for row in reader.fetch(table.strays, args![county]).await? {
                let stray = Aggregate::new(county, kind, row.id(0)?);
                report.findings.push(differs(table, &stray));
            }
        }
    }
    Ok(())
}

async fn one(
    reader: &mut Reader,
    aggregate: &Aggregate<'_>,
    report: &mut Report,
) -> Result<(), StoreError> {
    let expected = match rows(reader, aggregate).await {
        Ok(expected) => expected,
        Err(StoreError::Corrupt { .. }) => {
            report.findings.push(Finding::Unreadable {
                county: aggregate.county,
                kind: aggregate.kind.to_owned(),
                id: aggregate.id,
            });
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    for (table, expected) in tables_of(aggregate.kind).iter().zip(expected) {
        let args = args![aggregate.county, aggregate.id];
        let stored = reader.fetch(table.select, args).await?;
        report.rows += expected.len() as u64;
        if !same(&expected, &stored) {
            report.findings.push(differs(table, aggregate));
        }
    }
    Ok(())
}

fn differs(table: &Table, aggregate: &Aggregate<'_>) -> Finding {
    Finding::RowsDiffer {
        county: aggregate.county,
        table: table.name.to_owned(),
        kind: aggregate.kind.to_owned(),
        id: aggregate.id,
    }
}

/// In any order: a primary key keeps two rows from being the same.
fn same(expected: &[Vec<Value>], stored: &[Row]) -> bool {
    let is_stored = |row: &Vec<Value>| stored.iter().any(|stored| same_row(row, stored));
    expected.len() == stored.len() && expected.iter().all(is_stored)
}

/// A null has the type the database gives it, so nulls are alike.
fn same_row(expected: &[Value], Row(stored): &Row) -> bool {
    let alike = |(a, b): (&Value, &Value)| a == b || (a.is_null() && b.is_null());
    expected.len() == stored.len() && expected.iter().zip(stored).all(alike)
}
