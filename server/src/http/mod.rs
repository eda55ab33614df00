//! The HTTP edge. Each file holds one kind of answer or one rule that all answers keep.

mod api;
mod assets;
mod cookies;
mod encoding;
mod forms;
mod headers;
mod health;
pub mod listen;
mod log;
mod pages;
mod panicked;
mod policy;
mod reads;
mod render;
mod same_site;

use std::{sync::Arc, time::Duration};

use app::Build;
use axum::{Router, extract::DefaultBodyLimit, middleware, routing::get};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

pub use pages::screens;

use crate::{
    data::Data,
    packaged::{Packaged, Shelf},
};

/// A form with its longest text fits many times; attachments have a way of their own.
const BODY_LIMIT_BYTES: usize = 256 * 1024;
/// Silence in the middle of a body.
const BODY_PAUSE: Duration = Duration::from_secs(15);
/// From the last header to the first byte of the answer.
const ANSWER_TIME: Duration = Duration::from_secs(30);

/// What every handler can reach.
#[derive(Clone)]
pub struct AppState {
    /// The store and the county of this installation: the first segment of every page's address.
    pub data: Data,
    pub build: Build,
    packaged: Packaged,
    shelf: Arc<Shelf>,
}

impl AppState {
    pub fn new(data: Data, packaged: Packaged, shelf: Shelf) -> Self {
        Self {
            data,
            build: Build::new(packaged.build),
            packaged,
            shelf: Arc::new(shelf),
        }
    }
}

/// The whole server as one service.
pub fn router(state: AppState) -> Router {
    let compressed = Router::new()
        .merge(pages::routes())
        .merge(api::routes())
        .layer(CompressionLayer::new().br(true).gzip(true).quality(
            // Pages are compressed while somebody waits.
            tower_http::CompressionLevel::Precise(5),
        ));
    Router::new()
        .merge(assets::routes(&state))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(compressed)
        .merge(forms::routes())
        .layer(middleware::from_fn(same_site::check))
        .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(TimeoutLayer::with_status_code(
            axum::http::StatusCode::SERVICE_UNAVAILABLE,
            ANSWER_TIME,
        ))
        .layer(CatchPanicLayer::custom(panicked::answer))
        // Outermost: they see every answer, those of the layers above included.
        .layer(middleware::map_response(headers::secure))
        .layer(middleware::from_fn(log::request))
        .with_state(state)
}
