//! The recovery sheet: the master key on paper. Whoever has it and a backup has everything; whoever
//! loses both it and the key file has nothing. It may be three shares instead, of which any two are
//! the key.

mod paper;

use std::{
    fs,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{
    County, MasterKey, Store, StoreError,
    recovery::{SetName, Share},
};

use crate::data::{Data, Place};

const SETTING: &str = "recovery_sheet";
const FILE: &str = "recovery-sheet.html";

/// The sheet that somebody typed back from paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Which key is on it.
    key: String,
    pub at: DateTime<Utc>,
}

/// A name for a key that says nothing about it: to tell sheets apart.
pub fn key_name(key: &MasterKey) -> String {
    let mut hash = Sha256::new();
    hash.update(b"huiyin recovery sheet");
    hash.update(key.expose());
    let [a, b, c, d, ..]: [u8; 32] = hash.finalize().into();
    format!("{a:02X}{b:02X}-{c:02X}{d:02X}")
}

/// The confirmation of this key's sheet, if there is one: a rotated key needs a sheet of its own.
///
/// # Errors
/// The database does not answer.
pub async fn confirmed(
    store: &Store,
    county: County,
    key_name: &str,
) -> Result<Option<Confirmed>, StoreError> {
    let stored = store.setting(county, SETTING).await?;
    let stored = stored.and_then(|json| serde_json::from_str::<Confirmed>(&json).ok());
    Ok(stored.filter(|stored| stored.key == key_name))
}

/// The key that nobody has typed back from paper yet, by its name. A demonstration asks for none.
///
/// # Errors
/// The database does not answer.
pub async fn unconfirmed(data: &Data) -> Result<Option<String>, StoreError> {
    let Some(key) = data.key_name.as_deref().filter(|_| !data.site.demo) else {
        return Ok(None);
    };
    let known = confirmed(&data.store, data.county, key).await?;
    Ok(known.is_none().then(|| key.to_owned()))
}

/// Notes that the key is on paper, and removes the files it was printed from.
///
/// # Errors
/// The words are those of another key, or the database does not answer.
pub async fn confirm(
    place: &Place,
    data: &Data,
    typed: &MasterKey,
    now: DateTime<Utc>,
) -> Result<()> {
    let key = place.master_key()?;
    if typed.expose() != key.expose() {
        bail!(
            "these are the words of another key ({}): this county's is {}",
            key_name(typed),
            key_name(&key)
        );
    }
    let confirmed = serde_json::to_string(&Confirmed {
        key: key_name(&key),
        at: now,
    })?;
    let store = &data.store;
    store.save_setting(data.county, SETTING, &confirmed).await?;
    put_away(place)
}

/// Where the sheet waits to be printed.
pub fn file(place: &Place) -> PathBuf {
    place.folder.join(FILE)
}

/// Where a share waits to be printed.
pub fn share_file(place: &Place, number: u8) -> PathBuf {
    place.folder.join(format!("recovery-share-{number}.html"))
}

/// Removes what waits to be printed.
fn put_away(place: &Place) -> Result<()> {
    let shares = (1..=3).map(|number| share_file(place, number));
    for file in shares.chain([file(place)]).filter(|file| file.exists()) {
        fs::remove_file(&file).with_context(|| format!("removing {}", file.display()))?;
    }
    Ok(())
}

/// Writes the whole sheet of a key where it waits to be printed, in place of what waited there.
///
/// # Errors
/// The file cannot be written.
pub fn write_sheet(place: &Place, key: &MasterKey, county_name: &str) -> Result<PathBuf> {
    put_away(place)?;
    let file = file(place);
    write(&file, &page(key, county_name))?;
    Ok(file)
}

/// Writes three shares where they wait to be printed. The whole sheet's file goes: it opens
/// everything alone.
///
/// # Errors
/// A file cannot be written.
pub fn write_shares(
    place: &Place,
    key: &MasterKey,
    shares: &[Share; 3],
    county_name: &str,
) -> Result<SetName> {
    put_away(place)?;
    for share in shares {
        let page = paper::share(share, key, county_name);
        write(&share_file(place, share.number()), &page)?;
    }
    Ok(shares[0].set())
}

/// The whole sheet as a page to print.
pub fn page(key: &MasterKey, county_name: &str) -> String {
    paper::sheet(key, county_name)
}

/// At every start of a real county until somebody typed the sheet back; makes it the first time.
///
/// # Errors
/// The sheet cannot be written.
pub async fn remind(place: &Place, data: &Data) -> Result<()> {
    let key = place.master_key()?;
    let known = confirmed(&data.store, data.county, &key_name(&key)).await?;
    if data.site.demo || known.is_some() {
        return Ok(());
    }
    let (file, shares) = (file(place), share_file(place, 1));
    let waiting = if shares.exists() { shares } else { file };
    if !waiting.exists() {
        write_sheet(place, &key, &data.site.county_name)?;
    }
    tracing::warn!(
        "nobody has confirmed the recovery sheet: print {}, keep it away from this machine, then \
         run `huiyin keys confirm`; without it a lost disk is a lost county",
        waiting.display()
    );
    Ok(())
}

/// Writes a sheet that only this account can read.
///
/// # Errors
/// The file cannot be written.
pub fn write(path: &Path, text: &str) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    let file = options.open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("writing {}", path.display()))
}
