//! Packaged files: for ever under their build, and the few that have a fixed place.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use sha2::{Digest as _, Sha256};

use super::{AppState, encoding, etag};
use crate::packaged::File;

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// Icons and the manifest keep their address, so a browser asks again after an hour.
const HOURLY: &str = "public, max-age=3600";

/// Never kept without asking: a browser that holds on to an old service worker holds on to an old app.
const ALWAYS_ASK: &str = "no-cache";
/// A worker is held to the policy it came with: it asks this site, and runs nothing else.
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
/// The service worker.
const WORKER: &str = "sw.js";

/// Every file of the root has a route: `/favicon.svg` would otherwise be taken for a county.
pub fn routes(state: &AppState) -> Router<AppState> {
    let pkg = Router::new().route("/pkg/{build}/{file}", get(pkg_file));
    state.packaged.root.iter().fold(pkg, |routes, file| {
        let etag = (file.name == WORKER).then(|| content_tag(file));
        let answer = move |headers: HeaderMap| async move {
            match &etag {
                Some(etag) => worker(file, etag, &headers),
                None => embedded(file, &headers, HOURLY),
            }
            .unwrap_or(StatusCode::NOT_FOUND.into_response())
        };
        routes.route(&format!("/{}", file.name), get(answer))
    })
}

/// The service worker, which browsers ask for with every page: unchanged, it costs its headers.
fn worker(file: &File, etag: &HeaderValue, headers: &HeaderMap) -> Option<Response> {
    let mut answer = match etag::is_there(headers, etag) {
        true => (
            StatusCode::NOT_MODIFIED,
            [(header::CACHE_CONTROL, ALWAYS_ASK)],
        )
            .into_response(),
        false => embedded(file, headers, ALWAYS_ASK)?,
    };
    let headers = answer.headers_mut();
    headers.insert(header::ETAG, etag.clone());
    let policy = HeaderValue::from_static(WORKER_POLICY);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    Some(answer)
}

/// Of what is in it: one build may be packaged with another worker.
fn content_tag(file: &File) -> HeaderValue {
    let digest = Sha256::digest(file.plain.or(file.brotli).unwrap_or_default());
    etag::named(&digest[..16], "")
}

/// `/pkg/{build}/{file}`: this build from memory in the form that travels with the binary; its other
/// forms and the build before from the shelf.
async fn pkg_file(
    State(state): State<AppState>,
    Path((build, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if build == state.packaged.build {
        let Some(file) = find(state.packaged.pkg, &name) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        if let Some(answer) = embedded(file, &headers, IMMUTABLE) {
            return answer;
        }
    }
    for coding in encoding::accepted(&headers) {
        let packed = format!("{name}.{}", coding.suffix());
        if let Some(bytes) = shelved(&state, &build, &packed).await {
            let answer = answer(&name, IMMUTABLE, bytes);
            return ([(header::CONTENT_ENCODING, coding.token())], answer).into_response();
        }
    }
    match shelved(&state, &build, &name).await {
        Some(bytes) => answer(&name, IMMUTABLE, bytes),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn find<'a>(files: &'a [File], name: &str) -> Option<&'a File> {
    files
        .binary_search_by_key(&name, |file| file.name)
        .ok()
        .map(|at| &files[at])
}

async fn shelved(state: &AppState, build: &str, file: &str) -> Option<Vec<u8>> {
    tokio::fs::read(state.shelf.path(build, file)?).await.ok()
}

/// The best form the client takes, where it is in memory.
fn embedded(file: &File, headers: &HeaderMap, cache: &'static str) -> Option<Response> {
    let packed = encoding::accepted(headers).find_map(|coding| Some((coding, coding.of(file)?)));
    if let Some((coding, bytes)) = packed {
        let answer = answer(file.name, cache, bytes);
        return Some(([(header::CONTENT_ENCODING, coding.token())], answer).into_response());
    }
    Some(answer(file.name, cache, file.plain?))
}

fn answer(name: &str, cache: &'static str, bytes: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type(name)),
        (header::CACHE_CONTROL, cache),
        (header::VARY, "accept-encoding"),
    ];
    (
        headers.map(|(name, value)| (name, HeaderValue::from_static(value))),
        bytes,
    )
        .into_response()
}

/// The kinds of file a site is packaged from; anything else would be a mistake of the build.
fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        // Without this type the browser does not compile while it downloads.
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(plain: Option<&'static [u8]>, brotli: Option<&'static [u8]>) -> File {
        File {
            name: WORKER,
            plain,
            brotli,
            gzip: None,
        }
    }

    #[test]
    fn a_worker_that_changed_is_sent_again_by_the_same_build() {
        let tags = [
            content_tag(&packed(Some(b"one"), None)),
            content_tag(&packed(Some(b"other"), None)),
            content_tag(&packed(None, Some(b"packed"))),
            content_tag(&packed(None, Some(b"packed otherwise"))),
        ];
        for (at, tag) in tags.iter().enumerate() {
            assert_eq!(tags.iter().position(|it| it == tag), Some(at));
        }
        let (file, tag) = (packed(Some(b"one"), None), &tags[0]);
        let asks = |known: &HeaderValue| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, known.clone());
            worker(&file, tag, &headers).unwrap()
        };
        assert_eq!(asks(tag).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(asks(&tags[1]).status(), StatusCode::OK);
        assert_eq!(asks(&tags[1]).headers()[header::ETAG], tag);
    }
}
