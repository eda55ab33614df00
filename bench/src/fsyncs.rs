//! P10: how many fsyncs an acknowledged registration costs. They do not vary with the machine's
//! mood, so this gates.

use std::{
    fs,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Result, ensure};

use crate::{
    Place,
    durable::{self, CLIENTS},
    huiyin::{Huiyin, empty_folder},
};

/// Registrations for each fsync.
const MUST: f64 = 15.0;
const AIM: f64 = 40.0;
const TIME: Duration = Duration::from_secs(3);

pub async fn run(place: &Place) -> Result<()> {
    let folder = empty_folder(&place.work, "fsyncs")?;
    let log = folder.join("strace");
    let huiyin = Huiyin::start_traced(&place.huiyin, &folder.join("data"), &log).await?;
    let visit = durable::open_visit(&huiyin).await?;
    let began = unix_time();
    let registered = durable::register(&huiyin, &visit, TIME).await?;
    let ended = unix_time();
    huiyin.stop().await?;
    let fsyncs = fs::read_to_string(log)?
        .lines()
        .filter(|line| is_sync_between(line, began, ended))
        .count();
    let each = registered.acknowledged as f64 / fsyncs as f64;
    println!(
        "P10 {CLIENTS} clients, {} registrations, {fsyncs} fsyncs: 1 for {each:.0} registrations \
         (must {MUST}, aim {AIM})",
        registered.acknowledged
    );
    ensure!(
        fsyncs > 0,
        "P10: no fsync was seen, so nothing is durable or the trace is blind"
    );
    ensure!(each >= MUST, "P10: one fsync for {each:.1} registrations");
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "strace writes the system's clock"
)]
fn unix_time() -> f64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0.0, |since| since.as_secs_f64())
}

/// `4711 1700000000.123456 fdatasync(12) = 0`, or the first half of one that another thread
/// interrupted.
fn is_sync_between(line: &str, began: f64, ended: f64) -> bool {
    let mut words = line.split_whitespace().skip(1);
    let at = words.next().and_then(|time| time.parse::<f64>().ok());
    let call = words.next().unwrap_or_default();
    let is_sync = call.starts_with("fsync(") || call.starts_with("fdatasync(");
    is_sync && at.is_some_and(|at| (began..=ended).contains(&at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sync_is_counted_once_and_only_within_the_time() {
        let counted = |line: &str| is_sync_between(line, 10.0, 20.0);
        assert!(counted("7 15.5 fdatasync(12) = 0"));
        assert!(counted("7 15.5 fsync(12 <unfinished ...>"));
        assert!(!counted("7 15.6 <... fsync resumed>) = 0"));
        assert!(!counted("7 25.5 fsync(12) = 0"));
    }
}
