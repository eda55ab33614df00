//! `huiyin verify`: proof that nothing was changed.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use store::verify::{Finding, SignedCheckpoint};

use crate::{
    attachments::Attachments,
    clock,
    config::{Config, PlaceArgs},
    data::Data,
};

#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    place: PlaceArgs,
    /// A checkpoint that was kept elsewhere: it shows even a database put back as a whole.
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Sign the present state and write it to a file, to be kept elsewhere.
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
}

pub async fn run(args: VerifyArgs) -> Result<()> {
    let config = super::begin(&args.place)?;
    let data = config.place().open_existing().await?;
    let kept = match &args.against {
        Some(path) => {
            let text =
                fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
            let kept: SignedCheckpoint = serde_json::from_str(&text)
                .with_context(|| format!("{} is no checkpoint", path.display()))?;
            if !kept.is_signed_by(&data.store.checkpoint_public_key()) {
                bail!("{} was not signed by this county's key", path.display());
            }
            Some(kept)
        }
        None => None,
    };
    let report = data.store.verify(data.county, kept.as_ref()).await?;
    println!(
        "{} histories, {} events, {} rows that screens read, {} checkpoints",
        report.aggregates, report.events, report.rows, report.checkpoints
    );
    for finding in &report.findings {
        println!("{}", sentence(finding));
    }
    let spoiled = spoiled(&config, &data).await?;
    let found = report.findings.len();
    let is_row = |finding: &&Finding| matches!(finding, Finding::RowsDiffer { .. });
    let rows = report.findings.iter().filter(is_row).count();
    if rows > 0 && rows == found {
        bail!("{rows} differences: the events are whole, and `huiyin migrate --rebuild` mends it");
    }
    if !report.is_whole() {
        bail!("{found} breaks were found");
    }
    if spoiled > 0 {
        bail!("{spoiled} photos or recordings are not as they were kept; the histories are whole");
    }
    println!(
        "whole: nothing was changed, removed, inserted or put in another order, and screens show \
         what the events say"
    );
    if let Some(path) = &args.checkpoint {
        let now = clock::now().into();
        let checkpoint = data.store.take_checkpoint(data.county, now).await?;
        fs::write(path, serde_json::to_string_pretty(&checkpoint)?)
            .with_context(|| format!("writing {}", path.display()))?;
        println!("checkpoint {} is in {}", checkpoint.number, path.display());
    }
    data.store.close().await;
    Ok(())
}

/// How many photos and recordings are gone or are not what was kept, each named.
async fn spoiled(config: &Config, data: &Data) -> Result<usize> {
    let (objects, limits) = (config.objects()?, config.upload_limits());
    let attachments = Attachments::new(data.store.clone(), objects, limits);
    let (looked_at, spoiled) = attachments.spoiled(data.county).await?;
    println!("{looked_at} photos and recordings");
    for of in &spoiled {
        println!(
            "gone or changed: attachment {} of {} {}",
            of.id,
            of.owner.kind(),
            of.owner.id()
        );
    }
    Ok(spoiled.len())
}

fn sentence(finding: &Finding) -> String {
    match finding {
        Finding::Changed {
            kind, id, version, ..
        } => {
            format!("changed: event {version} of {kind} {id}")
        }
        Finding::Removed {
            kind, id, version, ..
        } => {
            format!("removed: event {version} of {kind} {id}")
        }
        Finding::OutOfOrder {
            kind, id, version, ..
        } => {
            format!("inserted or moved: event {version} of {kind} {id}")
        }
        Finding::HeadDiffers {
            kind,
            id,
            head,
            last,
            ..
        } => {
            format!("cut or added to: {kind} {id} should end at {head} and ends at {last}")
        }
        Finding::BehindCheckpoint {
            kind, id, version, ..
        } => {
            format!(
                "put back: {kind} {id} no longer holds the event {version} a checkpoint had seen"
            )
        }
        Finding::Unreadable { kind, id, .. } => {
            format!("unreadable: the events of {kind} {id} are whole, but make no sense here")
        }
        Finding::RowsDiffer {
            table, kind, id, ..
        } => {
            format!("differs: what {table} says of {kind} {id} is not what its events say")
        }
        Finding::RootDiffers { checkpoint, .. } => {
            format!("a history is missing or older than checkpoint {checkpoint} says")
        }
        Finding::BadCheckpoint { checkpoint, .. } => {
            format!("checkpoint {checkpoint} is forged or out of its place")
        }
        Finding::CheckpointMissing { checkpoint, .. } => {
            format!("checkpoint {checkpoint} was kept elsewhere and is missing here")
        }
    }
}
