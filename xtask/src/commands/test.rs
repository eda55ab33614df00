//! `cargo xtask test`: what continuous integration runs, and nothing else does.

use std::process::Command;

use anyhow::Result;

use super::{
    api,
    bench::{self, Bench},
    build, e2e, setup, size,
};
use crate::{
    process::{self, cargo, step},
    site::Kind,
};

pub fn run() -> Result<()> {
    setup::run()?;
    step("format", || {
        process::run(cargo().args(["fmt", "--all", "--check"]))
    })?;
    step("lints of the browser's side", || {
        let mut clippy = cargo();
        clippy.args(["clippy", "--package=app", "--package=device"]);
        clippy.arg("--features=app/hydrate");
        clippy.args(["--target=wasm32-unknown-unknown", "--", "-D", "warnings"]);
        process::run(&mut clippy)
    })?;
    step("lints and Rust tests", rust_tests)?;
    let huiyin = build::run(Kind::Release)?;
    step("browser tests", || e2e::against(&huiyin, &[]))?;
    api::against(&huiyin)?;
    bench::measure(&huiyin, Bench::Fsyncs, 0)?;
    size::run()?;
    process::say("every test passed");
    Ok(())
}

fn rust_tests() -> Result<()> {
    if process::have("cargo-nextest") {
        // nextest runs no documentation tests.
        let all = ["--workspace", "--all-targets", "--no-fail-fast"];
        process::run(linting(cargo().args(["nextest", "run"]).args(all)))?;
        process::run(linting(cargo().args(["test", "--workspace", "--doc"])))
    } else {
        process::run(linting(cargo().args([
            "test",
            "--workspace",
            "--no-fail-fast",
        ])))
    }
}

/// Lets clippy's driver, which is the compiler and its lints, compile our crates: what is built for the tests is
/// looked through as it is built, and not a second time by `cargo clippy`, which would check every dependency too.
fn linting(command: &mut Command) -> &mut Command {
    command.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver").env(
        "CLIPPY_ARGS",
        "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__",
    )
}
