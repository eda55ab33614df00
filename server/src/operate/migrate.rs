//! `huiyin migrate`: what would change in the database, then the change.

use anyhow::{Result, bail};
use clap::Args;
use store::{Plan, Store};

use crate::config::PlaceArgs;

#[derive(Debug, Args)]
pub struct MigrateArgs {
    #[command(flatten)]
    place: PlaceArgs,
    /// Only print what would be done.
    #[arg(long)]
    plan: bool,
    /// Fold what screens read from the events again, though its form is the newest: after
    /// `huiyin verify` found rows that differ.
    #[arg(long, conflicts_with = "plan")]
    rebuild: bool,
}

/// Servers do the same at their start; this is for those who want to see it first.
pub async fn run(args: MigrateArgs) -> Result<()> {
    let config = super::begin(&args.place)?;
    let place = config.place();
    if place.database_url.is_none() && place.is_new() {
        bail!("{} holds no database yet", config.data.display());
    }
    let plan = Store::plan(&place.location()).await?;
    print(&plan);
    let nothing = plan == Plan::default() && !args.rebuild;
    if args.plan || nothing {
        return Ok(());
    }
    let store = place.open_store().await?;
    if args.rebuild && plan.rebuild.is_none() {
        let histories = store.rebuild_projections().await?;
        println!("-- rebuilt what screens read of {histories} histories");
    }
    store.close().await;
    println!("-- done: {} migrations", plan.migrations.len());
    Ok(())
}

fn print(plan: &Plan) {
    for migration in &plan.migrations {
        println!(
            "-- migration {}\n{}",
            migration.number,
            migration.sql.trim()
        );
    }
    if let Some(rebuild) = &plan.rebuild {
        println!(
            "-- what screens read is rebuilt from {} histories, form {} to {}; screens go on, and \
             what is sent waits for it",
            rebuild.aggregates, rebuild.from, rebuild.to
        );
    }
    if *plan == Plan::default() {
        println!("the schema is up to date, and so is what screens read");
    }
}
