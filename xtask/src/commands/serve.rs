//! `cargo xtask serve`.

use std::process::Command;

use anyhow::Result;

use super::{build, setup};
use crate::{process, site::Kind};

pub fn run(args: &[String]) -> Result<()> {
    setup::run()?;
    let huiyin = build::run(Kind::Release)?;
    process::run(Command::new(huiyin).arg("serve").args(args))
}
