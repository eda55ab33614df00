//! `cargo xtask test`: what continuous integration runs, and nothing else does.

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
    step("lints", || {
        process::run(
            cargo()
                .args(["clippy", "--workspace", "--all-targets"])
                .args(DENY),
        )
    })?;
    step("lints of the browser's side", || {
        let mut clippy = cargo();
        clippy.args(["clippy", "--package=app", "--package=device"]);
        clippy.arg("--features=app/hydrate");
        process::run(clippy.arg("--target=wasm32-unknown-unknown").args(DENY))
    })?;
    step("Rust tests", rust_tests)?;
    let huiyin = build::run(Kind::Release)?;
    step("browser tests", || e2e::against(&huiyin, &[]))?;
    api::against(&huiyin)?;
    bench::measure(&huiyin, Bench::Fsyncs, 0)?;
    size::run()?;
    process::say("every test passed");
    Ok(())
}

const DENY: [&str; 3] = ["--", "-D", "warnings"];

fn rust_tests() -> Result<()> {
    if process::have("cargo-nextest") {
        // nextest runs no documentation tests.
        process::run(cargo().args(["nextest", "run", "--workspace", "--no-fail-fast"]))?;
        process::run(cargo().args(["test", "--workspace", "--doc"]))
    } else {
        process::run(cargo().args(["test", "--workspace", "--no-fail-fast"]))
    }
}
