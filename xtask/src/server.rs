//! A demonstration server of the built binary, for whatever must be asked of one.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result};

use crate::paths;

/// A running server over a fresh county, ended when dropped.
pub struct Server {
    child: Child,
    pub data: PathBuf,
    pub address: String,
    /// The first segment of every page's address, with its slash.
    pub county: String,
}

/// An answer as it came over the wire; the head in small letters.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Server {
    /// `folder` below `target` is emptied first.
    pub fn start(huiyin: &Path, folder: &str) -> Result<Self> {
        let data = paths::root().join("target").join(folder);
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        let mut child = Command::new(huiyin)
            .args(["serve", "--demo", "--addr", "127.0.0.1:0", "--data"])
            .arg(&data)
            .env("HUIYIN_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().context("the server's output")?;
        let mut lines = BufReader::new(stdout).lines();
        let address = loop {
            let line = lines
                .next()
                .context("the server ended before it told its address")??;
            if let Some(rest) = line.trim().strip_prefix("http://") {
                break rest.to_owned();
            }
        };
        let (address, county) = address
            .split_once('/')
            .context("no county in the address")?;
        Ok(Self {
            child,
            data,
            address: address.to_owned(),
            county: format!("/{county}"),
        })
    }

    /// `headers` are whole lines, each with its end.
    pub fn get(&self, path: &str, headers: &str) -> Result<Answer> {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}Connection: close\r\n\r\n",
            self.address
        ))
    }

    /// Posts a form that is encoded already.
    pub fn post(&self, path: &str, form: &str) -> Result<Answer> {
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n{form}",
            self.address,
            form.len()
        ))
    }

    fn send(&self, request: &str) -> Result<Answer> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let end = answer
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .context("no end of the headers")?;
        let body = answer.split_off(end + 4);
        let head = String::from_utf8_lossy(&answer).into_owned();
        let status = head.split(' ').nth(1).context("no status")?.parse()?;
        Ok(Answer { status, head, body })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
