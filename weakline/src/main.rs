//! A line as weak as a mountain road's: a proxy between a browser and our server, on loopback only.
//!
//! The kernels we test on have no netem, and a browser's own throttling leaves out what its service
//! worker asks for and counts latency once a request instead of once a round trip. Here the bytes
//! themselves are late, few or lost, whoever sends them.
//!
//! `weakline --listen 127.0.0.1:0 --to 127.0.0.1:3210 --control 127.0.0.1:0 --profile gprs` prints
//! one line, `{"listen":"127.0.0.1:…","control":"127.0.0.1:…"}`, and runs until its standard input
//! ends, so that a test that dies takes it along.
//!
//! # The model
//!
//! Each direction is one radio link that all connections share: segments leave it one after the
//! other at its rate, and arrive half a round trip later. A connection's first byte waits one round
//! trip more, for the handshake. What counts is HTTP as it is on the wire; headers of TCP and IP
//! (about 3 %), slow start and packet loss are not modelled (nft adds loss). What the browser's
//! kernel has taken counts as sent for the browser, as on a phone.
//!
//! # The control API
//!
//! HTTP/1.1 on the control address; bodies are JSON, and a mistake is answered 400 with its reason.
//!
//! | request | does |
//! |---|---|
//! | `POST /profile` | `{"name":"edge"}`, or `{"down_kbit":400,"up_kbit":400,"rtt_ms":400}`; without a rate, as fast as it goes |
//! | `POST /fault` | one of those below |
//! | `POST /reset` | as at the start: first profile, network up, no faults, nothing seen |
//! | `GET /seen` | `connections`, `refused`, `bytes_up`, `bytes_down` and the `requests` in their order: `method`, `path`, `status`, `fault`, `bytes_up`, `bytes_down` |
//! | `DELETE /seen` | counts from zero |
//!
//! The network has one state; the newest holds:
//!
//! | fault | does |
//! |---|---|
//! | `{"fault":"down"}` | every connection is reset, new ones at once |
//! | `{"fault":"blackhole"}` | connected, and not a byte passes; it goes on where it stood |
//! | `{"fault":"flap","up_ms":2000,"down_ms":8000,"as":"down"}` | up first, then down, in turns; `as` may be `blackhole` |
//! | `{"fault":"up"}` | the network is back; everything else stays |
//!
//! Faults of requests pile up. Of those that apply to a request, the oldest strikes. `on` says which
//! requests: `{"path":"/commands","method":"POST","from":2,"times":3}` is the second to fourth POST
//! whose address contains `/commands`. All four may be left out; without `times`, until the reset.
//!
//! | fault | does |
//! |---|---|
//! | `{"fault":"cut","side":"request","after":100,"how":"rst","on":…}` | after 100 bytes of the request (or, with `answer`, of the answer) on the wire the connection ends: `fin`, `rst`, or `swallow`, where it stays and nothing more arrives |
//! | `{"fault":"drop_answer","how":"rst","on":…}` | the server answers in full, the browser hears none of it |
//! | `{"fault":"portal","to":null,"on":…}` | a captive portal: 200 and its page, or 302 to the address `to` |
//! | `{"fault":"status","status":503,"retry_after":"5","on":…}` | this status in plain text; the server hears nothing |
//!
//! Chromium sends a request again by itself, once and unseen by the page, when a kept connection
//! breaks before the answer. One lost answer is then two requests at the server and none that failed
//! in the page: strike twice, or without `times`, for the page to hear of it.
//!
//! Requests are told apart on connections that are kept, but not when they are pipelined: browsers
//! do not do that.

mod body;
mod carry;
mod connection;
mod control;
mod exchange;
mod fault;
mod line;
mod link;
mod listen;
mod loopback;
mod network;
mod profile;
mod rules;
mod seen;
mod talk;

use std::{io, sync::Arc};

use anyhow::Result;
use clap::Parser;
use serde_json::json;
use tokio::sync::oneshot;

use crate::{line::Line, loopback::Loopback, profile::Name};

#[derive(Parser)]
struct Cli {
    /// Where the browser connects.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: Loopback,
    /// The server behind the line.
    #[arg(long)]
    to: Loopback,
    /// Where tests set profiles and faults.
    #[arg(long, default_value = "127.0.0.1:0")]
    control: Loopback,
    /// How weak the line is at first.
    #[arg(long, value_enum, default_value_t = Name::None)]
    profile: Name,
}

// One thread: the order of events is easier to follow, and a weak line is no work.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let cli = Cli::parse();
    let listener = listen::bind(cli.listen).await?;
    let control = listen::bind(cli.control).await?;
    println!(
        "{}",
        json!({ "listen": listener.local_addr()?, "control": control.local_addr()? })
    );
    let line = Arc::new(Line::new(cli.to, cli.profile.profile()));
    tokio::select! {
        never = connection::serve_all(&line, &listener) => match never {},
        never = control::serve_all(&line, &control) => match never {},
        _ = input_ends() => Ok(()),
    }
}

/// A thread of its own: tokio's reader of standard input would keep a failing process from ending.
fn input_ends() -> oneshot::Receiver<()> {
    let (ended, end) = oneshot::channel();
    std::thread::spawn(move || {
        _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        _ = ended.send(());
    });
    end
}
