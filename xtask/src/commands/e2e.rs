//! `cargo xtask e2e`: the browser tests, against the binary as it is shipped.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use super::{build, setup};
use crate::{
    paths,
    process::{self, cargo},
    site::Kind,
};

pub fn run(args: &[String]) -> Result<()> {
    setup::run()?;
    let huiyin = build::run(Kind::Release)?;
    against(&huiyin, args)
}

/// The suites that mostly wait for a network which is not there: they run beside the others, against a
/// server of their own.
const BESIDE: [&str; 2] = ["offline", "uploads"];
const OTHERS: [&str; 3] = ["ssr", "phone", "tablet"];

/// Playwright starts the binary itself, in an empty folder (`end2end/playwright.config.ts`).
pub fn against(huiyin: &Path, args: &[String]) -> Result<()> {
    // What stands between the browser and the server in the offline suite.
    process::run(cargo().args(["build", "--release", "--package=weakline"]))?;
    if !args.is_empty() {
        return process::run(playwright(huiyin).args(args));
    }
    let beside = playwright(huiyin)
        .args(BESIDE.map(|name| format!("--project={name}")))
        .env("HUIYIN_E2E_PORT", "3211")
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .context("starting the offline suite")?;
    let others = OTHERS.map(|name| format!("--project={name}"));
    let others = process::run(playwright(huiyin).args(others));
    // Not mixed into the lines of the others.
    let beside = beside.wait_with_output()?;
    std::io::stdout().write_all(&beside.stdout)?;
    ensure!(
        beside.status.success(),
        "the offline suite ended with {}",
        beside.status
    );
    others
}

fn playwright(huiyin: &Path) -> Command {
    let mut playwright = Command::new(paths::npm_tool("playwright"));
    playwright
        .arg("test")
        .env("HUIYIN", huiyin)
        .env("WEAKLINE", paths::target().join("release/weakline"))
        .current_dir(paths::end2end());
    playwright
}
