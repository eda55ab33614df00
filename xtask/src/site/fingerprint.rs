//! Hashes that tell whether something is the same as before.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::Kind;
use crate::paths;

/// 64 bits name a build: they keep apart the two that are served, and everybody's caches.
const BUILD_ID_DIGITS: usize = 16;

/// The build id: the names and contents of the packaged files.
pub fn of_folder(folder: &Path) -> Result<String> {
    let mut id = digest(&files_below(folder)?, folder)?;
    id.truncate(BUILD_ID_DIGITS);
    Ok(id)
}

/// Everything the packaged site is made from, the source of this program included: the program
/// itself may have been built anew, and its file replaced, by the tests it is running.
pub fn of_inputs(kind: Kind, wasm: &Path) -> Result<String> {
    let root = paths::root();
    let mut files = vec![wasm.to_owned(), root.join("Cargo.lock")];
    let scripts = ["boot.js", "device.js", "media.js", "shrink.js"];
    files.extend(scripts.map(|script| root.join("app/src").join(script)));
    for folder in ["style", "public", "xtask/src"] {
        files.extend(files_below(&root.join(folder))?);
    }
    Ok(format!("{kind:?} {}", digest(&files, &root)?))
}

fn digest(files: &[PathBuf], base: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    for file in files {
        let name = file.strip_prefix(base).unwrap_or(file);
        hash.update(name.to_string_lossy().as_bytes());
        hash.update([0]);
        let contents = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        hash.update((contents.len() as u64).to_le_bytes());
        hash.update(contents);
    }
    Ok(hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
