//! What answers say to the browser.

use app::Build;
use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

use super::metrics::RouteClass;

/// Every answer's, unless it says it itself. It is all that an answer of the API needs, which a phone
/// asks for often: nothing is taken for a script, nothing in it may run, nobody frames or keeps it.
const ALWAYS: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CONTENT_SECURITY_POLICY, INERT_POLICY),
    (header::CACHE_CONTROL, "no-store"),
];

/// What a page needs besides, and whatever leads to one or belongs to it.
const OF_PAGES: [(HeaderName, &str); 4] = [
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

pub fn secure(response: &mut Response, build: &Build, class: RouteClass) {
    let headers = response.headers_mut();
    let kind = headers.get(header::CONTENT_TYPE);
    let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page && let Ok(build) = HeaderValue::from_str(build.id()) {
        headers.insert(BUILD, build);
    }
    // Below the API's addresses, too, a person may be shown a page: that something failed.
    let bare = class == RouteClass::Api && !is_page;
    let of_pages = OF_PAGES.into_iter().filter(|_| !bare);
    for (name, value) in ALWAYS.into_iter().chain(of_pages) {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
}
