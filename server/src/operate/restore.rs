//! `huiyin restore`: an empty machine, an archive, and the recovery sheet.

use std::{fs, io::BufReader, path::PathBuf};

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Utc};
use clap::Args;
use store::{Store, StoreLocation, backup::ArchiveKey, recovery::read_words};
use zeroize::Zeroizing;

use crate::{
    config::PlaceArgs,
    data::{Place, Use},
};

#[derive(Debug, Args)]
pub struct RestoreArgs {
    #[command(flatten)]
    place: PlaceArgs,
    /// The archive.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// A file with the 24 words of the recovery sheet or with the words of two shares, or - for the
    /// standard input. Given twice, a share each.
    #[arg(long, value_name = "FILE", required = true)]
    sheet_file: Vec<String>,
    /// A file that holds the archive's passphrase.
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "identity_file",
        required_unless_present = "identity_file"
    )]
    passphrase_file: Option<String>,
    /// A file with the age identity, AGE-SECRET-KEY-1…
    #[arg(long, value_name = "FILE")]
    identity_file: Option<String>,
}

pub async fn run(args: RestoreArgs) -> Result<()> {
    let config = super::begin(&args.place)?;
    let place = config.place();
    if !place.is_new() {
        bail!(
            "{} is not empty: a restore never writes over a county",
            config.data.display()
        );
    }
    let mut words = Zeroizing::new(String::new());
    for file in &args.sheet_file {
        words.push_str(&super::secret(file)?);
        words.push('\n');
    }
    let master = read_words(&words).context("the recovery sheet")?;
    let key = match (&args.identity_file, &args.passphrase_file) {
        (Some(file), _) => ArchiveKey::identity(&super::secret(file)?)?,
        (None, Some(file)) => ArchiveKey::passphrase(super::secret(file)?.to_string()),
        (None, None) => bail!("give --passphrase-file or --identity-file"),
    };
    let archive =
        fs::File::open(&args.from).with_context(|| format!("reading {}", args.from.display()))?;
    let _in_use = place.lock(Use::Alone)?;
    // Before the data: at no moment is there a database whose key is only in memory.
    place.keep_key(&master)?;
    let restored = Store::restore(&place.location(), &master, BufReader::new(archive), key).await;
    let summary = match restored {
        Ok(summary) => summary,
        Err(error) => {
            undo(&place);
            return Err(error).with_context(|| args.from.display().to_string());
        }
    };
    let at: DateTime<Utc> = summary.at.into();
    println!(
        "{} rows are back in {}, as they were at {at}. Phones fetch afresh and offer again what \
         they had sent since.",
        summary.rows,
        config.data.display()
    );
    Ok(())
}

/// Nothing half-restored stays: the next try finds an empty machine again.
fn undo(place: &Place) {
    _ = fs::remove_file(place.key_file());
    if let StoreLocation::Sqlite(file) = place.location() {
        for suffix in ["", "-wal", "-shm"] {
            let mut name = file.clone().into_os_string();
            name.push(suffix);
            _ = fs::remove_file(PathBuf::from(name));
        }
    }
}
