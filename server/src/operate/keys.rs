//! `huiyin keys`: the master key and its recovery sheet.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use store::recovery::{SheetLanguage, read_words, shares, words};

use crate::{
    clock,
    config::PlaceArgs,
    data::{Data, Place, Use},
    recovery,
};

#[derive(Debug, Args)]
pub struct KeysArgs {
    #[command(flatten)]
    place: PlaceArgs,
    #[command(subcommand)]
    command: Option<KeysCommand>,
}

#[derive(Debug, Subcommand)]
enum KeysCommand {
    /// Say which key there is and whether its sheet is confirmed. The default.
    Show,
    /// Write the recovery sheet as a page to print.
    Sheet {
        /// Where to [default: recovery-sheet.html in the data folder].
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
        /// Print the 24 characters on the terminal instead.
        #[arg(long, conflicts_with = "to")]
        words: bool,
        /// Three shares in place of the whole sheet: any two are the key, one opens nothing.
        #[arg(long, conflicts_with = "to")]
        shares: bool,
    },
    /// Type the words back from paper, or those of two shares, so that they are known to be right.
    Confirm,
    /// Wrap everything under a new key. The server must be stopped, every server on PostgreSQL.
    Rotate,
}

pub async fn run(args: KeysArgs) -> Result<()> {
    let config = super::begin(&args.place)?;
    let place = config.place();
    let alone = matches!(args.command, Some(KeysCommand::Rotate));
    let _in_use = place.lock(if alone { Use::Alone } else { Use::Shared })?;
    let data = place.open_existing().await?;
    match args.command.unwrap_or(KeysCommand::Show) {
        KeysCommand::Show => show(&place, &data).await?,
        KeysCommand::Sheet {
            words,
            shares: true,
            ..
        } => three(&place, &data, words)?,
        KeysCommand::Sheet { words: true, .. } => {
            println!(
                "{}",
                words(&place.master_key()?, SheetLanguage::Chinese).concat()
            );
        }
        KeysCommand::Sheet { to, .. } => {
            let to = to.unwrap_or_else(|| recovery::file(&place));
            sheet(&place, &data, &to)?;
        }
        KeysCommand::Confirm => confirm(&place, &data).await?,
        KeysCommand::Rotate => rotate(&place, &data).await?,
    }
    data.store.close().await;
    Ok(())
}

async fn show(place: &Place, data: &Data) -> Result<()> {
    let name = recovery::key_name(&place.master_key()?);
    println!("master key  {name}  {}", place.key_file().display());
    match recovery::confirmed(&data.store, data.county, &name).await? {
        Some(confirmed) => println!("recovery sheet confirmed at {}", confirmed.at),
        None => println!(
            "recovery sheet NOT confirmed: `huiyin keys sheet`, then `huiyin keys confirm`"
        ),
    }
    let public = data.store.checkpoint_public_key();
    let hex: String = public.iter().map(|byte| format!("{byte:02x}")).collect();
    println!("checkpoints are signed by  {hex}");
    Ok(())
}

fn sheet(place: &Place, data: &Data, to: &Path) -> Result<()> {
    let page = recovery::page(&place.master_key()?, &data.site.county_name);
    recovery::write(to, &page)?;
    println!(
        "print {}, lock the paper away, remove the file, then run `huiyin keys confirm`",
        to.display()
    );
    Ok(())
}

/// Three shares of a new set, on the terminal as lines or as pages to print.
fn three(place: &Place, data: &Data, on_terminal: bool) -> Result<()> {
    let key = place.master_key()?;
    let three = shares(&key)?;
    if on_terminal {
        for share in &three {
            println!("{}", share.words(SheetLanguage::Chinese).concat());
        }
        return Ok(());
    }
    let set = recovery::write_shares(place, &key, &three, &data.site.county_name)?;
    println!(
        "print {} and its two sisters (set {set}), give them to three people, then run \
         `huiyin keys confirm` with two of them. Papers of earlier sets do not go with these",
        recovery::share_file(place, 1).display()
    );
    Ok(())
}

async fn confirm(place: &Place, data: &Data) -> Result<()> {
    eprintln!(
        "Type the 24 characters or words from the paper, or those of two shares one after another, \
         then Ctrl-D:"
    );
    let typed = read_words(&super::secret("-")?).context("the recovery sheet")?;
    recovery::confirm(place, data, &typed, clock::now()).await?;
    println!("the sheet is right, and its file is removed");
    Ok(())
}

async fn rotate(place: &Place, data: &Data) -> Result<()> {
    let before = recovery::key_name(&place.master_key()?);
    let keys = place.rotate(&data.store).await?;
    let file = recovery::write_sheet(place, &place.master_key()?, &data.site.county_name)?;
    println!(
        "{keys} keys are wrapped anew. Print the new sheet {}, then run `huiyin keys confirm`. \
         Archives made before today still need the old sheet ({before}): keep both",
        file.display()
    );
    Ok(())
}
