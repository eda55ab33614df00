//! P10: durable registrations a second, beside what one fsync for each would allow.

use std::{
    fs,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};

use crate::{
    Place,
    durable::{self, CLIENTS},
    huiyin::{Huiyin, empty_folder},
    statistics::{Ratio, median},
};

/// Each starts with an empty county and gives two pairs.
const ROUNDS: usize = 4;
const TIME: Duration = Duration::from_secs(3);
/// Bytes a commit writes at least: one page.
const PAGE: usize = 4096;
const MUST_TIMES: f64 = 10.0;
const MUST_RATE: f64 = 1500.0;

pub async fn run(place: &Place) -> Result<()> {
    let mut pairs = Vec::new();
    for round in 0..ROUNDS {
        let folder = empty_folder(&place.work, "registrations")?;
        let huiyin = Huiyin::start(&place.huiyin, &folder.join("data")).await?;
        let visit = durable::open_visit(&huiyin).await?;
        let before = one_fsync_each(&folder)?;
        let first = rate(&huiyin, &visit).await?;
        let second = rate(&huiyin, &visit).await?;
        let after = one_fsync_each(&folder)?;
        println!(
            "    round {round}: {before:.0} fsyncs/s, {first:.0} and {second:.0} registrations/s, {after:.0} fsyncs/s"
        );
        pairs.extend([(first, before), (second, after)]);
        huiyin.stop().await?;
    }
    let times = Ratio::of(&pairs);
    let rate = median(pairs.iter().map(|(ours, _)| *ours).collect());
    let worst = pairs.iter().map(|(ours, _)| *ours).fold(f64::MAX, f64::min);
    println!(
        "P10 {CLIENTS} clients: {rate:.0} durable registrations/s (worst {worst:.0}), {times} times \
         one fsync each (must: {MUST_TIMES} times or {MUST_RATE}/s, whichever is lower; aim 4000/s)"
    );
    ensure!(
        times.low >= MUST_TIMES || worst >= MUST_RATE,
        "P10: {worst:.0}/s is below {MUST_RATE}/s and {:.1} below {MUST_TIMES} times",
        times.low
    );
    Ok(())
}

async fn rate(huiyin: &Huiyin, visit: &str) -> Result<f64> {
    let registered = durable::register(huiyin, visit, TIME).await?;
    Ok(registered.acknowledged as f64 / registered.seconds)
}

/// Pages appended and synced one after another, a second long: the most that one fsync for each
/// commit could come to on this disk.
fn one_fsync_each(folder: &Path) -> Result<f64> {
    let path = folder.join("fsync");
    let mut file = fs::File::create(&path)?;
    let began = Instant::now();
    let mut done = 0;
    while began.elapsed() < Duration::from_secs(1) {
        file.write_all(&[7; PAGE])?;
        file.sync_data()?;
        done += 1;
    }
    let seconds = began.elapsed().as_secs_f64();
    fs::remove_file(path)?;
    Ok(f64::from(done) / seconds)
}
