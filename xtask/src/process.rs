//! Running other programs so that a failure says which and why.

use std::{path::Path, process::Command, time::Instant};

use anyhow::{Context, Result, bail};

/// A line that tells the person at the terminal what happens now.
pub fn say(what: &str) {
    eprintln!("\x1b[1m== {what}\x1b[0m");
}

/// Runs a step and says how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(what);
    let started = Instant::now();
    let done = work().with_context(|| what.to_owned())?;
    eprintln!("   {what}: {:.1} s", started.elapsed().as_secs_f32());
    Ok(done)
}

pub fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(crate::paths::root());
    cargo
}

/// Runs to the end; anything but success is an error with the command line.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("could not start {command:?}"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}

/// Runs several beside each other, all to their end, and tells of each that failed.
pub fn run_together(commands: impl Iterator<Item = Command>) -> Result<()> {
    let mut running = Vec::new();
    for mut command in commands {
        let child = command
            .spawn()
            .with_context(|| format!("could not start {command:?}"))?;
        running.push((command, child));
    }
    let mut failed = Vec::new();
    for (command, mut child) in running {
        let status = child.wait()?;
        if !status.success() {
            failed.push(format!("{command:?} ended with {status}"));
        }
    }
    if !failed.is_empty() {
        bail!("{}", failed.join("; "));
    }
    Ok(())
}

/// Whether a program is on the path.
pub fn have(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| is_file(&folder.join(program)))
    })
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|meta| meta.is_file())
}
