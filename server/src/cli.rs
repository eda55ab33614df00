//! The commands of the binary.

use clap::{Parser, Subcommand};

use crate::{
    demo::code::{self, DemoArgs},
    serve::{self, ServeArgs},
    user::{self, UserArgs},
};

/// 回音 Huiyin: petition reception with an answer to every matter.
#[derive(Debug, Parser)]
#[command(name = "huiyin", version)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the server.
    Serve(ServeArgs),
    /// Officials' accounts.
    User(UserArgs),
    /// For folders that hold a demonstration.
    Demo(DemoArgs),
}

pub async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve(args) => serve::run(args).await,
        Command::User(args) => user::run(args).await,
        Command::Demo(args) => code::run(args).await,
    }
}
