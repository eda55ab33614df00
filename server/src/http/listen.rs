//! The accept loop. Our own, because `axum::serve` lets a client take for ever over its headers.

use std::{future::Future, net::SocketAddr, time::Duration};

use axum::Router;
use hyper::{Request, body::Incoming};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
};
use tokio::net::{TcpListener, TcpStream};
use tower::Service;

/// Also how long an idle connection is kept.
const HEADER_TIME: Duration = Duration::from_secs(15);
/// How long answers that are under way at shutdown may take.
const GRACE: Duration = Duration::from_secs(20);
/// Out of file handles: waiting lets others end instead of spinning.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// The other end of the connection, found in the request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Serves until `shutdown` completes, then lets what is under way finish.
pub async fn serve(listener: TcpListener, app: Router, shutdown: impl Future<Output = ()>) {
    let server = connection_rules();
    let open = GracefulShutdown::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        let (stream, peer) = match accepted {
            Ok(connection) => connection,
            Err(error) => {
                tracing::warn!(%error, "could not accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        spawn_connection(&server, &open, stream, Peer(peer), app.clone());
    }
    // New connections are refused from here, not left waiting.
    drop(listener);
    if tokio::time::timeout(GRACE, open.shutdown()).await.is_err() {
        tracing::warn!("some answers did not finish in time");
    }
}

fn connection_rules() -> auto::Builder<TokioExecutor> {
    let mut server = auto::Builder::new(TokioExecutor::new());
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(HEADER_TIME)
        .max_concurrent_streams(64);
    server
}

fn spawn_connection(
    server: &auto::Builder<TokioExecutor>,
    open: &GracefulShutdown,
    stream: TcpStream,
    peer: Peer,
    app: Router,
) {
    // Small writes would otherwise wait 40 ms for the other side's delayed acknowledgement.
    _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        app.clone().call(request)
    });
    let connection = server
        .serve_connection_with_upgrades(TokioIo::new(stream), service)
        .into_owned();
    let connection = open.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            // A cut line is the phone's everyday, not the server's trouble.
            tracing::debug!(%error, "a connection ended early");
        }
    });
}
