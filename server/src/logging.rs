//! The log: lines for the operator, without anything a person typed.

use std::{
    io::{IsTerminal, stderr},
    panic,
};

use anyhow::{Context, Result};
use tracing_subscriber::{EnvFilter, fmt};

use crate::config::{Config, LogFormat};

/// What commands other than `serve` log: their output is on the standard output.
const QUIET: &str = "warn";

/// Starts the log of a server.
///
/// # Errors
/// The filter is none.
pub fn start(config: &Config) -> Result<()> {
    with(&config.log, config.log_format)
}

/// Starts the log of a command that does one thing and ends.
///
/// # Errors
/// As [`start`].
pub fn start_quiet(config: &Config) -> Result<()> {
    with(QUIET, config.log_format)
}

fn with(filter: &str, format: LogFormat) -> Result<()> {
    let filter = EnvFilter::try_new(filter).with_context(|| {
        format!("log: {filter:?} is no filter such as info or warn,server=debug")
    })?;
    let lines = fmt().with_env_filter(filter).with_writer(stderr);
    match format {
        LogFormat::Text => lines.with_ansi(stderr().is_terminal()).init(),
        LogFormat::Json => lines.json().init(),
    }
    panic::set_hook(Box::new(panicked));
    Ok(())
}

/// Where, not what: the words of a panic may hold what a person typed.
fn panicked(info: &panic::PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string);
    tracing::error!(place, "panicked");
}
