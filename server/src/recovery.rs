//! The recovery sheet: the master key on paper. Whoever has it and a backup has everything; whoever
//! loses both it and the key file has nothing.

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
    recovery::{SheetLanguage, words},
};

use crate::{
    data::{Data, Place},
    qr,
};

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
    key: &MasterKey,
) -> Result<Option<Confirmed>, StoreError> {
    let stored = store.setting(county, SETTING).await?;
    let stored = stored.and_then(|json| serde_json::from_str::<Confirmed>(&json).ok());
    Ok(stored.filter(|stored| stored.key == key_name(key)))
}

/// Notes that the key is on paper, and removes the file it was printed from.
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
    let file = file(place);
    if file.exists() {
        fs::remove_file(&file).with_context(|| format!("removing {}", file.display()))?;
    }
    Ok(())
}

/// Where the sheet waits to be printed.
pub fn file(place: &Place) -> PathBuf {
    place.folder.join(FILE)
}

/// At every start of a real county until somebody typed the sheet back; makes it the first time.
///
/// # Errors
/// The sheet cannot be written.
pub async fn remind(place: &Place, data: &Data) -> Result<()> {
    let key = place.master_key()?;
    let known = confirmed(&data.store, data.county, &key).await?;
    if data.site.demo || known.is_some() {
        return Ok(());
    }
    let file = file(place);
    if !file.exists() {
        write(&file, &page(&key, &data.site.county_name))?;
    }
    tracing::warn!(
        "nobody has confirmed the recovery sheet: print {}, keep it away from this machine, then \
         run `huiyin keys confirm`; without it a lost disk is a lost county",
        file.display()
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

/// The sheet as a page to print: 24 characters, the same as 24 English words, and as a QR code.
pub fn page(key: &MasterKey, county_name: &str) -> String {
    let rows: String = words(key, SheetLanguage::Chinese)
        .chunks(6)
        .map(|row| {
            let cells: String = row.iter().map(|word| format!("<td>{word}</td>")).collect();
            format!("<tr>{cells}</tr>")
        })
        .collect();
    let english = words(key, SheetLanguage::English).join(" ");
    let code = qr::drawn(&english).map_or_else(String::new, |(path, size)| {
        format!(
            "<svg viewBox=\"0 0 {size} {size}\" width=\"45mm\" role=\"img\" aria-label=\"QR\">\
             <path d=\"{path}\"/></svg>"
        )
    });
    let (name, county) = (key_name(key), escaped(county_name));
    format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>恢复单 {name}</title>\
         <style>body{{font:14pt/1.6 serif;margin:20mm}}td{{border:1px solid;padding:4mm 6mm;\
         font-size:24pt}}code{{font-size:11pt}}</style>\
         <h1>恢复单 · Recovery sheet</h1><p>{county}　{name}</p>\
         <p>这 24 个字就是主密钥。没有它，备份谁也打不开；有了它和备份，就能读到全部内容。\
         打印两份，分开锁好，不要拍照，不要和备份放在一起。</p>\
         <p lang=\"en\">These 24 characters are the master key. Without them no backup can be read; with \
         them and a backup, everything can. Print two, lock them away apart, take no photograph.</p>\
         <table>{rows}</table><p><code>{english}</code></p>{code}\
         <p>恢复 Restore: <code>huiyin restore</code>　核对 Confirm: <code>huiyin keys confirm</code></p></html>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_holds_its_key_three_times_over() {
        let key = MasterKey::from_bytes([7; 32]);
        let page = page(&key, "某县<");
        for word in words(&key, SheetLanguage::Chinese) {
            assert!(page.contains(&format!("<td>{word}</td>")));
        }
        assert!(page.contains(&words(&key, SheetLanguage::English).join(" ")));
        assert!(page.contains("<svg"));
        assert!(page.contains("某县&lt;"));
        assert_ne!(key_name(&key), key_name(&MasterKey::from_bytes([8; 32])));
    }
}
