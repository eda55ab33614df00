//! Pages that are the same for everybody: rendered once per change, kept compressed.
//!
//! Nothing personal can get in. A kept page is rendered from its address and text size alone, with
//! no cookie and no viewer ([`reads::for_everybody`]); its content policy names its scripts by
//! hash, so it holds no nonce (see [`super::policy`]).

mod feed;
mod kept;
mod public_page;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::{HeaderMap, Method, StatusCode},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use leptos::prelude::provide_context;
use store::StoreError;

use feed::Feed;
pub use feed::Seen;
use kept::{Kept, Standing};
pub use public_page::PublicPage;
use public_page::{Counts, Key};

use super::{AppState, pages, reads, render};
use crate::{clock, data::Data};

/// More addresses than a county has public pages in two languages and three sizes. A page takes
/// about 40 KB in its three forms.
const LIMIT: usize = 4096;

#[derive(Default)]
pub struct PageCache {
    feed: Feed,
    slots: Mutex<HashMap<Key, Arc<Slot>>>,
}

/// The place of one page. Whoever renders it holds `making`.
#[derive(Default)]
struct Slot {
    kept: Mutex<Option<Arc<Kept>>>,
    making: tokio::sync::Mutex<()>,
}

impl Slot {
    fn kept(&self) -> Option<Arc<Kept>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clone()
    }
}

impl PageCache {
    /// Goes up with every change that everybody may read; none while the feed cannot be read.
    pub async fn public_changes(&self, data: &Data) -> Option<u64> {
        let seen = self.feed.seen(data).await;
        seen.ok().map(|seen| seen.public)
    }

    /// Where the feed is, asked after this was called.
    pub async fn seen_from_now(&self, data: &Data) -> Result<Seen, StoreError> {
        self.feed.seen_from_now(data).await
    }
}

/// A page that can be answered as it is, before anything else looks at the request: in a rush nearly
/// every visitor asks for one.
pub fn at_hand(state: &AppState, request: &Request) -> Option<Response> {
    if request.method() != Method::GET {
        return None;
    }
    let route = request.extensions().get::<MatchedPath>()?;
    let size = pages::text_size(request.headers());
    let page = PublicPage::of(route.as_str(), request.uri(), size)?;
    let cache = &state.page_cache;
    let seen = cache.feed.just_seen(&state.data)?;
    let kept = cache.kept(&page.key)?;
    let good = kept.standing(seen, clock::now()) == Standing::Good;
    good.then(|| kept.answer(request.headers()))
}

/// The page as it is kept, or made now.
pub async fn answer(state: &AppState, page: PublicPage, asked: &HeaderMap) -> Response {
    let cache = &state.page_cache;
    let seen = match cache.feed.just_seen(&state.data) {
        Some(seen) => Ok(seen),
        None => Box::pin(cache.feed.seen(&state.data)).await,
    };
    let (seen, now) = match seen {
        Ok(seen) => (seen, clock::now()),
        Err(error) => return Box::pin(not_known(state, &page, &error)).await,
    };
    let slot = cache.slot(&page.key);
    if let Some(kept) = slot.kept() {
        match kept.standing(seen, now) {
            Standing::Good => return kept.answer(asked),
            Standing::Renew => match slot.making.try_lock() {
                Ok(_making) => return Box::pin(make(state, &page, &slot, seen, asked)).await,
                Err(_) => return kept.answer(asked),
            },
            Standing::Gone => {}
        }
    }
    let _making = slot.making.lock().await;
    match slot.kept() {
        Some(kept) if kept.standing(seen, now) == Standing::Good => kept.answer(asked),
        _ => Box::pin(make(state, &page, &slot, seen, asked)).await,
    }
}

async fn make(
    state: &AppState,
    page: &PublicPage,
    slot: &Slot,
    seen: Seen,
    asked: &HeaderMap,
) -> Response {
    // Before the page is rendered: whatever turns meanwhile makes it invalid.
    let valid_until = match next_turn(&state.data).await {
        Ok(valid_until) => valid_until,
        Err(error) => return not_known(state, page, &error).await,
    };
    let rendered = match render_for_everybody(state, page).await {
        Ok(rendered) => rendered,
        Err(problem) => {
            state.page_cache.forget(&page.key);
            return problem;
        }
    };
    let kept = Arc::new(Kept::new(rendered, page.counts, seen, valid_until));
    *slot.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&kept));
    kept.answer(asked)
}

async fn next_turn(data: &Data) -> Result<DateTime<Utc>, StoreError> {
    let mut reader = data.store.read().await?;
    reader.next_turn(data.county, clock::now()).await
}

/// Only a whole page is kept; what is not found or failed is an answer for once.
async fn render_for_everybody(
    state: &AppState,
    page: &PublicPage,
) -> Result<render::Rendered, Response> {
    let failed = || StatusCode::INTERNAL_SERVER_ERROR.into_response();
    let request = Request::builder()
        .uri(&page.key.address)
        .body(Body::empty())
        .map_err(|_| failed())?;
    let site = state.data.site_in(page.key.text_size);
    let repository = reads::for_everybody(&state.data);
    let context = {
        let site = site.clone();
        move || {
            provide_context(repository.clone());
            provide_context(site.clone());
        }
    };
    let build = state.build.clone();
    let rendered = render::whole(request, context, move || {
        app::shell(build.clone(), site.clone())
    })
    .await
    .ok_or_else(failed)?;
    if rendered.parts.status == StatusCode::OK {
        Ok(rendered)
    } else {
        Err(rendered.into_response())
    }
}

/// The store cannot be asked: the page says so itself, and is not kept.
async fn not_known(state: &AppState, page: &PublicPage, error: &StoreError) -> Response {
    tracing::error!(%error, "the change feed could not be read");
    match render_for_everybody(state, page).await {
        Ok(rendered) => rendered.into_response(),
        Err(problem) => problem,
    }
}

impl PageCache {
    fn slot(&self, key: &Key) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = slots.get(key) {
            return Arc::clone(slot);
        }
        if slots.len() >= LIMIT {
            slots.clear();
        }
        Arc::clone(slots.entry(key.clone()).or_default())
    }

    fn kept(&self, key: &Key) -> Option<Arc<Kept>> {
        let slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        slots.get(key)?.kept()
    }

    fn forget(&self, key: &Key) {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        slots.remove(key);
    }
}
