//! The outermost layer. One line in the log for each request, without anything a person typed.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

use super::{
    AppState,
    client::{self, Client},
    headers,
    metrics::RouteClass,
    page_cache,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id is in the log and in the answer, so that a person can read it to the help desk.
pub async fn request(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let id = next_id();
    let method = request.method().clone();
    // The pattern, never the path: addresses can hold codes.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let client = Client::of(&request, &state.edge.trusted);
    let network = client.map(|client| client.network());
    if let Some(client) = client {
        request.extensions_mut().insert(client);
    }
    let class = RouteClass::of(&method, &route);
    let started = Instant::now();
    let span = tracing::info_span!("request", id, %method, route, network);
    let at_once =
        client::by_proxy_only(&state, &request).or_else(|| page_cache::at_hand(&state, &request));
    let mut response = match at_once {
        Some(response) => response,
        None => next.run(request).instrument(span.clone()).await,
    };
    headers::secure(&mut response, &state.build, class);
    let took = started.elapsed();
    state.metrics.answered(class, response.status(), took);
    let (status, duration_us) = (response.status().as_u16(), took.as_micros());
    span.in_scope(|| tracing::info!(status, duration_us, "answered"));
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// No secret: the start of this process, by chance, and a count.
fn next_id() -> String {
    static PROCESS: LazyLock<u32> = LazyLock::new(|| uuid::Uuid::new_v4().as_fields().0);
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{:08x}{count:08x}", *PROCESS)
}
