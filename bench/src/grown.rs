//! P13: a server over a county of many cases, how soon it answers and what it takes.

use std::{fs, path::PathBuf, process::Stdio};

use anyhow::{Result, ensure};
use tokio::process::Command;

use crate::{
    Grown,
    client::{Client, get},
    huiyin::Huiyin,
    statistics::median,
};

const MUST_START_MS: f64 = 500.0;
const MUST_RESIDENT_MB: f64 = 200.0;
const STARTS: usize = 7;
/// Pages and questions a server has answered when its memory is read.
const ASKED: usize = 2000;
const ADDRESSES: [&str; 5] = ["", "/notices", "/matters", "/register", "/notices?x=1"];

pub async fn run(grown: &Grown) -> Result<()> {
    let data = data(grown).await?;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let huiyin = Huiyin::start(&grown.place.huiyin, &data).await?;
        starts.push(huiyin.started_in.as_secs_f64() * 1000.0);
        huiyin.stop().await?;
    }
    let slowest = starts.iter().copied().fold(0.0, f64::max);
    let huiyin = Huiyin::start(&grown.place.huiyin, &data).await?;
    let idle = megabytes(huiyin.resident_bytes()?);
    let mut client = Client::connect(&huiyin.address).await?;
    for number in 0..ASKED {
        let path = format!("/{}{}", huiyin.county, ADDRESSES[number % ADDRESSES.len()]);
        let answer = client.ask(&get(&path, &huiyin.address, "")).await?;
        ensure!(answer.status == 200, "{path} answered {}", answer.status);
    }
    let used = megabytes(huiyin.resident_bytes()?);
    println!(
        "P13 {} cases: start {:.0} ms (slowest of {STARTS}: {slowest:.0}; must {MUST_START_MS}), \
         resident {idle:.0} MB, after {ASKED} pages {used:.0} MB (must {MUST_RESIDENT_MB})",
        grown.cases,
        median(starts)
    );
    ensure!(slowest <= MUST_START_MS, "P13: start took {slowest:.0} ms");
    ensure!(used <= MUST_RESIDENT_MB, "P13: {used:.0} MB are resident");
    huiyin.stop().await
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// The county, filled by `huiyin demo --scale` once and kept.
pub async fn data(grown: &Grown) -> Result<PathBuf> {
    let folder = grown.place.work.join(format!("cases-{}", grown.cases));
    let whole = folder.join("whole");
    if whole.exists() {
        return Ok(folder.join("data"));
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let filled = Command::new(&grown.place.huiyin)
        .args(["demo", "--scale", &grown.cases.to_string(), "--data"])
        .arg(folder.join("data"))
        .stderr(Stdio::null())
        .status()
        .await?;
    ensure!(filled.success(), "the county could not be filled");
    fs::write(whole, "")?;
    Ok(folder.join("data"))
}
