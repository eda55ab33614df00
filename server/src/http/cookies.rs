//! The cookies this server sets. None is readable by scripts; each belongs to one host and to https
//! (browsers count loopback as safe).

use axum::http::{HeaderMap, HeaderValue, header};

/// What somebody without scripts has typed so far.
pub const DRAFT: &str = "__Host-draft";
/// An office form that was not carried out.
pub const KEPT: &str = "__Host-kept";
/// A slip that was just made, until it is handed over.
pub const SLIP: &str = "__Host-slip";
/// What a citizen typed into a form that changed nothing.
pub const TYPED: &str = "__Host-typed";
/// A citizen's 30 minutes of reading.
pub const READING: &str = "__Host-reading";
/// An official's sign-in.
pub const OFFICE: &str = "__Host-office";
/// A one-time link an administrator has just made, until it is handed over.
pub const ISSUED: &str = "__Host-issued";
/// 长辈版. No secret: it is in the cache key.
pub const TEXT_SIZE: &str = "text_size";

/// The value of a cookie the browser sent.
pub fn get<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let sent = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    sent.flat_map(|line| line.split(';')).find_map(|pair| {
        let (found, value) = pair.trim().split_once('=')?;
        (found == name).then_some(value)
    })
}

/// Sets a secret cookie for some seconds.
pub fn secret(name: &str, value: &str, seconds: u32) -> HeaderValue {
    line(format!(
        "{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax"
    ))
}

/// Removes a cookie.
pub fn gone(name: &str) -> HeaderValue {
    secret(name, "", 0)
}

/// Remembers a choice for a year.
pub fn choice(name: &str, value: &str) -> HeaderValue {
    line(format!(
        "{name}={value}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"
    ))
}

fn line(text: String) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
