//! `cargo xtask e2e`: the browser tests, against the binary as it is shipped.

use std::{path::Path, process::Command};

use anyhow::Result;

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

/// The suites that run beside each other, each with a server, a folder and a port of its own. Those of
/// the first wait for the network much of the time, those of the second for the processor.
const LANES: [&[&str]; 2] = [
    &["offline"],
    &["ssr", "phone", "tablet", "uploads", "engines"],
];
const FIRST_PORT: usize = 3210;

/// Playwright starts the binary itself, in an empty folder (`end2end/playwright.config.ts`). With `args`
/// it runs what they name, otherwise everything.
pub fn against(huiyin: &Path, args: &[String]) -> Result<()> {
    // What stands between the browser and the server in the offline suite.
    process::run(cargo().args(["build", "--release", "--package=weakline"]))?;
    if !args.is_empty() {
        return process::run(playwright(huiyin).args(args));
    }
    let lanes = LANES.iter().enumerate().map(|(lane, projects)| {
        let mut command = playwright(huiyin);
        command.env("HUIYIN_E2E_PORT", (FIRST_PORT + lane).to_string());
        command.args(
            projects
                .iter()
                .map(|project| format!("--project={project}")),
        );
        command
    });
    process::run_together(lanes)
}

fn playwright(huiyin: &Path) -> Command {
    let mut command = Command::new(paths::npm_tool("playwright"));
    command
        .arg("test")
        .env("HUIYIN", huiyin)
        .env("WEAKLINE", paths::target().join("release/weakline"))
        .current_dir(paths::end2end());
    command
}
