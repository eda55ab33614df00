//! Long answers are kept for a while, so that one which was cut goes on where it stopped ([`sync::resume`]).
//!
//! The question is asked of its handler each time: who may not ask it any more gets no rest either. What is
//! kept is the answer as it was, since a newer one would not continue it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes, HttpBody as _, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest as _, Sha256};
use sync::resume::{HEADER, Place};
use uuid::Uuid;

const ANSWER: HeaderName = HeaderName::from_static(HEADER);
/// A shorter one goes over a weak line as quickly as its rest would.
const LONG: usize = 16 * 1024;
/// Longer than any answer is.
const LONGEST: usize = 4 * 1024 * 1024;
/// Who is on a way without a signal comes back within it, or asks anew.
const KEPT_FOR: Duration = Duration::from_secs(600);
/// Of all of them; the oldest go first.
const ROOM: usize = 8 * 1024 * 1024;

/// The answers that may be gone on with.
#[derive(Default)]
pub struct LongAnswers(Mutex<VecDeque<LongAnswer>>);

struct LongAnswer {
    name: Uuid,
    asked: Asked,
    body: Bytes,
    since: Instant,
}

/// Whom an answer is for, where its address and cookies do not say so: a handler puts it into the answer's extensions.
#[derive(Clone, Debug)]
pub struct AnsweredFor(pub String);

/// A digest of the address, and of who asked.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Asked([u8; 32]);

impl Asked {
    fn of(request: &Request) -> Self {
        let mut digest = Sha256::new();
        digest.update(request.uri().path_and_query().map_or("", |it| it.as_str()));
        for cookie in request.headers().get_all(header::COOKIE) {
            digest.update([0]);
            digest.update(cookie.as_bytes());
        }
        Self(digest.finalize().into())
    }

    fn answered(self, response: &Response) -> Self {
        match response.extensions().get() {
            Some(AnsweredFor(whom)) => Self(
                Sha256::new()
                    .chain_update(self.0)
                    .chain_update(whom)
                    .finalize()
                    .into(),
            ),
            None => self,
        }
    }
}

/// Names a long answer and keeps it, or goes on with one.
pub async fn long_answers(
    State(kept): State<Arc<LongAnswers>>,
    request: Request,
    next: Next,
) -> Response {
    let place = place(request.headers());
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let asked = asked.answered(&response);
    let (mut parts, body) = response.into_parts();
    if let Some(place) = place
        && let Some(rest) = kept.rest(place, asked, Instant::now())
    {
        name(&mut parts.headers, place);
        return Response::from_parts(parts, Body::from(rest));
    }
    // One without a length is told as it comes.
    let length = body.size_hint().exact().and_then(|it| it.try_into().ok());
    if !length.is_some_and(|it| (LONG..=LONGEST).contains(&it)) {
        return Response::from_parts(parts, body);
    }
    let Ok(body) = to_bytes(body, LONGEST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let answer = kept.keep(body.clone(), asked, Instant::now());
    name(&mut parts.headers, Place { answer, from: 0 });
    Response::from_parts(parts, Body::from(body))
}

fn place(asked: &HeaderMap) -> Option<Place> {
    asked.get(ANSWER)?.to_str().ok()?.parse().ok()
}

fn name(headers: &mut HeaderMap, place: Place) {
    if let Ok(place) = HeaderValue::try_from(place.to_string()) {
        headers.insert(ANSWER, place);
    }
    // Of the whole, where there was one.
    headers.remove(header::CONTENT_LENGTH);
}

impl LongAnswers {
    fn keep(&self, body: Bytes, asked: Asked, now: Instant) -> Uuid {
        let name = Uuid::new_v4();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(LongAnswer {
            name,
            asked,
            body,
            since: now,
        });
        forget(&mut kept, now);
        name
    }

    /// What follows a byte. Nothing follows the last one: who has it all does not ask.
    fn rest(&self, place: Place, asked: Asked, now: Instant) -> Option<Bytes> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        forget(&mut kept, now);
        let answer = kept.iter().find(|it| it.name == place.answer)?;
        let is_inside = answer.asked == asked && place.from < answer.body.len();
        is_inside.then(|| answer.body.slice(place.from..))
    }
}

/// Those that are too old, and the oldest of those there is no room for.
fn forget(kept: &mut VecDeque<LongAnswer>, now: Instant) {
    let mut bytes: usize = kept.iter().map(|it| it.body.len()).sum();
    while let Some(first) = kept.front()
        && (bytes > ROOM || now.duration_since(first.since) > KEPT_FOR)
    {
        bytes -= first.body.len();
        kept.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, middleware, routing::get};
    use tower::ServiceExt as _;

    use super::*;

    /// Its answer is another one each time.
    fn served(length: usize) -> Router {
        let count = Arc::new(Mutex::new(0_u8));
        let answer = move |headers: HeaderMap| {
            let count = Arc::clone(&count);
            async move {
                if headers.get("cookie").is_some_and(|it| it == "out") {
                    return StatusCode::UNAUTHORIZED.into_response();
                }
                let mut count = count.lock().unwrap();
                *count += 1;
                let mut body: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
                body[0] = *count;
                body.into_response()
            }
        };
        Router::new()
            .route("/a", get(answer.clone()))
            .route("/b", get(answer))
            .layer(middleware::from_fn_with_state(
                Arc::new(LongAnswers::default()),
                long_answers,
            ))
    }

    struct Got {
        status: StatusCode,
        place: Option<Place>,
        body: Bytes,
    }

    async fn got(served: &Router, path: &str, cookie: &str, place: Option<Place>) -> Got {
        let mut request = Request::get(path).header(header::COOKIE, cookie);
        if let Some(place) = place {
            request = request.header(ANSWER, place.to_string());
        }
        let request = request.body(Body::empty()).unwrap();
        let response = served.clone().oneshot(request).await.unwrap();
        Got {
            status: response.status(),
            place: place_of(response.headers()),
            body: to_bytes(response.into_body(), LONGEST).await.unwrap(),
        }
    }

    fn place_of(headers: &HeaderMap) -> Option<Place> {
        headers.get(ANSWER)?.to_str().unwrap().parse().ok()
    }

    #[tokio::test]
    async fn cut_anywhere_an_answer_goes_on_as_it_was() {
        let served = served(LONG);
        let first = got(&served, "/a", "me", None).await;
        let whole = first.place.unwrap();
        assert_eq!(whole.from, 0);
        for from in [1, 2, 1000, LONG - 1] {
            let place = Place { from, ..whole };
            let rest = got(&served, "/a", "me", Some(place)).await;
            assert_eq!(rest.place, Some(place));
            assert_eq!(rest.body, first.body.slice(from..));
        }
    }

    #[tokio::test]
    async fn what_continues_nothing_is_answered_anew() {
        let served = served(LONG);
        let first = got(&served, "/a", "me", None).await;
        let whole = first.place.unwrap();
        let place = Place { from: 10, ..whole };
        let strange = Place {
            answer: Uuid::nil(),
            ..place
        };
        let behind = Place {
            from: LONG,
            ..whole
        };
        for (path, cookie, place) in [
            ("/a", "me", strange),
            ("/a", "me", behind),
            ("/b", "me", place),
            ("/a?page=2", "me", place),
            ("/a", "another", place),
        ] {
            let anew = got(&served, path, cookie, Some(place)).await;
            assert_eq!(anew.body.len(), LONG);
            assert_ne!(anew.body[0], first.body[0]);
            assert_ne!(anew.place, Some(place));
            assert_eq!(anew.place.map(|it| it.from), Some(0));
        }
    }

    #[tokio::test]
    async fn who_may_not_ask_any_more_gets_no_rest() {
        let served = served(LONG);
        let whole = got(&served, "/a", "me", None).await.place.unwrap();
        let place = Place { from: 10, ..whole };
        let refused = got(&served, "/a", "out", Some(place)).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert_eq!((refused.place, refused.body.len()), (None, 0));
    }

    #[tokio::test]
    async fn a_short_answer_has_no_name() {
        let got = got(&served(LONG - 1), "/a", "me", None).await;
        assert_eq!((got.place, got.body.len()), (None, LONG - 1));
    }

    #[test]
    fn the_oldest_go_for_age_and_for_room() {
        let kept = LongAnswers::default();
        let (asked, now) = (Asked([0; 32]), Instant::now());
        let quarter = Bytes::from(vec![7; ROOM / 4]);
        let names: Vec<Uuid> = (0..5)
            .map(|_| kept.keep(quarter.clone(), asked, now))
            .collect();
        let is_there = |answer, now| kept.rest(Place { answer, from: 1 }, asked, now).is_some();
        assert!(!is_there(names[0], now));
        assert!(names[1..].iter().all(|name| is_there(*name, now)));
        assert!(is_there(names[4], now + KEPT_FOR));
        assert!(!is_there(names[4], now + KEPT_FOR + Duration::from_secs(1)));
    }
}
