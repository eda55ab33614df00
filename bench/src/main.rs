//! Measures a built `huiyin` as clients see it: `cargo xtask bench` builds both and runs this.
//!
//! Times are ratios against a peer measured in the same minute (A B B A, the median with its 95 %
//! interval, the worse end counts): a figure of a shared machine alone says little.

mod client;
mod durable;
mod fsyncs;
mod grown;
mod huiyin;
mod pages;
mod peer;
mod registrations;
mod statistics;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// P10: fsyncs a registration, counted by strace.
    Fsyncs(Place),
    /// P10: durable registrations a second.
    Registrations(Place),
    /// P12: the list of fifty notices.
    Pages(Pages),
    /// P13: start and memory with many cases.
    Start(Grown),
    /// Serves a file's bytes from memory, for P12.
    #[command(hide = true)]
    Peer { file: PathBuf },
}

/// What is measured, and where its data may lie.
#[derive(clap::Args, Clone)]
struct Place {
    /// The binary.
    #[arg(long)]
    huiyin: PathBuf,
    /// A folder for data; it is emptied where that is needed.
    #[arg(long)]
    work: PathBuf,
}

#[derive(clap::Args, Clone)]
struct Grown {
    #[command(flatten)]
    place: Place,
    /// Cases in the county; made once and kept.
    #[arg(long, default_value_t = 100_000)]
    cases: u32,
}

#[derive(clap::Args, Clone)]
struct Pages {
    #[command(flatten)]
    grown: Grown,
    /// The folder of the peer that renders the same rows, built.
    #[arg(long)]
    sveltekit: PathBuf,
}

#[tokio::main]
async fn main() -> Result<()> {
    match Cli::parse().what {
        What::Fsyncs(place) => fsyncs::run(&place).await,
        What::Registrations(place) => registrations::run(&place).await,
        What::Pages(pages) => pages::run(&pages.grown, &pages.sveltekit).await,
        What::Start(grown) => grown::run(&grown).await,
        What::Peer { file } => peer::serve(&file).await,
    }
}
