//! The HTTP edge. Each file holds one kind of answer or one rule that all answers keep.

mod api;
mod assets;
mod attachments;
pub mod client;
mod cookies;
mod edge;
mod encoding;
mod etag;
mod forms;
mod headers;
mod health;
pub mod listen;
mod live;
mod log;
pub mod metrics;
mod notices;
mod opening;
mod origin;
mod page_cache;
mod pages;
mod panicked;
mod policy;
mod reads;
mod render;
mod resume;
mod same_site;
mod stall;
pub mod tablets;
mod uploads;

use std::{ops::Deref, sync::Arc, time::Duration};

use app::Build;
use axum::{Router, extract::DefaultBodyLimit, middleware, routing::get};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate, predicate::SizeAbove},
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

pub use edge::Edge;
pub use pages::screens;

use metrics::Metrics;

use crate::{
    attachments::Attachments,
    data::Data,
    packaged::{Packaged, Shelf},
};

/// A form with its longest text fits many times; attachments have a way of their own.
const BODY_LIMIT_BYTES: usize = 256 * 1024;
/// Below it, what a compressed answer says of itself is more than it saves.
const COMPRESSED_FROM_BYTES: u16 = 256;
/// Silence in the middle of a body.
const BODY_PAUSE: Duration = Duration::from_secs(15);
/// From the last header to the first byte of the answer.
const ANSWER_TIME: Duration = Duration::from_secs(30);

/// What every handler can reach. Every layer of every request holds one, so it is one pointer.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// What an [`AppState`] points to.
#[derive(Clone)]
pub struct Shared {
    /// The store and the county of this installation: the first segment of every page's address.
    pub data: Data,
    pub build: Build,
    /// Where the server stands between its people and its proxies.
    pub edge: Edge,
    pub metrics: Arc<Metrics>,
    pub attachments: Attachments,
    packaged: Packaged,
    shelf: Arc<Shelf>,
    page_cache: Arc<page_cache::PageCache>,
    changes: Arc<api::SharedChanges>,
    pub live: Arc<live::Live>,
}

impl Deref for AppState {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl AppState {
    pub fn new(data: Data, attachments: Attachments, packaged: Packaged, shelf: Shelf) -> Self {
        Self(Arc::new(Shared {
            data,
            build: Build::new(packaged.build),
            edge: Edge::default(),
            metrics: Arc::default(),
            attachments,
            packaged,
            shelf: Arc::new(shelf),
            page_cache: Arc::default(),
            changes: Arc::default(),
            live: Arc::new(live::Live::of(listen::CONNECTIONS)),
        }))
    }

    /// The same server at another place.
    #[must_use]
    pub fn at(self, edge: Edge) -> Self {
        let shared = Shared::clone(&self.0);
        Self(Arc::new(Shared { edge, ..shared }))
    }

    /// The same server with another number of connections.
    #[must_use]
    pub fn of(self, connections: usize) -> Self {
        let shared = Shared::clone(&self.0);
        let live = Arc::new(live::Live::of(connections));
        Self(Arc::new(Shared { live, ..shared }))
    }
}

/// The whole server as one service.
pub fn router(state: AppState) -> Router {
    let compressed = Router::new()
        .merge(pages::routes())
        .merge(api::routes())
        .layer(
            CompressionLayer::new()
                .br(true)
                .gzip(true)
                // Pages are compressed while somebody waits.
                .quality(tower_http::CompressionLevel::Precise(5))
                .compress_when(SizeAbove::new(COMPRESSED_FROM_BYTES).and(DefaultPredicate::new())),
        );
    Router::new()
        .merge(assets::routes(&state))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::shown))
        .merge(compressed)
        .merge(notices::routes())
        .merge(attachments::routes())
        .merge(forms::routes())
        .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES))
        .layer(TimeoutLayer::with_status_code(
            axum::http::StatusCode::SERVICE_UNAVAILABLE,
            ANSWER_TIME,
        ))
        // An upload's answer follows its body, which takes what the signal takes.
        .merge(uploads::routes())
        .layer(middleware::from_fn_with_state(
            state.clone(),
            same_site::check,
        ))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(CatchPanicLayer::custom(panicked::answer))
        // Outermost: it sees every answer, those of the layers above included.
        .layer(middleware::from_fn_with_state(state.clone(), log::request))
        .with_state(state)
}
