//! The service worker's manifest: what it fetches ahead, in two packs, each file with its hash.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// The routes' modules whose screens a citizen opens. Everything else is the officials'.
const CITIZEN: [&str; 3] = ["outbox", "own", "public"];
const PLACE: &str = r#"const MANIFEST = { build: "none", citizen: [], office: [] };"#;

/// Writes the manifest into `sw.js`. The packaged site is whole but for its compressed copies.
pub fn write(site: &Path, build: &str) -> Result<()> {
    let pkg = site.join("pkg");
    let chunks = fs::read_to_string(pkg.join("chunks.json"))?;
    let chunks: BTreeMap<String, Vec<String>> = serde_json::from_str(&chunks)?;
    let (citizen, office) = packs(&pkg, &chunks)?;
    let address = |file: &str| format!("/pkg/{build}/{file}");
    let listed = |files: &BTreeSet<String>| -> Result<Vec<[String; 2]>> {
        files
            .iter()
            .map(|file| Ok([address(file), integrity(&pkg.join(file))?]))
            .collect()
    };
    let mut citizen = listed(&citizen)?;
    for file in root_files(site)? {
        citizen.push([format!("/{file}"), integrity(&site.join(&file))?]);
    }
    let manifest = serde_json::json!({
        "build": build,
        "citizen": citizen,
        "office": listed(&office)?,
    });
    let worker = site.join("sw.js");
    let script = fs::read_to_string(&worker)?;
    ensure!(
        script.contains(PLACE),
        "sw.js has no place for its manifest"
    );
    let script = script.replace(PLACE, &format!("const MANIFEST = {manifest};"));
    fs::write(worker, script)?;
    Ok(())
}

/// The files a citizen's screens need, and those only an official's do.
fn packs(
    pkg: &Path,
    chunks: &BTreeMap<String, Vec<String>>,
) -> Result<(BTreeSet<String>, BTreeSet<String>)> {
    let mut citizen = BTreeSet::new();
    let mut all = BTreeSet::new();
    for (module, files) in chunks {
        let files = files.iter().map(|file| format!("{file}.wasm"));
        match CITIZEN.contains(&name_of(module)) {
            true => citizen.extend(files),
            false => all.extend(files),
        }
    }
    ensure!(!citizen.is_empty(), "no chunk is named after {CITIZEN:?}");
    for entry in fs::read_dir(pkg)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let is_chunk = name.starts_with("chunk_") || name.starts_with("split_");
        if !is_chunk && name != "chunks.json" {
            citizen.insert(name);
        }
    }
    let office = all.difference(&citizen).cloned().collect();
    Ok((citizen, office))
}

/// The splitter adds a hash to a module's name: `own_15229977013991437335`.
pub fn name_of(module: &str) -> &str {
    match module.rsplit_once('_') {
        Some((name, hash)) if hash.chars().all(|digit| digit.is_ascii_digit()) => name,
        _ => module,
    }
}

/// The icons and the manifest of the app: what an installed app shows of itself.
fn root_files(site: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(site)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let shown = [".svg", ".png", ".webmanifest"];
        if shown.iter().any(|kind| name.ends_with(kind)) {
            files.push(name);
        }
    }
    files.sort();
    Ok(files)
}

/// As browsers check it (Subresource Integrity).
fn integrity(file: &Path) -> Result<String> {
    let contents = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    Ok(format!(
        "sha256-{}",
        STANDARD.encode(Sha256::digest(contents))
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_known_by_its_name_without_the_hash() {
        assert_eq!(name_of("own_15229977013991437335"), "own");
        assert_eq!(
            name_of("public_matters_15229977013991437335"),
            "public_matters"
        );
        assert_eq!(
            name_of("__design_view_2854701646162888525"),
            "__design_view"
        );
    }

    #[test]
    fn an_official_s_chunk_is_in_the_officials_pack_only() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["huiyin.js", "chunk_1.wasm", "chunk_2.wasm", "chunks.json"] {
            fs::write(folder.path().join(file), file).unwrap();
        }
        let chunks = BTreeMap::from([
            ("own_1".to_owned(), vec!["chunk_1".to_owned()]),
            (
                "work_1".to_owned(),
                vec!["chunk_1".to_owned(), "chunk_2".to_owned()],
            ),
        ]);
        let (citizen, office) = packs(folder.path(), &chunks).unwrap();
        assert_eq!(Vec::from_iter(citizen), ["chunk_1.wasm", "huiyin.js"]);
        assert_eq!(Vec::from_iter(office), ["chunk_2.wasm"]);
    }
}
