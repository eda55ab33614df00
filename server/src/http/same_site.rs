//! Nothing changes because another site asked for it: no form tokens that expire, but where a
//! request comes from.

use app::Problem;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{AppState, pages};
use crate::config::PublicUrl;

/// Refuses what changes something and comes from elsewhere.
pub async fn check(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if reads
        || comes_from_here(
            request.headers(),
            request.uri().authority().map(|host| host.as_str()),
            state.edge.public_url.as_ref(),
        )
    {
        return next.run(request).await;
    }
    let to_a_person = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accepted| accepted.to_str().ok())
        .is_some_and(|accepted| accepted.contains("text/html"));
    if to_a_person {
        return pages::problem(&state, request, Problem::FromElsewhere).await;
    }
    (
        StatusCode::FORBIDDEN,
        "这个请求来自别的网站，没有执行。 This request came from another site; nothing was done.\n",
    )
        .into_response()
}

/// `Sec-Fetch-Site` where the browser sends it, else the origin: it must be the site's public
/// address, or, where none is configured, the host that was asked. A program sends neither.
fn comes_from_here(
    headers: &HeaderMap,
    authority: Option<&str>,
    public_url: Option<&PublicUrl>,
) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok())
    {
        return matches!(site, "same-origin" | "none");
    }
    if let (Some(origin), Some(public_url)) = (text(header::ORIGIN), public_url) {
        return origin == public_url.as_str();
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
        comes_from_here(headers, None, None)
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

    #[test]
    fn behind_a_proxy_the_public_address_counts_and_not_the_host() {
        let public = PublicUrl::try_from("https://a.cn".to_owned()).unwrap();
        let here = |origin| {
            let headers = sent(&[("origin", origin), ("host", "127.0.0.1:3000")]);
            comes_from_here(&headers, None, Some(&public))
        };
        assert!(here("https://a.cn"));
        assert!(!here("http://a.cn"));
        assert!(
            !here("http://127.0.0.1:3000"),
            "a name that was pointed here"
        );
    }
}
