//! P12: the list of fifty notices, kept and compressed, beside axum serving the same bytes from
//! memory; and the same page rendered afresh from SQLite, beside SvelteKit rendering the same rows.

use std::{
    fs,
    path::{Path, PathBuf},
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
    huiyin::{Huiyin, empty_folder},
    statistics::{Ratio, median},
};

const CLIENTS: usize = 64;
const ROUNDS: usize = 8;
const TIME: Duration = Duration::from_secs(1);
const BROTLI: &str = "Accept-Encoding: br\r\n";

/// What a measurement is called, and its budgets against the peer.
struct Budget {
    what: &'static str,
    peer: &'static str,
    must: f64,
    aim: f64,
}

const KEPT: Budget = Budget {
    what: "the list of 50 notices, kept",
    peer: "axum from memory",
    must: 0.40,
    aim: 0.70,
};
const AFRESH: Budget = Budget {
    what: "the list of 50 notices, afresh from SQLite",
    peer: "SvelteKit",
    must: 1.5,
    aim: 3.0,
};

/// `sveltekit` is the built peer (`bench/sveltekit`).
pub async fn run(grown: &Grown, sveltekit: &Path) -> Result<()> {
    let data = grown::data(grown).await?;
    let huiyin = Huiyin::start(&grown.place.huiyin, &data).await?;
    let kept = kept(grown, &huiyin).await?;
    let afresh = afresh(grown, &huiyin, sveltekit).await?;
    huiyin.stop().await?;
    for (budget, ratio) in [(KEPT, kept), (AFRESH, afresh)] {
        let (what, must) = (budget.what, budget.must);
        ensure!(ratio.low >= must, "P12 {what}: {ratio} is below {must}");
    }
    Ok(())
}

async fn kept(grown: &Grown, huiyin: &Huiyin) -> Result<Ratio> {
    let path = format!("/{}/notices", huiyin.county);
    let ours = get(&path, &huiyin.address, BROTLI);
    let bytes = Client::connect(&huiyin.address)
        .await?
        .ask(&ours)
        .await?
        .body;
    let file = grown.place.work.join("page.br");
    fs::write(&file, &bytes)?;
    let mut command = Command::new(std::env::current_exe()?);
    let (_peer, address) = start(command.arg("peer").arg(file), "http://").await?;
    let theirs = get("/", &address, BROTLI);
    compare(KEPT, (&huiyin.address, &ours), (&address, &theirs)).await
}

async fn afresh(grown: &Grown, huiyin: &Huiyin, sveltekit: &Path) -> Result<Ratio> {
    // A question no screen knows: such an address is not kept.
    let path = format!("/{}/notices?afresh=1", huiyin.county);
    let ours = get(&path, &huiyin.address, "");
    let database = rows_of(grown, huiyin, sveltekit).await?;
    let mut command = Command::new("node");
    command
        .arg(sveltekit.join("build"))
        .env("PEER_DATABASE", database)
        .env("NODE_ENV", "production")
        .envs([("HOST", "127.0.0.1"), ("PORT", "0")]);
    let (_peer, address) = start(&mut command, "Listening on http://").await?;
    let theirs = get("/notices", &address, "");
    compare(AFRESH, (&huiyin.address, &ours), (&address, &theirs)).await
}

/// The rows of our list in a database of the peer's own.
async fn rows_of(grown: &Grown, huiyin: &Huiyin, sveltekit: &Path) -> Result<PathBuf> {
    let folder = empty_folder(&grown.place.work, "sveltekit")?;
    let (rows, database) = (folder.join("rows.json"), folder.join("rows.sqlite"));
    fs::write(&rows, huiyin.json("notices").await?.to_string())?;
    let filled = Command::new("node")
        .arg(sveltekit.join("fill.js"))
        .args([&rows, &database])
        .status()
        .await?;
    ensure!(filled.success(), "the peer's rows could not be written");
    Ok(database)
}

/// Each of the two is an address and a request.
async fn compare(budget: Budget, ours: (&str, &[u8]), theirs: (&str, &[u8])) -> Result<Ratio> {
    let mut pairs = Vec::new();
    for _ in 0..ROUNDS {
        let before = rate(theirs).await?;
        let first = rate(ours).await?;
        let second = rate(ours).await?;
        let after = rate(theirs).await?;
        pairs.extend([(first, before), (second, after)]);
    }
    let ratio = Ratio::of(&pairs);
    let Budget {
        what,
        peer,
        must,
        aim,
    } = budget;
    println!(
        "P12 {what}: {:.0} pages/s of {} B; {peer} {:.0}/s of {} B; {ratio} (must {must}, aim {aim})",
        median(pairs.iter().map(|(ours, _)| *ours).collect()),
        bytes(ours).await?,
        median(pairs.iter().map(|(_, theirs)| *theirs).collect()),
        bytes(theirs).await?,
    );
    Ok(ratio)
}

async fn bytes((address, request): (&str, &[u8])) -> Result<usize> {
    let mut client = Client::connect(address).await?;
    Ok(client.ask(request).await?.body.len())
}

async fn rate((address, request): (&str, &[u8])) -> Result<f64> {
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

/// A peer in a process of its own, as ours is, and where it listens.
async fn start(command: &mut Command, announces: &str) -> Result<(Child, String)> {
    let mut child = command
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("starting {command:?}"))?;
    let output = child.stdout.take().context("the peer's output")?;
    let line = BufReader::new(output).lines().next_line().await?;
    let address = line
        .as_deref()
        .and_then(|line| line.strip_prefix(announces));
    let address = address.context("the peer told no address")?;
    Ok((child, address.trim_end_matches('/').to_owned()))
}
