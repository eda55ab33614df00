use indexed_db_futures::error::{Error, OpenDbError};
use js_sys::{JsString, Reflect};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};

/// Why the phone's storage did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Trouble {
    /// The browser has no storage, or does not give it (private mode, a setting).
    #[error("there is no storage")]
    NoStorage,
    /// No room is left.
    #[error("the storage is full")]
    Full,
    /// A newer build of the app has changed it: this page is too old.
    #[error("the storage is of a newer build")]
    Newer,
    /// It is in a space that is not open.
    #[error("it is locked")]
    Locked,
    /// A record is not as it was stored.
    #[error("a record cannot be opened")]
    Damaged,
    /// Anything else, in the browser's words.
    #[error("{0}")]
    Failed(String),
}

impl Trouble {
    /// Whether it would have gone with more room.
    pub fn is_full(&self) -> bool {
        *self == Self::Full
    }

    /// From what the browser threw.
    pub(crate) fn of_js(value: &JsValue) -> Self {
        let text = |name: &str| {
            let text = Reflect::get(value, &JsValue::from_str(name)).ok()?;
            text.dyn_into::<JsString>().ok().map(String::from)
        };
        let name = text("name").unwrap_or_default();
        match name.as_str() {
            "QuotaExceededError" => Self::Full,
            "VersionError" => Self::Newer,
            "SecurityError" | "NotSupportedError" => Self::NoStorage,
            // Decryption says nothing more.
            "OperationError" => Self::Damaged,
            _ => Self::Failed(format!("{name}: {}", text("message").unwrap_or_default())),
        }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::DomException(exception) => Self::of_js(exception.as_ref()),
            other => Self::Failed(other.to_string()),
        }
    }
}

impl From<OpenDbError> for Trouble {
    fn from(error: OpenDbError) -> Self {
        match error {
            OpenDbError::Base(error) => error.into(),
            OpenDbError::VersionZero => Self::Failed("version 0".to_owned()),
            OpenDbError::UnsupportedEnvironment => Self::NoStorage,
            OpenDbError::NullFactory => Self::NoStorage,
        }
    }
}
