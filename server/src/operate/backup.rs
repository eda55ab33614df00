//! `huiyin backup`: everything as it is at this moment, in one encrypted file.

use std::{
    fs,
    io::BufWriter,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::Args;
use store::backup::ArchiveLock;

use crate::{
    clock,
    config::PlaceArgs,
    data::{Data, Place},
    recovery,
};

#[derive(Debug, Args)]
pub struct BackupArgs {
    #[command(flatten)]
    place: PlaceArgs,
    /// The archive to write; it must not exist.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// A file that holds the passphrase, or - for the standard input.
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "recipient",
        required_unless_present = "recipient"
    )]
    passphrase_file: Option<String>,
    /// An age recipient, age1…: its identity need not be on this machine.
    #[arg(long, value_name = "RECIPIENT")]
    recipient: Option<String>,
}

pub async fn run(args: BackupArgs) -> Result<()> {
    let config = super::begin(&args.place)?;
    let place = config.place();
    let lock = lock(&args)?;
    if args.to.exists() {
        bail!("{} exists: archives are not overwritten", args.to.display());
    }
    let data = place.open_existing().await?;
    warn(&place, &data, &args.to).await?;
    let part = part_of(&args.to);
    let written = write(&data, &part, lock).await;
    data.store.close().await;
    match written {
        Ok(rows) => {
            fs::rename(&part, &args.to).with_context(|| format!("naming {}", args.to.display()))?;
            println!("{rows} rows are in {}", args.to.display());
            Ok(())
        }
        Err(error) => {
            _ = fs::remove_file(&part);
            Err(error)
        }
    }
}

fn lock(args: &BackupArgs) -> Result<ArchiveLock> {
    match (&args.recipient, &args.passphrase_file) {
        (Some(recipient), _) => Ok(ArchiveLock::recipient(recipient)?),
        (None, Some(file)) => {
            let passphrase = super::secret(file)?;
            if passphrase.is_empty() {
                bail!("{file} is empty: a passphrase belongs in it");
            }
            Ok(ArchiveLock::passphrase(passphrase.to_string()))
        }
        (None, None) => bail!("give --passphrase-file or --recipient"),
    }
}

/// An archive opens nothing without the master key, and everything with it.
async fn warn(place: &Place, data: &Data, to: &Path) -> Result<()> {
    let key = recovery::key_name(&place.master_key()?);
    let known = recovery::confirmed(&data.store, data.county, &key).await?;
    if known.is_none() {
        eprintln!(
            "warning: nobody has confirmed a recovery sheet ({}). Without the master key this \
             archive cannot be read: run `huiyin keys sheet`, print it, then `huiyin keys confirm`",
            key
        );
    }
    if lies_beside(to, &place.key_file()) {
        eprintln!(
            "warning: the master key lies beside the archive: whoever takes this disk has both, \
             and when it breaks both are gone. Write the archive to another machine"
        );
    }
    Ok(())
}

/// In the key's folder, or in one below it. The key may be a link to a safer place.
fn lies_beside(archive: &Path, key: &Path) -> bool {
    let folder = archive
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).ok();
    let key = fs::canonicalize(key).ok();
    match (&folder, key.as_deref().and_then(Path::parent)) {
        (Some(archive), Some(key)) => archive.starts_with(key),
        _ => false,
    }
}

fn part_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

async fn write(data: &Data, part: &Path, lock: ArchiveLock) -> Result<u64> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    let file = options
        .open(part)
        .with_context(|| format!("writing {}", part.display()))?;
    let to = BufWriter::new(file.try_clone()?);
    let summary = data.store.backup(to, lock, clock::now().into()).await?;
    file.sync_all()
        .with_context(|| format!("writing {}", part.display()))?;
    Ok(summary.rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_lies_where_its_link_leads() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["data/archives", "safe", "elsewhere"] {
            fs::create_dir_all(at(name)).unwrap();
        }
        fs::write(at("data/plain.key"), "").unwrap();
        fs::write(at("safe/real.key"), "").unwrap();
        std::os::unix::fs::symlink(at("safe/real.key"), at("data/linked.key")).unwrap();
        for (archive, key, beside) in [
            ("data/archive", "data/plain.key", true),
            ("data/archives/archive", "data/plain.key", true),
            ("elsewhere/archive", "data/plain.key", false),
            ("data/archive", "data/linked.key", false),
            ("safe/archive", "data/linked.key", true),
        ] {
            assert_eq!(
                lies_beside(&at(archive), &at(key)),
                beside,
                "{archive} {key}"
            );
        }
    }
}
