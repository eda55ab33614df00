//! Where things are.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The folder of the repository: of the one cargo runs this for, not the one it was built in.
pub fn root() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR");
    manifest
        .as_deref()
        .map_or(Path::new(env!("CARGO_MANIFEST_DIR")), Path::new)
        .parent()
        .expect("xtask is a folder of the repository")
        .to_owned()
}

/// Where cargo builds. The packaged site is always in the repository's own `target/site`.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

pub fn site() -> PathBuf {
    root().join("target/site")
}

pub fn end2end() -> PathBuf {
    root().join("end2end")
}

/// npm's tools are installed once, for packaging and browser tests alike.
pub fn npm_tool(name: &str) -> PathBuf {
    end2end().join("node_modules/.bin").join(name)
}
