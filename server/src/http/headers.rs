//! What every answer says to the browser.

use app::Build;
use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

const ALWAYS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(self), geolocation=(self), payment=(), usb=()",
    ),
];

/// For answers that are no pages: nothing in them may run.
const INERT_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// Which build made a page. The service worker takes a page without it for a stranger's: a captive
/// portal answers 200 as well.
const BUILD: HeaderName = HeaderName::from_static("huiyin-build");

pub fn secure(response: &mut Response, build: &Build) {
    let headers = response.headers_mut();
    let kind = headers.get(header::CONTENT_TYPE);
    let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page && let Ok(build) = HeaderValue::from_str(build.id()) {
        headers.insert(BUILD, build);
    }
    for (name, value) in ALWAYS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(INERT_POLICY));
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}
