//! `cargo xtask setup`.

use anyhow::Result;

use crate::{machine, process::step};

pub fn run() -> Result<()> {
    for_build()?;
    step("system packages", machine::system_packages)?;
    step("Python tools", machine::python_tools)
}

/// What packaging needs; the browser and databases are for tests.
pub fn for_build() -> Result<()> {
    step("wasm target", machine::wasm_target)?;
    step("npm tools", machine::npm_tools)
}
