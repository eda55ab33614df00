//! P12: the list of fifty notices, kept and compressed, beside axum serving the same bytes from
//! memory; and the same page rendered afresh for each request.

use std::{
    fs,
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use crate::{
    Grown,
    client::{Client, get},
    grown,
    huiyin::Huiyin,
    statistics::{Ratio, median},
};

const CLIENTS: usize = 64;
const ROUNDS: usize = 8;
const TIME: Duration = Duration::from_secs(1);
const MUST: f64 = 0.40;
const AIM: f64 = 0.70;
const BROTLI: &str = "Accept-Encoding: br\r\n";

pub async fn run(grown: &Grown) -> Result<()> {
    let data = grown::data(grown).await?;
    let huiyin = Huiyin::start(&grown.place.huiyin, &data).await?;
    let page = get(
        &format!("/{}/notices", huiyin.county),
        &huiyin.address,
        BROTLI,
    );
    let mut client = Client::connect(&huiyin.address).await?;
    let bytes = client.ask(&page).await?.body;
    let file = grown.place.work.join("page.br");
    fs::write(&file, &bytes)?;
    let (peer, address) = start_peer(&file).await?;
    let theirs = get("/", &address, BROTLI);
    let mut pairs = Vec::new();
    for _ in 0..ROUNDS {
        let before = rate(&address, &theirs).await?;
        let first = rate(&huiyin.address, &page).await?;
        let second = rate(&huiyin.address, &page).await?;
        let after = rate(&address, &theirs).await?;
        pairs.extend([(first, before), (second, after)]);
    }
    let share = Ratio::of(&pairs);
    println!(
        "P12 list of 50 notices, {} B compressed: {:.0} pages/s; axum from memory {:.0}/s; share \
         {share} (must {MUST}, aim {AIM})",
        bytes.len(),
        median(pairs.iter().map(|(ours, _)| *ours).collect()),
        median(pairs.iter().map(|(_, theirs)| *theirs).collect()),
    );
    // A question no screen knows: such an address is not kept.
    let afresh = get(
        &format!("/{}/notices?afresh=1", huiyin.county),
        &huiyin.address,
        "",
    );
    let mut rates = Vec::new();
    for _ in 0..ROUNDS {
        rates.push(rate(&huiyin.address, &afresh).await?);
    }
    println!(
        "    rendered afresh from SQLite: {:.0} pages/s",
        median(rates)
    );
    drop(peer);
    huiyin.stop().await?;
    ensure!(share.low >= MUST, "P12: {share} is below {MUST}");
    Ok(())
}

async fn rate(address: &str, request: &[u8]) -> Result<f64> {
    let done = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let (address, request) = (address.to_owned(), request.to_vec());
            let done = Arc::clone(&done);
            tokio::spawn(async move {
                let mut client = Client::connect(&address).await?;
                while began.elapsed() < TIME {
                    let status = client.ask(&request).await?.status;
                    ensure!(status == 200, "answered {status}");
                    done.fetch_add(1, Ordering::Relaxed);
                }
                Ok(())
            })
        })
        .collect();
    for client in clients {
        client.await??;
    }
    Ok(done.load(Ordering::Relaxed) as f64 / began.elapsed().as_secs_f64())
}

/// In a process of its own, as ours is.
async fn start_peer(file: &std::path::Path) -> Result<(Child, String)> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg("peer")
        .arg(file)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let output = child.stdout.take().context("the peer's output")?;
    let line = BufReader::new(output).lines().next_line().await?;
    let address = line
        .as_deref()
        .and_then(|line| line.strip_prefix("http://"));
    let address = address.context("the peer told no address")?;
    Ok((child, address.trim_end_matches('/').to_owned()))
}
