//! The accept loop. Our own, because `axum::serve` lets a client take for ever over its headers.

use std::{
    future::Future,
    io,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::Router;
use hyper::{Request, body::Incoming};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto,
        graceful::{GracefulShutdown, Watcher},
    },
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;
use tower::Service;

use super::{metrics::Metrics, stall::Impatient};

/// Out of file handles: waiting lets others end instead of spinning.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Connections at once, where the settings do not say otherwise.
pub const CONNECTIONS: usize = 16_384;
/// Bytes of a request's first line and headers.
const HEAD_BYTES: usize = 64 * 1024;

/// The other end of the connection, found in the request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// What connections are held to.
#[derive(Clone)]
pub struct Rules {
    /// For the TLS handshake, for a first request, and for each request's headers; so also how
    /// long an idle connection is kept.
    pub header_time: Duration,
    /// How long the other end may take nothing of an answer.
    pub write_time: Duration,
    /// How long answers that are under way at shutdown may take.
    pub grace: Duration,
    /// Connections at once. Further ones wait in the system's queue until another ends.
    pub connections: usize,
    /// Without it, plain http.
    pub tls: Option<TlsAcceptor>,
    pub metrics: Arc<Metrics>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            header_time: Duration::from_secs(15),
            write_time: Duration::from_secs(30),
            grace: Duration::from_secs(20),
            connections: CONNECTIONS,
            tls: None,
            metrics: Arc::default(),
        }
    }
}

/// Serves plain http by the ordinary rules.
pub async fn serve(listener: TcpListener, app: Router, shutdown: impl Future<Output = ()>) {
    serve_by(Rules::default(), listener, app, shutdown).await;
}

/// Serves until `shutdown` completes, then lets what is under way finish.
pub async fn serve_by(
    rules: Rules,
    listener: TcpListener,
    app: Router,
    shutdown: impl Future<Output = ()>,
) {
    let turns = Arc::new(Semaphore::new(rules.connections));
    let open = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let turn = tokio::select! {
            Ok(turn) = Arc::clone(&turns).acquire_owned() => turn,
            () = &mut shutdown => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        let (stream, peer) = match accepted {
            Ok(connection) => connection,
            Err(error) => {
                tracing::warn!(%error, "could not accept a connection");
                sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let connection = Connection {
            rules: rules.clone(),
            watcher: open.watcher(),
            peer: Peer(peer),
            app: app.clone(),
        };
        tokio::spawn(connection.run(stream, turn));
    }
    // New connections are refused from here, not left waiting.
    drop(listener);
    if timeout(rules.grace, open.shutdown()).await.is_err() {
        tracing::warn!("some answers did not finish in time");
    }
}

struct Connection {
    rules: Rules,
    watcher: Watcher,
    peer: Peer,
    app: Router,
}

impl Connection {
    async fn run(self, stream: TcpStream, turn: OwnedSemaphorePermit) {
        let metrics = Arc::clone(&self.rules.metrics);
        metrics.connections.fetch_add(1, Ordering::Relaxed);
        if let Err(error) = self.talk(stream).await {
            // A cut line is the phone's everyday, not the server's trouble.
            tracing::debug!(%error, "a connection ended early");
        }
        metrics.connections.fetch_sub(1, Ordering::Relaxed);
        drop(turn);
    }

    async fn talk(self, stream: TcpStream) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        // Small writes would otherwise wait 40 ms for the other side's delayed acknowledgement.
        _ = stream.set_nodelay(true);
        let stream = Impatient::new(stream, self.rules.write_time);
        match self.rules.tls.clone() {
            None => self.answer(stream).await,
            Some(tls) => {
                let shaken = timeout(self.rules.header_time, tls.accept(stream)).await;
                let stream = shaken.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
                self.answer(stream).await
            }
        }
    }

    /// hyper limits the time between a request's first byte and its last header, but waits for
    /// ever for that first byte.
    async fn answer(
        self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let asked = Arc::new(AtomicBool::new(false));
        let service = {
            let (asked, peer, app) = (Arc::clone(&asked), self.peer, self.app);
            hyper::service::service_fn(move |mut request: Request<Incoming>| {
                asked.store(true, Ordering::Relaxed);
                request.extensions_mut().insert(peer);
                app.clone().call(request)
            })
        };
        let server = http(self.rules.header_time);
        let connection = server
            .serve_connection_with_upgrades(TokioIo::new(stream), service)
            .into_owned();
        let mut connection = pin!(self.watcher.watch(connection));
        tokio::select! {
            ended = &mut connection => return ended,
            () = sleep(self.rules.header_time) => {}
        }
        if asked.load(Ordering::Relaxed) {
            connection.await
        } else {
            Err(io::Error::from(io::ErrorKind::TimedOut).into())
        }
    }
}

fn http(header_time: Duration) -> auto::Builder<TokioExecutor> {
    let mut server = auto::Builder::new(TokioExecutor::new());
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(header_time)
        .max_buf_size(HEAD_BYTES)
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(header_time)
        .max_header_list_size(16 * 1024)
        .max_concurrent_streams(64);
    server
}
