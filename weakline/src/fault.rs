//! What can go wrong, as tests ask for it.

use std::num::NonZeroU64;

use hyper::{StatusCode, header::HeaderValue};
use serde::Deserialize;

use crate::network::Outage;

// Variants without fields have braces, so that a field that does not belong there is refused.
#[derive(Debug, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    Up {},
    Down {},
    Blackhole {},
    Flap {
        up_ms: NonZeroU64,
        down_ms: NonZeroU64,
        #[serde(default, rename = "as")]
        outage: Outage,
    },
    Cut {
        side: Side,
        after: u64,
        #[serde(default)]
        how: How,
        #[serde(default)]
        on: Which,
    },
    DropAnswer {
        #[serde(default)]
        how: How,
        #[serde(default)]
        on: Which,
    },
    Portal {
        to: Option<Header>,
        #[serde(default)]
        on: Which,
    },
    Status {
        status: ErrorStatus,
        retry_after: Option<Header>,
        #[serde(default)]
        on: Which,
    },
}

/// A direction: towards the server or towards the browser.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Request,
    Answer,
}

/// How a connection ends for the browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Fin,
    #[default]
    Rst,
    /// Not at all: it stays, and nothing more arrives.
    Swallow,
}

/// Which requests a fault strikes.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Which {
    /// What the address contains.
    pub path: String,
    pub method: Option<String>,
    /// The first one, counted from 1 among those that fit path and method.
    pub from: NonZeroU64,
    /// How many from there; without it, all.
    pub times: Option<u64>,
}

impl Default for Which {
    fn default() -> Self {
        Self {
            path: String::new(),
            method: None,
            from: NonZeroU64::MIN,
            times: None,
        }
    }
}

/// Text that fits into a header.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Header(pub HeaderValue);

impl TryFrom<String> for Header {
    type Error = hyper::header::InvalidHeaderValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        HeaderValue::try_from(text).map(Self)
    }
}

/// 400 to 599.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u16")]
pub struct ErrorStatus(pub StatusCode);

impl TryFrom<u16> for ErrorStatus {
    type Error = &'static str;

    fn try_from(number: u16) -> Result<Self, &'static str> {
        match StatusCode::from_u16(number) {
            Ok(status) if status.is_client_error() || status.is_server_error() => Ok(Self(status)),
            _ => Err("a status from 400 to 599"),
        }
    }
}
