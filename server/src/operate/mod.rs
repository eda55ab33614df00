//! What an operator does besides running the server, one file a command.

pub mod backup;
pub mod calendar;
pub mod init;
pub mod keys;
pub mod migrate;
pub mod restore;
pub mod sheet;
pub mod verify;

use std::io::Read;

use anyhow::{Context, Result};
use zeroize::Zeroizing;

use crate::{
    config::{self, Config, PlaceArgs},
    logging,
};

/// Settings and log of a command that does one thing.
pub fn begin(args: &PlaceArgs) -> Result<Config> {
    let config = config::load_place(args)?.config;
    logging::start_quiet(&config)?;
    Ok(config)
}

/// A secret from a file, or from the standard input for `-`: never from the command line, which
/// others on the machine can read. A line break at its end is not part of it.
fn secret(from: &str) -> Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    if from == "-" {
        std::io::stdin()
            .read_to_string(&mut text)
            .context("reading the standard input")?;
    } else {
        *text = std::fs::read_to_string(from).with_context(|| format!("reading {from}"))?;
    }
    Ok(Zeroizing::new(
        text.trim_end_matches(['\r', '\n']).to_owned(),
    ))
}
