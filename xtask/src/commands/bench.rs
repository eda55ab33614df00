//! `cargo xtask bench [NAME]`: builds what is shipped and measures it. Reported, never a timed
//! test; what does not vary gates in `cargo xtask test`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;
use clap::ValueEnum;

use super::{build, setup};
use crate::{machine, paths, process, process::step, server::Server, site::Kind};

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Bench {
    /// P10: fsyncs a registration.
    Fsyncs,
    /// P10: durable registrations a second.
    Registrations,
    /// P12: the list of fifty notices beside axum and SvelteKit.
    Pages,
    /// P13: start and memory with many cases.
    Start,
    /// Q1: Lighthouse, mobile.
    Lighthouse,
    /// P5 to P9, P14: what a phone takes to show, start, save and send over a weak line, and a tablet
    /// to hold its worklist.
    Sync,
}

/// One, or all of them.
pub fn run(one: Option<Bench>, cases: u32) -> Result<()> {
    setup::run()?;
    let huiyin = build::run(Kind::Release)?;
    let all = Bench::value_variants();
    for bench in all
        .iter()
        .filter(|bench| one.is_none_or(|one| one == **bench))
    {
        match bench {
            Bench::Lighthouse => lighthouse(&huiyin)?,
            Bench::Sync => sync(&huiyin)?,
            bench => measure(&huiyin, *bench, cases)?,
        }
    }
    Ok(())
}

/// Runs one measurement of the `bench` crate.
pub fn measure(huiyin: &Path, bench: Bench, cases: u32) -> Result<()> {
    let name = bench.to_possible_value();
    let name = name.as_ref().map_or("", |name| name.get_name());
    step(name, || {
        let mut command = Command::new(bench_binary()?);
        command.arg(name).arg("--huiyin").arg(huiyin);
        command.arg("--work").arg(work()?);
        if matches!(bench, Bench::Pages | Bench::Start) {
            command.args(["--cases", &cases.to_string()]);
        }
        if bench == Bench::Pages {
            command.arg("--sveltekit").arg(sveltekit()?);
        }
        process::run(&mut command)
    })
}

fn bench_binary() -> Result<PathBuf> {
    process::run(process::cargo().args(["build", "--quiet", "--release", "--package=bench"]))?;
    Ok(paths::target().join("release/bench"))
}

/// The peer that renders the same rows, built.
fn sveltekit() -> Result<PathBuf> {
    let folder = paths::root().join("bench/sveltekit");
    machine::npm_packages(&folder)?;
    process::run(
        Command::new("npm")
            .args(["run", "--silent", "build"])
            .current_dir(&folder),
    )?;
    Ok(folder)
}

fn work() -> Result<PathBuf> {
    let work = paths::root().join("target/bench");
    fs::create_dir_all(&work)?;
    Ok(work)
}

fn lighthouse(huiyin: &Path) -> Result<()> {
    step("lighthouse", || {
        let server = Server::start(huiyin, "lighthouse-data")?;
        process::run(
            Command::new("node")
                .arg("lighthouse.mjs")
                .arg(format!("http://{}{}", server.address, server.county))
                .env("CHROME_PATH", "/usr/bin/chromium")
                .current_dir(paths::end2end()),
        )
    })
}

fn sync(huiyin: &Path) -> Result<()> {
    step("sync", || {
        process::run(process::cargo().args(["build", "--release", "--package=weakline"]))?;
        let folder = paths::end2end().join("bench");
        machine::npm_packages(&folder)?;
        let server = Server::start(huiyin, "sync-data")?;
        process::run(
            Command::new("node")
                .args(["--import", "tsx", "sync.ts"])
                .arg(&server.address)
                .env("WEAKLINE", paths::target().join("release/weakline"))
                .env("HUIYIN", huiyin)
                // Of the county with many matters, which is made there when it is asked for.
                .env("HUIYIN_E2E_DATA", work()?.join("worklist"))
                .current_dir(folder),
        )
    })
}
