//! The server under measure.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

use crate::client::{Client, get};

/// A running server, ended when dropped.
pub struct Huiyin {
    child: Child,
    /// Kept open: a server that cannot write its log would stop.
    _output: Lines<BufReader<ChildStdout>>,
    pub address: String,
    /// The first segment of its pages.
    pub county: String,
    /// From the start of the process to its address.
    pub started_in: Duration,
}

impl Huiyin {
    pub async fn start(huiyin: &Path, data: &Path) -> Result<Self> {
        Self::run(Command::new(huiyin), data).await
    }

    /// Under strace, which writes every fsync with its time to `log`. The child is the server
    /// itself (`-D`), so that it can be ended.
    pub async fn start_traced(huiyin: &Path, data: &Path, log: &Path) -> Result<Self> {
        let mut strace = Command::new("strace");
        strace
            .args(["-D", "-f", "-ttt", "-e", "trace=fsync,fdatasync", "-o"])
            .arg(log)
            .arg(huiyin);
        Self::run(strace, data).await
    }

    async fn run(mut command: Command, data: &Path) -> Result<Self> {
        let began = Instant::now();
        let mut child = command
            .args(["serve", "--demo", "--addr", "127.0.0.1:0", "--data"])
            .arg(data)
            // One line a request, as in production.
            .stderr(fs::File::create(data.with_extension("log"))?)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {command:?}"))?;
        let output = child.stdout.take().context("the server's output")?;
        let mut lines = BufReader::new(output).lines();
        let (address, county) = loop {
            let line = lines.next_line().await?;
            let line = line.context("the server ended before it told its address")?;
            if let Some((address, county)) = line
                .trim()
                .strip_prefix("http://")
                .and_then(|rest| rest.split_once('/'))
            {
                break (address.to_owned(), county.to_owned());
            }
        };
        Ok(Self {
            child,
            _output: lines,
            address,
            county,
            started_in: began.elapsed(),
        })
    }

    /// Bytes of the process that are in memory.
    pub fn resident_bytes(&self) -> Result<u64> {
        let id = self.child.id().context("the server has ended")?;
        let status = fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|rest| rest.split_whitespace().next());
        Ok(kilobytes.context("no VmRSS")?.parse::<u64>()? * 1024)
    }

    pub async fn json(&self, path: &str) -> Result<serde_json::Value> {
        let mut client = Client::connect(&self.address).await?;
        let path = format!("/api/v1/{}/{path}", self.county);
        let answer = client.ask(&get(&path, &self.address, "")).await?;
        ensure!(answer.status == 200, "{path} answered {}", answer.status);
        Ok(serde_json::from_slice(&answer.body)?)
    }

    /// Ends it as a service manager does, and waits.
    pub async fn stop(mut self) -> Result<()> {
        let id = self.child.id().context("the server has ended")?;
        let ended = Command::new("kill").arg(id.to_string()).status().await?;
        ensure!(ended.success(), "the server could not be ended");
        self.child.wait().await?;
        Ok(())
    }
}

/// An empty folder below the work folder.
pub fn empty_folder(work: &Path, name: &str) -> Result<PathBuf> {
    let folder = work.join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
