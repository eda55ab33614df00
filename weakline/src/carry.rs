//! One direction of one connection: segments enter the link as it has room, and arrive when they
//! are due.

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    sync::mpsc,
    time::{Instant, sleep_until},
};

use crate::{
    fault::{How, Side},
    link::SEGMENT,
    talk::Talk,
};

/// Segments of one connection on their way at once.
const UNDER_WAY: usize = 1_024;

struct Parcel {
    bytes: Vec<u8>,
    due: Instant,
}

/// One direction of the connection of a talk.
#[derive(Clone, Copy)]
pub struct Way<'a> {
    pub talk: &'a Talk,
    pub side: Side,
}

impl Way<'_> {
    /// Carries bytes until one of the ends closes or the connection is cut, which it says.
    pub async fn carry(
        self,
        from: impl AsyncRead + Unpin,
        to: &mut (impl AsyncWrite + Unpin),
    ) -> Option<How> {
        let (parcels, due) = mpsc::channel(UNDER_WAY);
        let (cut, ()) = tokio::join!(self.enter(from, parcels), self.arrive(due, to));
        cut
    }

    async fn enter(
        self,
        mut from: impl AsyncRead + Unpin,
        parcels: mpsc::Sender<Parcel>,
    ) -> Option<How> {
        let mut buffer = vec![0; SEGMENT];
        loop {
            let read = self.read(&mut from, &mut buffer).await;
            let network = &self.talk.line.network;
            network.passes().await;
            if self.begins(read)
                && let Some((method, path)) = first_line(&buffer[..read])
            {
                self.talk.begin(&method, &path);
            }
            let (allowed, cut) = self.talk.allow(self.side, read);
            let passage = self.talk.line.link(self.side).take(allowed, Instant::now());
            if allowed > 0 {
                let (bytes, due) = (buffer[..allowed].to_vec(), passage.arrives);
                if parcels.send(Parcel { bytes, due }).await.is_err() {
                    return cut;
                }
            }
            if cut == Some(How::Swallow) {
                while self.read(&mut from, &mut buffer).await > 0 {}
                return cut;
            }
            if read == 0 || cut.is_some() {
                // The end takes its way as well.
                until(passage.arrives).await;
                network.passes().await;
                return cut;
            }
            until(passage.next).await;
        }
    }

    async fn arrive(self, mut parcels: mpsc::Receiver<Parcel>, to: &mut (impl AsyncWrite + Unpin)) {
        while let Some(Parcel { bytes, due }) = parcels.recv().await {
            until(due).await;
            self.talk.line.network.passes().await;
            // Counted first: whoever has the bytes may ask for the count at once.
            self.talk.passed(self.side, bytes.len());
            if to.write_all(&bytes).await.is_err() {
                break;
            }
        }
    }

    /// Reads what there is, and at the start of a request at least its first line, so that it can
    /// be said what happens to it before a byte has passed. A line longer than a segment is known
    /// by its beginning. A connection that breaks has ended.
    async fn read(self, from: &mut (impl AsyncRead + Unpin), buffer: &mut [u8]) -> usize {
        let mut read = from.read(buffer).await.unwrap_or(0);
        while self.begins(read) && read < buffer.len() && !buffer[..read].contains(&b'\n') {
            match from.read(&mut buffer[read..]).await {
                Ok(more) if more > 0 => read += more,
                _ => break,
            }
        }
        read
    }

    /// Whether so many bytes that were read are the beginning of a request.
    fn begins(self, read: usize) -> bool {
        self.side == Side::Request && read > 0 && self.talk.is_between_requests()
    }
}

/// The method and the address, if this is what a request begins with. The rest of a body, whose
/// answer came early, is not.
fn first_line(bytes: &[u8]) -> Option<(String, String)> {
    let text = String::from_utf8_lossy(bytes);
    let mut words = text.lines().next()?.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    let is_version = |word: &str| word.starts_with("HTTP/1.");
    let begins = method.bytes().all(|byte| byte.is_ascii_uppercase())
        && path.starts_with('/')
        // Not there when the line is longer than what was read of it.
        && words.next().map_or(bytes.len() == SEGMENT, is_version);
    begins.then(|| (method.to_owned(), path.to_owned()))
}

/// A timer that is due at once would still take its millisecond.
async fn until(due: Instant) {
    if due > Instant::now() {
        sleep_until(due).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_known_by_its_first_line() {
        let known = |bytes: &[u8]| first_line(bytes).map(|(method, path)| method + &path);
        let whole = known(b"POST /commands?a=1 HTTP/1.1\r\nHost: x\r\n");
        assert_eq!(whole.as_deref(), Some("POST/commands?a=1"));
        let long = format!("GET /{}", "a".repeat(SEGMENT));
        assert!(known(&long.as_bytes()[..SEGMENT]).is_some());
        for other in [
            &b"GET /"[..],
            b"{\"a\": / HTTP/1.1",
            b"A / B\n",
            b"\n",
            b"\xff\xfe",
        ] {
            assert_eq!(known(other), None, "{other:?}");
        }
    }
}
