//! `huiyin migrate`: what would change in the database, then the change.

use anyhow::{Result, bail};
use clap::Args;
use store::Store;

use crate::config::PlaceArgs;

#[derive(Debug, Args)]
pub struct MigrateArgs {
    #[command(flatten)]
    place: PlaceArgs,
    /// Only print the statements.
    #[arg(long)]
    plan: bool,
}

/// Servers do the same at their start; this is for those who want to see it first.
pub async fn run(args: MigrateArgs) -> Result<()> {
    let config = super::begin(&args.place)?;
    let place = config.place();
    if place.database_url.is_none() && place.is_new() {
        bail!("{} holds no database yet", config.data.display());
    }
    let pending = Store::plan(&place.location()).await?;
    if pending.is_empty() {
        println!("the schema is up to date");
        return Ok(());
    }
    for migration in &pending {
        println!(
            "-- migration {}\n{}",
            migration.number,
            migration.sql.trim()
        );
    }
    if args.plan {
        return Ok(());
    }
    place.open_store().await?.close().await;
    println!("-- done: {} migrations", pending.len());
    Ok(())
}
