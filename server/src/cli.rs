//! The commands of the binary.

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::{
    config::{self, ServeArgs},
    demo::code::{self, DemoArgs},
    operate::{
        backup::{self, BackupArgs},
        calendar::{self, CalendarArgs},
        init::{self, InitArgs},
        keys::{self, KeysArgs},
        migrate::{self, MigrateArgs},
        restore::{self, RestoreArgs},
        verify::{self, VerifyArgs},
    },
    serve,
    user::{self, UserArgs},
};

/// 回音 Huiyin: petition reception with an answer to every matter.
///
/// Settings come from flags, then from the environment (HUIYIN_DATA and so on), then from
/// huiyin.toml; `huiyin config` shows each with where it came from.
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
    /// Set up a real county in an empty folder.
    Init(InitArgs),
    /// Bring the database's schema up to date, or print how.
    Migrate(MigrateArgs),
    /// Officials' accounts.
    User(UserArgs),
    /// The master key and its recovery sheet.
    Keys(KeysArgs),
    /// Write everything into one encrypted file.
    Backup(BackupArgs),
    /// Fill an empty folder from a backup and the recovery sheet.
    Restore(RestoreArgs),
    /// Prove that nothing was changed.
    Verify(VerifyArgs),
    /// Public holidays and the weekends worked in exchange.
    Calendar(CalendarArgs),
    /// Show every setting with where it came from.
    Config(ServeArgs),
    /// For folders that hold a demonstration.
    Demo(DemoArgs),
}

pub async fn run(cli: Cli) -> Result<()> {
    match cli.command {
        Command::Serve(args) => serve::run(args).await,
        Command::Init(args) => init::run(args).await,
        Command::Migrate(args) => migrate::run(args).await,
        Command::User(args) => user::run(args).await,
        Command::Keys(args) => keys::run(args).await,
        Command::Backup(args) => backup::run(args).await,
        Command::Restore(args) => restore::run(args).await,
        Command::Verify(args) => verify::run(args).await,
        Command::Calendar(args) => calendar::run(args).await,
        Command::Config(args) => {
            print!("{}", config::load(&args)?);
            Ok(())
        }
        Command::Demo(args) => code::run(args).await,
    }
}
