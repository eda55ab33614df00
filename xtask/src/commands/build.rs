//! `cargo xtask build`.

use std::path::PathBuf;

use anyhow::Result;

use super::setup;
use crate::{
    paths,
    process::{self, step},
    site::{self, Kind},
};

/// Packages the site, then builds the binary that embeds it. Answers where the binary is.
pub fn run(kind: Kind) -> Result<PathBuf> {
    setup::for_build()?;
    site::package(kind)?;
    step("server", || {
        let mut cargo = process::cargo();
        cargo.args(["build", "--package=server", "--bin=huiyin"]);
        if kind == Kind::Release {
            cargo.arg("--release");
        }
        process::run(&mut cargo)
    })?;
    let folder = match kind {
        Kind::Debug => "debug",
        Kind::Release => "release",
    };
    let binary = paths::target().join(folder).join("huiyin");
    process::say(&format!("built {}", binary.display()));
    Ok(binary)
}
