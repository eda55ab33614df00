//! `/api/v1/{county}/live`: says, while somebody looks, that something everybody may read has changed
//! (server-sent events). It says no more than that: what changed is asked for at `changes`.

use std::{
    convert::Infallible,
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use tokio::{sync::watch, time::sleep};

use super::{AppState, Shared};

/// How often the feed is looked at while anybody listens.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Proxies end what is silent for a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(25);
/// After this a browser that was cut off comes back.
const RETRY: Duration = Duration::from_secs(5);
/// The same where too many listen. A browser that is refused with a status never comes back.
const RETRY_WHEN_FULL: Duration = Duration::from_secs(60);

/// What those who listen are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// Goes up with each change.
    Changed(u64),
    /// The server ends.
    Ended,
}

/// Everybody who listens to this process.
pub struct Live {
    told: watch::Sender<Told>,
    looks: AtomicBool,
    /// Who may listen at once.
    most: usize,
}

impl Live {
    /// Of a server with so many connections. Half of them are for those who ask and send.
    pub fn of(connections: usize) -> Self {
        Self {
            told: watch::Sender::new(Told::Changed(0)),
            looks: AtomicBool::new(false),
            most: connections / 2,
        }
    }

    fn subscribe(&self) -> Option<watch::Receiver<Told>> {
        let told = self.told.subscribe();
        (self.told.receiver_count() <= self.most).then_some(told)
    }

    /// The server ends: nobody is kept waiting for another change.
    pub fn end(&self) {
        self.told.send_replace(Told::Ended);
    }

    /// Looks at the feed until nobody listens any more.
    fn look(&self, shared: Weak<Shared>) {
        if !self.looks.swap(true, Ordering::SeqCst) {
            tokio::spawn(async move {
                while let Some(shared) = shared.upgrade() {
                    let live = &shared.live;
                    if live.nobody_listens() {
                        return;
                    }
                    if let Some(public) = shared.page_cache.public_changes(&shared.data).await {
                        live.tell(public);
                    }
                    drop(shared);
                    sleep(LOOK_AGAIN).await;
                }
            });
        }
    }

    /// Whether the looking may end. Who comes at this very moment is not left alone.
    fn nobody_listens(&self) -> bool {
        if self.told.receiver_count() > 0 {
            return false;
        }
        self.looks.store(false, Ordering::SeqCst);
        self.told.receiver_count() == 0 || self.looks.swap(true, Ordering::SeqCst)
    }

    fn tell(&self, public: u64) {
        self.told.send_if_modified(|told| {
            let news = matches!(*told, Told::Changed(known) if known != public);
            if news {
                *told = Told::Changed(public);
            }
            news
        });
    }
}

pub async fn listen(
    State(state): State<AppState>,
    county: Result<Path<String>, PathRejection>,
) -> Response {
    if county.ok().as_deref().map(String::as_str) != Some(state.data.county.as_str()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let told = state.live.subscribe();
    let retry = match told {
        Some(_) => RETRY,
        None => RETRY_WHEN_FULL,
    };
    state.live.look(Arc::downgrade(&state.0));
    let first = Event::default().event("open").retry(retry);
    let changes = stream::unfold((told, Some(first)), |(mut told, first)| async move {
        if let Some(first) = first {
            // What is known now is no news.
            if let Some(told) = &mut told {
                told.mark_unchanged();
            }
            return Some((Ok::<_, Infallible>(first), (told, None)));
        }
        let mut told = told?;
        told.changed().await.ok()?;
        let now = *told.borrow_and_update();
        let event = Event::default().event("changed").data("1");
        (now != Told::Ended).then(|| (Ok(event), (Some(told), None)))
    });
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    Sse::new(changes).keep_alive(keep_alive).into_response()
}
