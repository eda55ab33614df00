//! Requests and answers of one connection: the far end of the line, beside the server.

use std::{
    convert::Infallible,
    future::pending,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Result, bail};
use hyper::{
    Request, Response, StatusCode,
    body::Incoming,
    client::conn::http1::{self as client, SendRequest},
    header,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::{io::DuplexStream, net::TcpStream};

use crate::{
    body::{Answer, Content, drain},
    fault::{Header, How},
    rules::Strike,
    talk::Talk,
};

/// What is read ahead of a slow line, and the longest head of a request or an answer.
const READ_AHEAD: usize = 64 * 1024;

const PORTAL: &str = "<!doctype html><html><head><title>Free Wi-Fi</title></head>\
    <body><h1>Free Wi-Fi</h1><form><button>Accept and go online</button></form></body></html>";

/// The connection to the server, made with the first request and kept for the next.
struct Server {
    talk: Arc<Talk>,
    kept: Mutex<Option<SendRequest<Incoming>>>,
}

/// Answers until the browser's side of `line` ends, and lets go of both ends then.
pub async fn serve(talk: Arc<Talk>, line: DuplexStream) -> Infallible {
    let kept = Mutex::default();
    let server = Arc::new(Server { talk, kept });
    let service = service_fn(move |request| {
        let server = Arc::clone(&server);
        async move { server.answer(request).await }
    });
    // An error is how most faults end: the connection shows it, not the log.
    _ = http1::Builder::new()
        // A request that was cut right after its last byte is still a request.
        .half_close(true)
        .auto_date_header(false)
        .preserve_header_case(true)
        .max_buf_size(READ_AHEAD)
        .serve_connection(TokioIo::new(line), service)
        .await;
    pending().await
}

impl Server {
    async fn answer(&self, request: Request<Incoming>) -> Result<Response<Answer>> {
        match self.talk.strike() {
            Some(Strike::DropAnswer(how)) => self.drop_answer(request, how).await,
            Some(Strike::Portal(to)) => {
                drain(request.into_body()).await?;
                Ok(self.own(portal(to)))
            }
            Some(Strike::Status {
                status,
                retry_after,
            }) => {
                drain(request.into_body()).await?;
                Ok(self.own(refusal(status.0, retry_after)))
            }
            // A cut is made where the bytes pass.
            Some(Strike::Cut { .. }) | None => {
                let answer = self.ask(request).await?;
                Ok(answer.map(|body| Answer::new(Content::Passed(body), &self.talk)))
            }
        }
    }

    /// The server has done its work and says so, to nobody.
    async fn drop_answer(&self, request: Request<Incoming>, how: How) -> Result<Response<Answer>> {
        drain(self.ask(request).await?.into_body()).await?;
        self.talk.end(how);
        bail!("the answer was dropped")
    }

    fn own(&self, answer: Response<String>) -> Response<Answer> {
        self.talk.answered(answer.status().as_u16());
        answer.map(|text| Answer::new(Content::Own(text.into()), &self.talk))
    }

    async fn ask(&self, request: Request<Incoming>) -> Result<Response<Incoming>> {
        let mut sender = match self.kept().await {
            Some(sender) => sender,
            None => self.connect().await?,
        };
        let answer = sender.send_request(request).await?;
        self.talk.answered(answer.status().as_u16());
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
        Ok(answer)
    }

    /// The connection that is there already, unless the server has closed it.
    async fn kept(&self) -> Option<SendRequest<Incoming>> {
        let kept = self
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let mut sender = kept?;
        sender.ready().await.ok().map(|()| sender)
    }

    async fn connect(&self) -> Result<SendRequest<Incoming>> {
        let stream = TcpStream::connect(self.talk.line.to.0).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = client::Builder::new()
            .preserve_header_case(true)
            .max_buf_size(READ_AHEAD)
            .handshake(TokioIo::new(stream))
            .await?;
        // Ends when the sender and the last answer's body are dropped.
        tokio::spawn(connection);
        Ok(sender)
    }
}

fn portal(to: Option<Header>) -> Response<String> {
    let Some(Header(to)) = to else {
        return text(StatusCode::OK, "text/html; charset=utf-8", PORTAL);
    };
    let mut answer = text(StatusCode::FOUND, "text/plain", "");
    answer.headers_mut().insert(header::LOCATION, to);
    answer
}

fn refusal(status: StatusCode, retry_after: Option<Header>) -> Response<String> {
    let mut answer = text(status, "text/plain", &format!("{status}\n"));
    if let Some(Header(time)) = retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, time);
    }
    answer
}

fn text(status: StatusCode, kind: &'static str, text: &str) -> Response<String> {
    let mut answer = Response::new(text.to_owned());
    *answer.status_mut() = status;
    let kind = header::HeaderValue::from_static(kind);
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    answer
}
