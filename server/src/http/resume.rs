//! Long answers are kept for a while, so that one which was cut goes on where it stopped ([`sync::resume`]).
//!
//! The question is asked of its handler each time: who may not ask it any more gets no rest either, nor
//! does anybody once the answer would say something else. What is kept is the answer as it was, since one
//! of another moment would not continue it.

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
/// Who is on a way without a signal may come back within it; an answer that went for room is asked anew.
const KEPT_FOR: Duration = Duration::from_secs(600);
/// Of all of them; the oldest go first.
const ROOM: usize = 8 * 1024 * 1024;
/// Everybody who asks the same within it shares one: a crowd would leave no room for anybody's else.
const SHARED_FOR: Duration = Duration::from_secs(10);
/// What is another each time though the same is said: when it was true, until when a reading that no session
/// began is open, the id for an act to come, and where to ask on. From an older place one is told once more,
/// never less. No text holds them, for quotes in one are escaped.
const EACH_TIME: [&[u8]; 5] = [
    b"\"as_of\":\"",
    b"\"open_until\":\"",
    b"\"next_act\":\"",
    b"\"cursor\":\"",
    b"\"next\":\"",
];

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

/// What was asked, and by whom.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Asked {
    /// Of the address, and of who asked.
    digest: [u8; 32],
    /// Nothing says who asked.
    by_anybody: bool,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let mut digest = Sha256::new();
        digest.update(request.uri().path_and_query().map_or("", |it| it.as_str()));
        for cookie in request.headers().get_all(header::COOKIE) {
            digest.update([0]);
            digest.update(cookie.as_bytes());
        }
        Self {
            digest: digest.finalize().into(),
            by_anybody: !request.headers().contains_key(header::COOKIE),
        }
    }

    fn answered(self, response: &Response) -> Self {
        match response.extensions().get() {
            Some(AnsweredFor(whom)) => Self {
                digest: Sha256::new()
                    .chain_update(self.digest)
                    .chain_update(whom)
                    .finalize()
                    .into(),
                by_anybody: false,
            },
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
    // One without a length is told as it comes.
    let length = body.size_hint().exact().and_then(|it| it.try_into().ok());
    if !length.is_some_and(|it| (LONG..=LONGEST).contains(&it)) {
        return Response::from_parts(parts, body);
    }
    let Ok(body) = to_bytes(body, LONGEST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let now = Instant::now();
    let (place, body) = match place.and_then(|it| Some((it, kept.rest(it, asked, &body, now)?))) {
        Some(rest) => rest,
        None => {
            let (answer, body) = kept.keep(body, asked, now);
            (Place { answer, from: 0 }, body)
        }
    };
    name(&mut parts.headers, place);
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
    /// An answer's name, and the answer under it: that of a moment ago, where it says the same to everybody.
    fn keep(&self, body: Bytes, asked: Asked, now: Instant) -> (Uuid, Bytes) {
        let shared = asked.by_anybody.then(|| self.latest(asked, now)).flatten();
        if let Some(shared) = shared.filter(|(_, shared)| say_the_same(shared, &body)) {
            return shared;
        }
        let name = Uuid::new_v4();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(LongAnswer {
            name,
            asked,
            body: body.clone(),
            since: now,
        });
        forget(&mut kept, now);
        (name, body)
    }

    fn latest(&self, asked: Asked, now: Instant) -> Option<(Uuid, Bytes)> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let latest = kept.iter().rev().find(|it| it.asked == asked)?;
        let is_fresh = now.duration_since(latest.since) <= SHARED_FOR;
        is_fresh.then(|| (latest.name, latest.body.clone()))
    }

    /// What follows a byte, while `fresh` says the same. Nothing follows the last one: who has it all does not ask.
    fn rest(&self, place: Place, asked: Asked, fresh: &[u8], now: Instant) -> Option<Bytes> {
        let whole = {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            forget(&mut kept, now);
            let answer = kept.iter().find(|it| it.name == place.answer)?;
            (answer.asked == asked).then(|| answer.body.clone())?
        };
        let goes_on = place.from < whole.len() && say_the_same(&whole, fresh);
        goes_on.then(|| whole.slice(place.from..))
    }
}

/// Whether two answers differ in [`EACH_TIME`] alone.
fn say_the_same(one: &[u8], other: &[u8]) -> bool {
    timeless(one).eq(timeless(other))
}

/// An answer in parts, without those values between them.
fn timeless(answer: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut left = Some(answer);
    std::iter::from_fn(move || {
        let all = left.take()?;
        let mut quotes = (0..all.len()).filter(|at| all[*at] == b'"');
        let value = quotes.find_map(|at| {
            let begins = EACH_TIME.iter().find(|name| all[at..].starts_with(name));
            begins.map(|name| at + name.len())
        });
        let Some(value) = value else { return Some(all) };
        let (said, other) = all.split_at(value);
        let length = other.iter().position(|byte| *byte == b'"');
        left = length.map(|length| &other[length..]);
        Some(said)
    })
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

    /// Answers at another moment each time, and says what `says` does.
    fn served(length: usize, says: Arc<Mutex<String>>) -> Router {
        let count = Arc::new(Mutex::new(0_u8));
        let answer = move |headers: HeaderMap| {
            let (count, says) = (Arc::clone(&count), Arc::clone(&says));
            async move {
                if headers.get("cookie").is_some_and(|it| it == "out") {
                    return StatusCode::UNAUTHORIZED.into_response();
                }
                let mut count = count.lock().unwrap();
                *count += 1;
                let says = says.lock().unwrap();
                let moment = format!("2026-11-25T10:00:{count:03}Z");
                let head = format!(r#"{{"as_of":"{moment}","says":"{says}","more":""#);
                format!("{head}{}\"}}", "x".repeat(length - head.len() - 2)).into_response()
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

    fn saying_nothing(length: usize) -> Router {
        served(length, Arc::default())
    }

    struct Got {
        status: StatusCode,
        place: Option<Place>,
        body: Bytes,
    }

    async fn got(served: &Router, path: &str, cookie: &str, place: Option<Place>) -> Got {
        let mut request = Request::get(path);
        if !cookie.is_empty() {
            request = request.header(header::COOKIE, cookie);
        }
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
        let served = saying_nothing(LONG);
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
        let served = saying_nothing(LONG);
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
            assert_ne!(anew.body, first.body);
            assert_ne!(anew.place, Some(place));
            assert_eq!(anew.place.map(|it| it.from), Some(0));
        }
    }

    #[tokio::test]
    async fn who_may_not_ask_any_more_gets_no_rest() {
        let served = saying_nothing(LONG);
        let whole = got(&served, "/a", "me", None).await.place.unwrap();
        let place = Place { from: 10, ..whole };
        let refused = got(&served, "/a", "out", Some(place)).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert_eq!((refused.place, refused.body.len()), (None, 0));
    }

    #[tokio::test]
    async fn what_would_be_said_otherwise_by_now_has_no_rest() {
        let says = Arc::new(Mutex::new("a reply".to_owned()));
        let served = served(LONG, Arc::clone(&says));
        let whole = got(&served, "/a", "me", None).await.place.unwrap();
        let place = Place { from: 100, ..whole };
        "withdrawn".clone_into(&mut says.lock().unwrap());
        let anew = got(&served, "/a", "me", Some(place)).await;
        assert_eq!(anew.place.map(|it| it.from), Some(0));
        assert!(String::from_utf8_lossy(&anew.body).contains("withdrawn"));
    }

    #[tokio::test]
    async fn who_asks_what_everybody_may_shares_the_answer_of_a_moment_ago() {
        let says = Arc::default();
        let served = served(LONG, Arc::clone(&says));
        let first = got(&served, "/a", "", None).await;
        let second = got(&served, "/a", "", None).await;
        assert_eq!((second.place, &second.body), (first.place, &first.body));
        let mine = got(&served, "/a", "me", None).await;
        let again = got(&served, "/a", "me", None).await;
        assert!(mine.place != first.place && mine.place != again.place);
        "news".clone_into(&mut says.lock().unwrap());
        let news = got(&served, "/a", "", None).await;
        assert!(String::from_utf8_lossy(&news.body).contains("news"));
    }

    #[test]
    fn answers_are_the_same_but_for_what_is_another_each_time() {
        let one = br#"{"a":[{"as_of":"1","b":"2"}],"open_until":"3","as_of":"4"}"#;
        for (other, same) in [
            (&one[..], true),
            (
                br#"{"a":[{"as_of":"10","b":"2"}],"open_until":"30","as_of":""}"#,
                true,
            ),
            (
                br#"{"a":[{"as_of":"1","b":"3"}],"open_until":"3","as_of":"4"}"#,
                false,
            ),
            (
                br#"{"a":[{"as_of":"1","b":"2"}],"open_until":"3","as_of":"4""#,
                false,
            ),
            (br#"{"a":[{"as_of":"1","b":"2"}],"as_of":"4"}"#, false),
            (br#"{"a":[{"as_of":"1"#, false),
        ] {
            assert_eq!(say_the_same(one, other), same);
        }
        let each = |n| {
            let names = ["as_of", "open_until", "next_act", "cursor", "next"];
            let pairs = names.map(|name| format!(r#""{name}":"{n}""#));
            format!("{{{}}}", pairs.join(","))
        };
        assert!(say_the_same(each(1).as_bytes(), each(23).as_bytes()));
        // What a person wrote is none.
        let wrote = |moment| format!(r#"{{"text":"\"as_of\":\"{moment}\""}}"#);
        assert!(!say_the_same(wrote(1).as_bytes(), wrote(2).as_bytes()));
    }

    #[tokio::test]
    async fn a_short_answer_has_no_name() {
        let got = got(&saying_nothing(LONG - 1), "/a", "me", None).await;
        assert_eq!((got.place, got.body.len()), (None, LONG - 1));
    }

    #[test]
    fn the_oldest_go_for_age_and_for_room() {
        let kept = LongAnswers::default();
        let asked = Asked {
            digest: [0; 32],
            by_anybody: false,
        };
        let now = Instant::now();
        let quarter = Bytes::from(vec![7; ROOM / 4]);
        let names: Vec<Uuid> = (0..5)
            .map(|_| kept.keep(quarter.clone(), asked, now).0)
            .collect();
        let is_there = |answer, now| {
            let rest = kept.rest(Place { answer, from: 1 }, asked, &quarter, now);
            rest.is_some()
        };
        assert!(!is_there(names[0], now));
        assert!(names[1..].iter().all(|name| is_there(*name, now)));
        assert!(is_there(names[4], now + KEPT_FOR));
        assert!(!is_there(names[4], now + KEPT_FOR + Duration::from_secs(1)));
    }
}
