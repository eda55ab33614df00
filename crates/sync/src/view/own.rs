//! What changed of one's own registrations and matters, for the device they were sent from.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Mine, MyCase};

/// What a device asks: what changed of all that these keys open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskOwn {
    /// The cursor of the last answer. Without one, or with one of other keys, everything is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// 50 at most.
    pub keys: Vec<OwnKey>,
}

impl AskOwn {
    /// Keys in one question at most.
    pub const MOST_KEYS: usize = 50;
}

/// As it is typed to follow one's own matter.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnKey {
    /// The code.
    pub code: String,
    /// The four digits.
    pub pin: String,
}

impl fmt::Debug for OwnKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OwnKey(…)")
    }
}

/// What changed of one's own since a cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnChanges {
    /// Where to go on with the same keys. A word of the server's own; nothing is to be read from it.
    pub cursor: String,
    /// What changed, as it is now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<OwnChanged>,
    /// The places, in what was asked, of the keys that open nothing: replaced, ended, or never right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<usize>,
    /// The places of those that could not be tried, because the short way is closed for a while.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<usize>,
}

/// One registration or matter that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnChanged {
    /// The registration's or the matter's.
    pub id: Uuid,
    /// As its code opens it. No reading session was opened, so it ends when this was true.
    pub mine: Mine,
    /// Those of its matters that changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<MyCase>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_not_printed() {
        let key = OwnKey {
            code: "1234567890".to_owned(),
            pin: "8000".to_owned(),
        };
        let asked = AskOwn {
            since: None,
            keys: vec![key],
        };
        let printed = format!("{asked:?}");
        assert!(!printed.contains("1234567890") && !printed.contains("8000"));
    }

    #[test]
    fn what_is_not_known_is_not_read() {
        let read = serde_json::from_str::<AskOwn>;
        assert!(read(r#"{"keys":[{"code":"1","pin":"2"}]}"#).is_ok());
        assert!(read(r#"{"keys":[],"case":"3"}"#).is_err());
        assert!(read(r#"{"keys":[{"code":"1","pin":"2","id":"3"}]}"#).is_err());
        assert!(read(r#"{"since":"x"}"#).is_err());
    }
}
