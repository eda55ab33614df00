//! The program under test.

use std::{io, net::SocketAddr, process::Stdio};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use crate::{
    browser::{Answer, Browser},
    origin::Origin,
};

/// Ended when dropped.
pub struct Weakline {
    pub child: Child,
    pub address: SocketAddr,
    pub control: SocketAddr,
}

pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_weakline"));
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// A server, and a strong line to it.
pub async fn line() -> (Origin, Weakline) {
    let origin = Origin::start().await;
    let weakline = Weakline::start(origin.address, "none").await;
    (origin, weakline)
}

impl Weakline {
    pub async fn start(to: SocketAddr, profile: &str) -> Self {
        let mut command = command();
        command.args(["--profile", profile, "--to", &to.to_string()]);
        let mut child = command.spawn().expect("weakline starts");
        let output = child.stdout.take().unwrap();
        let line = BufReader::new(output).lines().next_line().await.unwrap();
        let told: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let address = |name: &str| told[name].as_str().unwrap().parse().unwrap();
        let (address, control) = (address("listen"), address("control"));
        Self {
            child,
            address,
            control,
        }
    }

    pub async fn browser(&self) -> Browser {
        Browser::connect(self.address).await.unwrap()
    }

    /// A connection and a request of its own.
    pub async fn ask(&self, method: &str, path: &str) -> io::Result<Answer> {
        Browser::connect(self.address)
            .await?
            .ask(method, path, b"")
            .await
    }

    pub async fn fault(&self, fault: Value) {
        self.post("/fault", fault).await;
    }

    pub async fn profile(&self, down_kbit: u32, up_kbit: u32, rtt_ms: u32) {
        let profile = json!({"down_kbit": down_kbit, "up_kbit": up_kbit, "rtt_ms": rtt_ms});
        self.post("/profile", profile).await;
    }

    pub async fn reset(&self) {
        self.post("/reset", Value::Null).await;
    }

    pub async fn seen(&self) -> Value {
        let (status, body) = self.control("GET", "/seen", "").await;
        assert_eq!(status, 200);
        serde_json::from_str(&body).unwrap()
    }

    pub async fn control(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        let mut control = Browser::connect(self.control).await.unwrap();
        let answer = control.ask(method, path, body.as_bytes()).await.unwrap();
        (answer.status, answer.text())
    }

    async fn post(&self, path: &str, body: Value) {
        let (status, text) = self.control("POST", path, &body.to_string()).await;
        assert_eq!(status, 204, "{text}");
    }
}
