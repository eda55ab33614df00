//! Nothing changes because another site asked for it: no form tokens that expire, but where a
//! request comes from.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Refuses what changes something and comes from elsewhere.
pub async fn check(request: Request, next: Next) -> Response {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if reads
        || comes_from_here(
            request.headers(),
            request.uri().authority().map(|host| host.as_str()),
        )
    {
        return next.run(request).await;
    }
    (
        StatusCode::FORBIDDEN,
        "这个请求来自别的网站，没有执行。 This request came from another site; nothing was done.\n",
    )
        .into_response()
}

/// `Sec-Fetch-Site` where the browser sends it, else the origin's host. A program sends neither.
fn comes_from_here(headers: &HeaderMap, authority: Option<&str>) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok())
    {
        return matches!(site, "same-origin" | "none");
    }
    // HTTP/2 says the host in the address.
    match (text(header::ORIGIN), text(header::HOST).or(authority)) {
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, from)| from == host),
        (Some(_), None) => false,
        (None, _) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(headers: &HeaderMap) -> bool {
        comes_from_here(headers, None)
    }

    fn sent(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    header::HeaderName::from_static(name),
                    value.parse().unwrap(),
                )
            })
            .collect()
    }

    #[test]
    fn another_site_is_told_from_ours() {
        assert!(here(&sent(&[("sec-fetch-site", "same-origin")])));
        assert!(!here(&sent(&[
            ("sec-fetch-site", "cross-site"),
            ("host", "a.cn"),
            ("origin", "https://a.cn")
        ])));
        assert!(!here(&sent(&[("sec-fetch-site", "same-site")])));
        assert!(here(&sent(&[("origin", "https://a.cn"), ("host", "a.cn")])));
        assert!(!here(&sent(&[
            ("origin", "https://b.cn"),
            ("host", "a.cn")
        ])));
        assert!(!here(&sent(&[("origin", "null"), ("host", "a.cn")])));
    }
}
