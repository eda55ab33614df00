//! The control API (see the crate's documentation), beside the line and never slowed by it.

use std::{convert::Infallible, sync::Arc};

use hyper::{
    Method, Request, Response, StatusCode, body::Incoming, server::conn::http1, service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde::{Deserialize, de::DeserializeOwned};
use thiserror::Error;
use tokio::net::TcpListener;

use crate::{
    body::{Answer, gather},
    line::Line,
    listen::accept,
    profile::{Name, Profile},
};

#[derive(Debug, Error)]
enum Mistake {
    #[error("no such request")]
    Unknown,
    #[error("{0}")]
    Unreadable(serde_json::Error),
    #[error("the body broke off: {0}")]
    Broken(#[from] hyper::Error),
    #[error("the counts could not be written: {0}")]
    Unwritable(serde_json::Error),
}

impl Mistake {
    fn status(&self) -> StatusCode {
        match self {
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Unreadable(_) | Self::Broken(_) => StatusCode::BAD_REQUEST,
            Self::Unwritable(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a known name, or down_kbit, up_kbit and rtt_ms")]
enum Wanted {
    Named { name: Name },
    Own(Profile),
}

pub async fn serve_all(line: &Arc<Line>, listener: &TcpListener) -> Infallible {
    loop {
        let stream = accept(listener).await;
        let line = Arc::clone(line);
        let service = service_fn(move |request| {
            let line = Arc::clone(&line);
            async move { Ok::<_, Infallible>(answer(&line, request).await) }
        });
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

async fn answer(line: &Line, request: Request<Incoming>) -> Response<Answer> {
    let (status, text) = match obey(line, request).await {
        Ok(None) => (StatusCode::NO_CONTENT, String::new()),
        Ok(Some(counts)) => (StatusCode::OK, counts),
        Err(mistake) => (mistake.status(), format!("{mistake}\n")),
    };
    let mut answer = Response::new(Answer::plain(text));
    *answer.status_mut() = status;
    answer
}

/// Gives back what was asked for, if something was.
async fn obey(line: &Line, request: Request<Incoming>) -> Result<Option<String>, Mistake> {
    let (head, body) = request.into_parts();
    match (&head.method, head.uri.path()) {
        (&Method::POST, "/profile") => line.set_profile(match read(body).await? {
            Wanted::Named { name } => name.profile(),
            Wanted::Own(profile) => profile,
        }),
        (&Method::POST, "/fault") => line.impose(read(body).await?),
        (&Method::POST, "/reset") => line.reset(),
        (&Method::DELETE, "/seen") => line.seen.clear(),
        (&Method::GET, "/seen") => {
            let counts = serde_json::to_string(&line.seen.so_far());
            return counts.map(Some).map_err(Mistake::Unwritable);
        }
        _ => return Err(Mistake::Unknown),
    }
    Ok(None)
}

async fn read<T: DeserializeOwned>(body: Incoming) -> Result<T, Mistake> {
    serde_json::from_slice(&gather(body).await?).map_err(Mistake::Unreadable)
}
