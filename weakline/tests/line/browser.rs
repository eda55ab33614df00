//! A connection of a browser, byte by byte.

use std::{
    io::{self, ErrorKind},
    net::SocketAddr,
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::timeout,
};

/// After this a test has failed.
pub const PATIENCE: Duration = Duration::from_secs(5);

pub struct Browser(BufReader<TcpStream>);

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// As on the wire, with the empty line.
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (own, value) = line.split_once(':')?;
            own.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

/// A request as it is on the wire.
pub fn request(method: &str, path: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head =
        format!("{method} {path} HTTP/1.1\r\nHost: test\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

impl Browser {
    /// May fail on a line that is down: the reset can be faster than the handshake's last step.
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        Ok(Self(BufReader::new(stream)))
    }

    pub async fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.ask("GET", path, b"").await
    }

    pub async fn ask(&mut self, method: &str, path: &str, body: &[u8]) -> io::Result<Answer> {
        self.send(&request(method, path, body)).await?;
        self.answer(method).await
    }

    /// Asks, and does not wait for the answer.
    pub async fn post(&mut self, path: &str, body: &[u8]) {
        self.send(&request("POST", path, body)).await.unwrap();
    }

    pub async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes).await
    }

    /// The answer to such a request.
    pub async fn answer(&mut self, method: &str) -> io::Result<Answer> {
        timeout(PATIENCE, self.read_answer(method)).await?
    }

    /// A line, with its end.
    pub async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match timeout(PATIENCE, self.0.read_line(&mut line)).await?? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(line),
        }
    }

    /// Everything until the connection ends, and how it ends.
    pub async fn rest(&mut self) -> (Vec<u8>, io::Result<()>) {
        let mut bytes = Vec::new();
        let read = timeout(PATIENCE, self.0.read_to_end(&mut bytes)).await;
        (
            bytes,
            read.unwrap_or_else(|late| Err(late.into())).map(|_| ()),
        )
    }

    /// Everything that comes within a time after which the connection is still there.
    pub async fn meanwhile(&mut self, time: Duration) -> Vec<u8> {
        let mut bytes = Vec::new();
        let ended = timeout(time, self.0.read_to_end(&mut bytes)).await;
        assert!(ended.is_err(), "the connection ended: {ended:?}");
        bytes
    }

    async fn read_answer(&mut self, method: &str) -> io::Result<Answer> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            head += &self.line().await?;
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answer = Answer {
            status,
            head,
            body: Vec::new(),
        };
        if method == "HEAD" || [204, 304].contains(&status) {
            return Ok(answer);
        }
        if answer.header("transfer-encoding") == Some("chunked") {
            answer.body = self.chunks().await?;
        } else if let Some(length) = answer.header("content-length") {
            answer.body = vec![0; length.parse().unwrap()];
            self.0.read_exact(&mut answer.body).await?;
        }
        Ok(answer)
    }

    async fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let length = usize::from_str_radix(self.line().await?.trim(), 16).unwrap();
            let mut chunk = vec![0; length + 2];
            self.0.read_exact(&mut chunk).await?;
            body.extend_from_slice(&chunk[..length]);
            if length == 0 {
                return Ok(body);
            }
        }
    }
}
