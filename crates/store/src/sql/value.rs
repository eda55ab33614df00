//! Values that go in and rows that come out.

use uuid::Uuid;

use crate::{County, StoreError, Timestamp};

/// A parameter or a column. Each kind carries its own null: PostgreSQL wants typed ones.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    Integer(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

impl Value {
    pub(crate) fn is_null(&self) -> bool {
        matches!(
            self,
            Self::Integer(None) | Self::Text(None) | Self::Bytes(None)
        )
    }
}

macro_rules! value_from {
    ($($type:ty => |$value:ident| $kind:ident $inner:expr;)*) => { $(
        impl From<$type> for Value {
            fn from($value: $type) -> Self { Self::$kind(Some($inner)) }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self { Self::$kind(value.map(|$value| $inner)) }
        }
    )* };
}

value_from! {
    i64 => |value| Integer value;
    u32 => |value| Integer i64::from(value);
    bool => |value| Integer i64::from(value);
    Timestamp => |value| Integer value.micros();
    String => |value| Text value;
    &str => |value| Text value.to_owned();
    &String => |value| Text value.clone();
    County => |value| Text value.as_str().to_owned();
    Vec<u8> => |value| Bytes value;
    &[u8] => |value| Bytes value.to_vec();
    &[u8; 32] => |value| Bytes value.to_vec();
    [u8; 32] => |value| Bytes value.to_vec();
    [u8; 16] => |value| Bytes value.to_vec();
    Uuid => |value| Bytes value.as_bytes().to_vec();
}

/// Versions, serials and positions: never near 2⁶³.
impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Self::Integer(Some(i64::try_from(value).unwrap_or(i64::MAX)))
    }
}

/// One row, read by the place of the column in the `SELECT`.
#[derive(Debug, Clone)]
pub struct Row(pub(crate) Vec<Value>);

impl Row {
    pub fn integer(&self, place: usize) -> Result<i64, StoreError> {
        self.maybe_integer(place)?
            .ok_or_else(|| unexpected(place, "an integer"))
    }

    pub fn maybe_integer(&self, place: usize) -> Result<Option<i64>, StoreError> {
        match self.0.get(place) {
            Some(Value::Integer(value)) => Ok(*value),
            Some(Value::Text(None) | Value::Bytes(None)) => Ok(None),
            _ => Err(unexpected(place, "an integer")),
        }
    }

    pub fn unsigned(&self, place: usize) -> Result<u64, StoreError> {
        u64::try_from(self.integer(place)?).map_err(|_| unexpected(place, "a count"))
    }

    pub fn timestamp(&self, place: usize) -> Result<Timestamp, StoreError> {
        self.integer(place).map(Timestamp::from_micros)
    }

    pub fn maybe_timestamp(&self, place: usize) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.maybe_integer(place)?.map(Timestamp::from_micros))
    }

    pub fn text(&self, place: usize) -> Result<&str, StoreError> {
        self.maybe_text(place)?
            .ok_or_else(|| unexpected(place, "text"))
    }

    pub fn maybe_text(&self, place: usize) -> Result<Option<&str>, StoreError> {
        match self.0.get(place) {
            Some(Value::Text(value)) => Ok(value.as_deref()),
            Some(Value::Integer(None) | Value::Bytes(None)) => Ok(None),
            _ => Err(unexpected(place, "text")),
        }
    }

    pub fn bytes(&self, place: usize) -> Result<&[u8], StoreError> {
        self.maybe_bytes(place)?
            .ok_or_else(|| unexpected(place, "bytes"))
    }

    pub fn maybe_bytes(&self, place: usize) -> Result<Option<&[u8]>, StoreError> {
        match self.0.get(place) {
            Some(Value::Bytes(value)) => Ok(value.as_deref()),
            Some(Value::Integer(None) | Value::Text(None)) => Ok(None),
            _ => Err(unexpected(place, "bytes")),
        }
    }

    pub fn id(&self, place: usize) -> Result<Uuid, StoreError> {
        Uuid::from_slice(self.bytes(place)?).map_err(|_| unexpected(place, "an id"))
    }

    pub fn maybe_id(&self, place: usize) -> Result<Option<Uuid>, StoreError> {
        let Some(bytes) = self.maybe_bytes(place)? else {
            return Ok(None);
        };
        Uuid::from_slice(bytes)
            .map(Some)
            .map_err(|_| unexpected(place, "an id"))
    }

    pub fn county(&self, place: usize) -> Result<County, StoreError> {
        County::parse(self.text(place)?).ok_or_else(|| unexpected(place, "a county"))
    }
}

fn unexpected(place: usize, wanted: &str) -> StoreError {
    StoreError::corrupt(format!("column {place} is not {wanted}"))
}
