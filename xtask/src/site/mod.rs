//! Packaging the site: `target/site` holds what a browser can ask for, `target/site/pkg` what
//! belongs to one build. The steps are those of cargo-leptos.

mod ahead;
pub mod compress;
mod fingerprint;
mod glue;
mod style;
pub mod wasm;
mod worker;

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{
    paths,
    process::{say, step},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Quick to build; neither optimised nor compressed.
    Debug,
    /// As it is shipped.
    Release,
}

/// The name the packaged files share.
const NAME: &str = "huiyin";

/// Brings `target/site` up to date. Nothing is written when no input changed, so that the server,
/// which embeds it, is not built again.
pub fn package(kind: Kind) -> Result<()> {
    let app = wasm::Crate {
        manifest: paths::root().join("Cargo.toml"),
        package: "app",
        name: NAME,
        target: paths::target().join("front"),
    };
    let compiled = step("wasm", || app.compile(kind))?;
    let inputs = fingerprint::of_inputs(kind, &compiled)?;
    let site = paths::site();
    let stamp = paths::root().join("target/site-inputs");
    if fs::read_to_string(&stamp).is_ok_and(|known| known == inputs) && site.join("pkg").exists() {
        say("the packaged site is up to date");
        return Ok(());
    }
    let fresh = paths::root().join("target/site-new");
    empty(&fresh)?;
    let pkg = fresh.join("pkg");
    fs::create_dir_all(&pkg)?;
    step("package wasm", || app.package(kind, &compiled, &pkg))?;
    glue::add_policy(&pkg.join(format!("{NAME}.js")))?;
    step("style", || {
        style::bundle(kind, &pkg.join(format!("{NAME}.css")))
    })?;
    copy_boot(kind, &pkg)?;
    ahead::write(&pkg)?;
    copy_folder(&paths::root().join("public"), &fresh)?;
    let build = fingerprint::of_folder(&pkg)?;
    fs::write(fresh.join("build-id"), &build)?;
    worker::write(&fresh, &build)?;
    if kind == Kind::Release {
        step("compress", || compress::folder(&fresh))?;
    }
    empty(&site)?;
    fs::remove_dir(&site)?;
    fs::rename(&fresh, &site)?;
    fs::write(stamp, inputs)?;
    Ok(())
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))
}

/// The script that starts the wasm, and the one for what a device can do; while developing it also reloads the page.
fn copy_boot(kind: Kind, pkg: &Path) -> Result<()> {
    let mut boot = fs::read_to_string(paths::root().join("app/src/boot.js"))?;
    if kind == Kind::Debug {
        boot.push_str(include_str!("reload.js"));
    }
    fs::write(pkg.join("boot.js"), boot)?;
    fs::write(pkg.join("policy.js"), include_str!("policy.js"))?;
    for script in ["device.js", "media.js", "shrink.js"] {
        let from = paths::root().join("app/src").join(script);
        fs::copy(from, pkg.join(script))?;
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
