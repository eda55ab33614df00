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

/// Playwright starts the binary itself, in an empty folder (`end2end/playwright.config.ts`).
pub fn against(huiyin: &Path, args: &[String]) -> Result<()> {
    // What stands between the browser and the server in the offline suite.
    process::run(cargo().args(["build", "--release", "--package=weakline"]))?;
    process::run(
        Command::new(paths::npm_tool("playwright"))
            .arg("test")
            .args(args)
            .env("HUIYIN", huiyin)
            .env("WEAKLINE", paths::target().join("release/weakline"))
            .current_dir(paths::end2end()),
    )
}
