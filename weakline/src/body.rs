//! Bodies that are passed on as they come, and short ones of our own.

use std::{
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};

use crate::talk::Talk;

pub enum Content {
    Own(Bytes),
    Passed(Incoming),
}

/// The body of an answer, which ends the turn when it has been sent.
pub struct Answer {
    content: Content,
    turn: Option<Arc<Talk>>,
}

impl Answer {
    pub fn new(content: Content, talk: &Arc<Talk>) -> Self {
        let turn = Some(Arc::clone(talk));
        Self { content, turn }
    }

    /// One that belongs to no turn.
    pub fn plain(text: impl Into<Bytes>) -> Self {
        Self {
            content: Content::Own(text.into()),
            turn: None,
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        if let Some(talk) = &self.turn {
            talk.end_turn();
        }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        match &mut self.content {
            Content::Own(bytes) if bytes.is_empty() => Poll::Ready(None),
            Content::Own(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Content::Passed(incoming) => Pin::new(incoming).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.content {
            Content::Own(bytes) => bytes.is_empty(),
            Content::Passed(incoming) => incoming.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Own(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Passed(incoming) => incoming.size_hint(),
        }
    }
}

/// Reads to the end and keeps nothing.
pub async fn drain(mut body: Incoming) -> hyper::Result<()> {
    while let Some(frame) = next(&mut body).await {
        frame?;
    }
    Ok(())
}

/// Reads the whole of a body that is known to be short.
pub async fn gather(mut body: Incoming) -> hyper::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(frame) = next(&mut body).await {
        if let Ok(data) = frame?.into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    Ok(bytes)
}

async fn next(body: &mut Incoming) -> Option<hyper::Result<Frame<Bytes>>> {
    poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await
}
