//! When a handler panics: the person gets a page, the log gets the cause.

use std::any::Any;

use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};

/// Plain text in HTML: whatever broke may be what renders pages.
const PAGE: &str = "<!DOCTYPE html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
<title>出了问题 · 回音</title><h1>出了问题，这一页没有办成</h1>\
<p>如果您刚才在提交，请先查询是否已收到，再重新提交。问题出在我们这里，已经记录下来。</p>\
<p lang=\"en\">Something went wrong on our side. If you were sending something, look first \
whether it was received, then send it again.</p><p><a href=\"/\">回到首页 Home</a></p></html>";

#[expect(clippy::needless_pass_by_value, reason = "the layer's signature")]
pub fn answer(cause: Box<dyn Any + Send>) -> Response {
    // A text of the program is known; one put together may hold what a person typed.
    let cause = cause.downcast_ref::<&str>().copied().unwrap_or("unknown");
    tracing::error!(cause, "a handler panicked");
    let headers = [(header::CACHE_CONTROL, "no-store")];
    (StatusCode::INTERNAL_SERVER_ERROR, headers, Html(PAGE)).into_response()
}
