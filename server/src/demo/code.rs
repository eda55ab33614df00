//! `huiyin demo`: what only folders that hold a demonstration have.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};

use crate::{accounts, clock, data::Place};

#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub struct DemoArgs {
    /// The folder that holds the demonstration.
    #[arg(
        long,
        global = true,
        default_value = "huiyin-data",
        env = "HUIYIN_DATA"
    )]
    data: PathBuf,
    /// A PostgreSQL database instead of the file in the data folder.
    #[arg(
        long,
        global = true,
        env = "HUIYIN_DATABASE_URL",
        hide_env_values = true
    )]
    database_url: Option<String>,
    /// Fill an empty folder with the demonstration, fifty visits and this many cases more, and tell
    /// the rate.
    #[arg(long, value_name = "CASES")]
    scale: Option<u32>,
    #[command(subcommand)]
    command: Option<DemoCommand>,
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
        folder: args.data,
        database_url: args.database_url,
    };
    match (args.command, args.scale) {
        (Some(DemoCommand::Code { name }), None) => print_code(&place, &name).await,
        (None, Some(cases)) => fill(&place, cases).await,
        _ => bail!("either `--scale CASES` or `code NAME`"),
    }
}

async fn fill(place: &Place, cases: u32) -> Result<()> {
    if place.open().await?.is_some() {
        bail!("{} is not empty", place.folder.display());
    }
    let store = place.open_store().await?;
    println!("{}", super::fill_to(&store, clock::now(), cases).await?);
    store.close().await;
    Ok(())
}

async fn print_code(place: &Place, name: &str) -> Result<()> {
    let data = place
        .open()
        .await?
        .with_context(|| format!("{} is empty", place.folder.display()))?;
    if !data.site.demo {
        bail!(
            "{} holds a real county: its one-time codes are on its officials' own devices",
            place.folder.display()
        );
    }
    let code = accounts::current_code(&data.store, data.county, name, clock::now()).await?;
    println!("{code}");
    data.store.close().await;
    Ok(())
}
