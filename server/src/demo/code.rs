//! `huiyin demo`: what only folders that hold a demonstration have.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};

use crate::{accounts, clock, data::Place};

#[derive(Debug, Args)]
pub struct DemoArgs {
    /// The folder that holds the demonstration.
    #[arg(long, default_value = "huiyin-data", env = "HUIYIN_DATA")]
    data: PathBuf,
    /// A PostgreSQL database instead of the file in the data folder.
    #[arg(long, env = "HUIYIN_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    #[command(subcommand)]
    command: DemoCommand,
}

#[derive(Debug, Subcommand)]
enum DemoCommand {
    /// Print the one-time code of a demonstration account.
    Code {
        /// The account's name, such as 演示甲.
        name: String,
    },
}

pub async fn run(args: DemoArgs) -> Result<()> {
    let place = Place {
        folder: args.data.clone(),
        database_url: args.database_url,
    };
    let data = place
        .open()
        .await?
        .with_context(|| format!("{} is empty", args.data.display()))?;
    if !data.site.demo {
        bail!(
            "{} holds a real county: its one-time codes are on its officials' own devices",
            args.data.display()
        );
    }
    let DemoCommand::Code { name } = args.command;
    let code = accounts::current_code(&data.store, data.county, &name, clock::now()).await?;
    println!("{code}");
    data.store.close().await;
    Ok(())
}
