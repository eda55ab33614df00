//! `cargo xtask dev`: rebuild and restart whenever a source file changes.

use std::{
    fs,
    path::Path,
    process::{Child, Command},
    thread,
    time::{Duration, SystemTime},
};

use anyhow::Result;

use super::build;
use crate::{paths, process, site::Kind};

const SOURCES: [&str; 5] = ["app", "crates", "server", "style", "public"];
const LOOK_AGAIN: Duration = Duration::from_millis(500);

pub fn run(args: &[String]) -> Result<()> {
    let mut server: Option<Child> = None;
    loop {
        let seen = newest();
        match build::run(Kind::Debug) {
            Ok(huiyin) => {
                stop(server.take());
                server = Some(Command::new(huiyin).arg("serve").args(args).spawn()?);
            }
            // The old server goes on while the mistake is being mended.
            Err(error) => process::say(&format!("{error:#}")),
        }
        while newest() == seen {
            thread::sleep(LOOK_AGAIN);
        }
    }
}

fn stop(server: Option<Child>) {
    if let Some(mut server) = server {
        // It may have ended by itself; either way the address is free afterwards.
        _ = server.kill();
        _ = server.wait();
    }
}

/// When a source file was last written.
fn newest() -> Option<SystemTime> {
    SOURCES
        .iter()
        .filter_map(|folder| newest_in(&paths::root().join(folder)))
        .max()
}

fn newest_in(folder: &Path) -> Option<SystemTime> {
    fs::read_dir(folder)
        .ok()?
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let meta = entry.metadata().ok()?;
            if meta.is_dir() {
                newest_in(&entry.path())
            } else {
                meta.modified().ok()
            }
        })
        .max()
}
