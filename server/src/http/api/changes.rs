//! `changes`: what is new to everybody is read once for each place in the feed, however many phones ask.
//!
//! A copy is good as long as the feed has not moved, which is looked at after the question has come: who was told
//! of news by another process gets them. So a cache between the phones and here may keep an answer too, if it asks
//! each time whether it still is the one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::{Body, Bytes},
    extract::{
        Path, Query as UrlQuery, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest as _, Sha256};
use sync::{ReadProblem, view::Changes};
use tokio::sync::OnceCell;

use super::{AppState, Parts, problem};
use crate::http::{etag, page_cache::Seen, reads};

/// Answers that are kept at once. Phones ask from few places: those that listen from one.
const PLACES: usize = 256;
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("public, no-cache");

/// One copy for everybody.
#[derive(Default)]
pub struct SharedChanges(Mutex<Copies>);

#[derive(Default)]
struct Copies {
    /// Where the feed was when they were made.
    seen: Option<Seen>,
    /// By the cursor that was asked from.
    answers: HashMap<String, Arc<OnceCell<Answer>>>,
}

#[derive(Clone)]
struct Answer {
    is_nothing_new: bool,
    body: Bytes,
    etag: HeaderValue,
}

impl SharedChanges {
    /// The place of an answer; of its own where there is no room.
    fn place(&self, seen: Seen, since: &str) -> Arc<OnceCell<Answer>> {
        let mut copies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if copies.seen != Some(seen) {
            copies.seen = Some(seen);
            copies.answers.clear();
        }
        match copies.answers.get(since) {
            Some(place) => Arc::clone(place),
            None if copies.answers.len() == PLACES => Arc::default(),
            None => Arc::clone(copies.answers.entry(since.to_owned()).or_default()),
        }
    }
}

pub async fn changes(
    State(state): State<AppState>,
    county: Result<Path<String>, PathRejection>,
    parts: Result<UrlQuery<Parts>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let (Ok(Path(county)), Ok(UrlQuery(parts))) = (county, parts) else {
        return problem(&ReadProblem::NotFound);
    };
    if county != state.data.county.as_str() {
        return problem(&ReadProblem::NotFound);
    }
    match answer(&state, &parts.since).await {
        Ok(answer) if parts.quiet && answer.is_nothing_new => {
            StatusCode::NO_CONTENT.into_response()
        }
        Ok(answer) => answer.response(&headers),
        Err(why) => problem(&why),
    }
}

async fn answer(state: &AppState, since: &str) -> Result<Answer, ReadProblem> {
    // Before the answer is read: a change in between makes it a copy of a place that is over.
    let seen = state.page_cache.seen_from_now(&state.data).await;
    let place = state.changes.place(seen.map_err(reads::failed)?, since);
    let answer = place.get_or_try_init(|| async {
        let mut reader = state.data.store.read().await?;
        let changes = reader.public_changes(state.data.county, since).await?;
        Ok(Answer::of(&changes))
    });
    answer.await.cloned().map_err(reads::failed)
}

impl Answer {
    fn of(changes: &Changes) -> Self {
        let body = serde_json::to_vec(changes).expect("a view is text, numbers and lists");
        let digest = Sha256::digest(&body);
        Self {
            is_nothing_new: changes.is_nothing_new(),
            etag: etag::weak(&digest[..12]),
            body: Bytes::from(body),
        }
    }

    fn response(self, asked: &HeaderMap) -> Response {
        let mut response = match etag::is_there(asked, &self.etag) {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => ([(header::CONTENT_TYPE, JSON)], Body::from(self.body)).into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.etag);
        headers.insert(header::CACHE_CONTROL, ASK_AGAIN);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_from_one_place_shares_an_answer_until_the_feed_moves() {
        let shared = SharedChanges::default();
        let seen = |position| Seen {
            public: 1,
            position,
        };
        let first = shared.place(seen(1), "a");
        assert!(Arc::ptr_eq(&first, &shared.place(seen(1), "a")));
        assert!(!Arc::ptr_eq(&first, &shared.place(seen(1), "b")));
        let moved = shared.place(seen(2), "a");
        assert!(!Arc::ptr_eq(&first, &moved));
        assert!(Arc::ptr_eq(&moved, &shared.place(seen(2), "a")));
    }

    #[test]
    fn strange_cursors_take_no_more_than_their_room() {
        let shared = SharedChanges::default();
        let seen = Seen {
            public: 1,
            position: 1,
        };
        for number in 0..2 * PLACES {
            shared.place(seen, &number.to_string());
        }
        assert_eq!(shared.0.lock().unwrap().answers.len(), PLACES);
    }
}
