//! The one entry point: `cargo xtask` lists everything one can do here.

mod commands;
mod machine;
mod paths;
mod process;
mod server;
mod site;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Everything one can do in this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing: wasm target, npm tools and, on Debian as root, system packages.
    Setup,
    /// Package the site into target/site and build the `huiyin` binary with it inside.
    Build {
        /// Optimised and compressed, as it is shipped.
        #[arg(long)]
        release: bool,
    },
    /// Set up, build and run the server. Everything after `serve` goes to `huiyin serve`.
    Serve {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Set up and run every test there is: format, lints, Rust, browser, sizes.
    Test,
    /// Run the browser tests. Everything after `e2e` goes to Playwright.
    E2e {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Let schemathesis try the API of the binary as it is shipped.
    Api,
    /// Measure what varies (budgets P5 to P10, P12, P13, P14, Lighthouse); without a name,
    /// everything.
    Bench {
        name: Option<commands::bench::Bench>,
        /// Cases in the county that `pages` and `start` are measured over.
        #[arg(long, default_value_t = 100_000)]
        cases: u32,
    },
    /// Print what a phone downloads (budgets P1, P3, P4) and the size of the binary (P13); fail
    /// above the budget.
    Size,
    /// Rebuild, restart and reload the page whenever a file changes.
    Dev {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Setup => commands::setup::run(),
        Command::Build { release: true } => commands::build::run(site::Kind::Release).map(drop),
        Command::Build { release: false } => commands::build::run(site::Kind::Debug).map(drop),
        Command::Serve { args } => commands::serve::run(&args),
        Command::Test => commands::test::run(),
        Command::E2e { args } => commands::e2e::run(&args),
        Command::Api => commands::api::run(),
        Command::Bench { name, cases } => commands::bench::run(name, cases),
        Command::Size => commands::size::run(),
        Command::Dev { args } => commands::dev::run(&args),
    }
}
