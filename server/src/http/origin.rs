//! The address the public reaches this server at: what is printed and put into calendars begins
//! with it.

use axum::http::{HeaderMap, header};

use super::AppState;
use crate::config::PublicUrl;

/// The configured address, else the host that was asked. Off loopback browsers allow only https.
pub fn of(state: &AppState, headers: &HeaderMap) -> String {
    if let Some(public) = &state.edge.public_url {
        return PublicUrl::as_str(public).to_owned();
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .filter(|host| is_host(host))
        .unwrap_or("localhost");
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let loopback = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    let scheme = if loopback { "http" } else { "https" };
    format!("{scheme}://{host}")
}

/// A host with or without a port, and nothing that could end it early.
fn is_host(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    !text.is_empty() && text.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::is_host;

    #[test]
    fn a_host_says_no_more_than_a_host() {
        assert!(is_host("petition.example.cn:8443") && is_host("[::1]:3000"));
        for wrong in ["", "a/b", "a\"b", "a?b", "a#b", "a@b"] {
            assert!(!is_host(wrong), "{wrong}");
        }
    }
}
