//! The lines of an archive.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{Row, StoreError, Value};

/// The archive's format. A reader refuses a higher one.
pub(super) const FORMAT: u32 = 1;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Integer,
    Text,
    Bytes,
}

impl Kind {
    pub fn of_column(declared: &str) -> Result<Self, StoreError> {
        match declared {
            "INTEGER" | "bigint" => Ok(Self::Integer),
            "TEXT" | "text" => Ok(Self::Text),
            "BLOB" | "bytea" => Ok(Self::Bytes),
            other => Err(StoreError::corrupt(format!("a column declared {other}"))),
        }
    }
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(super) enum Mark {
    Header {
        huiyin_backup: u32,
        schema: u32,
        at: i64,
    },
    Table {
        table: String,
        columns: Vec<(String, Kind)>,
    },
    End {
        end: bool,
        rows: u64,
    },
}

pub(super) fn mark(mark: &Mark) -> Vec<u8> {
    let mut line = serde_json::to_vec(mark).expect("a mark has only texts and numbers");
    line.push(b'\n');
    line
}

pub(super) fn row(row: &Row) -> Vec<u8> {
    let cells: Vec<Json> = row.0.iter().map(cell).collect();
    let mut line = serde_json::to_vec(&cells).expect("cells are texts and numbers");
    line.push(b'\n');
    line
}

fn cell(value: &Value) -> Json {
    match value {
        Value::Integer(Some(number)) => Json::from(*number),
        Value::Text(Some(text)) => Json::from(text.as_str()),
        Value::Bytes(Some(bytes)) => Json::from(STANDARD.encode(bytes)),
        Value::Integer(None) | Value::Text(None) | Value::Bytes(None) => Json::Null,
    }
}

pub(super) fn parse_row(line: &str, columns: &[(String, Kind)]) -> Result<Vec<Value>, StoreError> {
    let wrong = || archive("a row that does not fit its table");
    let cells: Vec<Json> = serde_json::from_str(line).map_err(|_| wrong())?;
    if cells.len() != columns.len() {
        return Err(wrong());
    }
    let values = cells
        .into_iter()
        .zip(columns)
        .map(|(cell, (_, kind))| match (kind, cell) {
            (Kind::Integer, Json::Null) => Some(Value::Integer(None)),
            (Kind::Text, Json::Null) => Some(Value::Text(None)),
            (Kind::Bytes, Json::Null) => Some(Value::Bytes(None)),
            (Kind::Integer, Json::Number(number)) => number.as_i64().map(Value::from),
            (Kind::Text, Json::String(text)) => Some(Value::from(text)),
            (Kind::Bytes, Json::String(text)) => STANDARD.decode(text).ok().map(Value::from),
            _ => None,
        });
    values.collect::<Option<Vec<Value>>>().ok_or_else(wrong)
}

pub(super) fn archive(reason: impl Into<String>) -> StoreError {
    StoreError::Archive {
        reason: reason.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_reads_back_as_it_was() {
        let values = vec![
            Value::from("张三\n\"quoted\""),
            Value::from(i64::MIN),
            Value::Text(None),
            Value::from(vec![0u8, 255, 10]),
        ];
        let kinds = [Kind::Text, Kind::Integer, Kind::Text, Kind::Bytes];
        let columns: Vec<(String, Kind)> = kinds.map(|kind| (String::new(), kind)).to_vec();
        let line = row(&Row(values.clone()));
        let text = std::str::from_utf8(&line).unwrap().trim_end();
        assert!(!text.contains('\n'), "one row, one line");
        assert_eq!(parse_row(text, &columns).unwrap(), values);
        assert!(parse_row(text, &columns[1..]).is_err());
        assert!(parse_row("[1,2,3,4]", &columns).is_err());
    }
}
