//! The server behind the line.

use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
    serve::ListenerExt,
};
use futures_util::stream::{self, StreamExt};
use tokio::{net::TcpListener, sync::Notify};

pub struct Origin {
    pub address: SocketAddr,
    pub met: Arc<Met>,
}

impl Origin {
    pub async fn start() -> Self {
        let met = Arc::new(Met::default());
        let app = Router::new()
            .route("/hello", get(|| async { "hello" }))
            .route("/commands", post(command))
            .route("/many/{bytes}", get(many))
            .route("/events", get(events))
            .route("/echo", post(echo))
            .route(
                "/impatient",
                post(|| async { StatusCode::PAYLOAD_TOO_LARGE }),
            )
            .route("/empty", get(|| async { StatusCode::NO_CONTENT }))
            .route("/unchanged", get(|| async { unchanged() }))
            .with_state(Arc::clone(&met));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let met_too = Arc::clone(&met);
        let listener = listener.tap_io(move |_| *met_too.connections.lock().unwrap() += 1);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, met }
    }

    pub fn commands(&self) -> usize {
        self.met.commands.lock().unwrap().len()
    }
}

/// What its handlers have met.
#[derive(Default)]
pub struct Met {
    pub connections: Mutex<u32>,
    /// Bodies of commands, the whole of each.
    pub commands: Mutex<Vec<Bytes>>,
    /// Bytes of commands, and of what was cut.
    pub bytes: Mutex<u64>,
    /// A body that broke off.
    pub broken: Notify,
    /// Lets the stream of events go on.
    pub go_on: Notify,
    /// A reader of events has left.
    pub left: Notify,
}

/// Bytes that tell when one is missing, doubled or out of place.
pub fn pattern(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|place| (place % 251) as u8).collect()
}

async fn command(State(met): State<Arc<Met>>, request: Request) -> Response {
    let mut body = request.into_body().into_data_stream();
    let mut whole = Vec::new();
    while let Some(bytes) = body.next().await {
        let Ok(bytes) = bytes else {
            met.broken.notify_one();
            return StatusCode::BAD_REQUEST.into_response();
        };
        *met.bytes.lock().unwrap() += bytes.len() as u64;
        whole.extend_from_slice(&bytes);
    }
    let mut commands = met.commands.lock().unwrap();
    commands.push(whole.into());
    format!("received no. {}", commands.len()).into_response()
}

async fn many(axum::extract::Path(bytes): axum::extract::Path<usize>) -> Vec<u8> {
    pattern(bytes)
}

/// Server-sent events: the second waits until the first has been read.
async fn events(State(met): State<Arc<Met>>) -> Response {
    struct Leaving(Arc<Met>);
    impl Drop for Leaving {
        fn drop(&mut self) {
            self.0.left.notify_one();
        }
    }
    let events = stream::unfold((0, Leaving(met)), |(number, leaving)| async move {
        if number > 0 {
            leaving.0.go_on.notified().await;
        }
        let event = format!("data: {number}\n\n");
        Some((Ok::<_, Infallible>(event), (number + 1, leaving)))
    });
    let kind = [(header::CONTENT_TYPE, "text/event-stream")];
    (kind, Body::from_stream(events)).into_response()
}

async fn echo(request: Request) -> Body {
    Body::from(to_bytes(request.into_body(), usize::MAX).await.unwrap())
}

fn unchanged() -> Response {
    (StatusCode::NOT_MODIFIED, [(header::ETAG, "\"one\"")]).into_response()
}
