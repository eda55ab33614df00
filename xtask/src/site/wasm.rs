//! From a crate to wasm and glue, split where the crate says `#[lazy_route]`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use super::Kind;
use crate::{paths, process};

/// The name leptos' macros give the file that loads the chunks.
pub const SPLIT_LOADER: &str = "./__wasm_split.______________________.js";

/// A crate that becomes a page's wasm.
pub struct Crate {
    pub manifest: PathBuf,
    pub package: &'static str,
    /// The name of the packaged files.
    pub name: &'static str,
    /// Apart from the other builds: the wasm is linked with flags of its own.
    pub target: PathBuf,
}

impl Crate {
    /// Answers where cargo left the wasm.
    pub fn compile(&self, kind: Kind) -> Result<PathBuf> {
        let profile = match kind {
            Kind::Debug => "wasm-dev",
            Kind::Release => "wasm-release",
        };
        process::run(
            process::cargo()
                .args([
                    "build",
                    "--lib",
                    "--no-default-features",
                    "--features=hydrate",
                ])
                .arg(format!("--manifest-path={}", self.manifest.display()))
                .arg(format!("--package={}", self.package))
                .arg(format!("--profile={profile}"))
                .arg(format!("--target-dir={}", self.target.display()))
                .arg("--target=wasm32-unknown-unknown")
                // The splitter moves functions between files and needs to know who calls whom.
                .env(
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                    "-Clink-args=--emit-relocs",
                ),
        )?;
        Ok(self
            .target
            .join("wasm32-unknown-unknown")
            .join(profile)
            .join(format!("{}.wasm", self.package)))
    }

    /// Puts `<name>.js`, `<name>.wasm`, the chunks and their loader into a folder.
    pub fn package(&self, kind: Kind, compiled: &Path, pkg: &Path) -> Result<()> {
        let main = compiled.with_extension("main.wasm");
        self.split(compiled, &main, pkg)?;
        Bindgen::new()
            .input_path(&main)
            .out_name(self.name)
            .web(true)?
            .typescript(false)
            .omit_default_module_path(true)
            .keep_lld_exports(true)
            .demangle(false)
            .remove_name_section(kind == Kind::Release)
            .remove_producers_section(kind == Kind::Release)
            .generate(pkg)?;
        fs::rename(
            pkg.join(format!("{}_bg.wasm", self.name)),
            pkg.join(format!("{}.wasm", self.name)),
        )?;
        if kind == Kind::Release {
            optimise(pkg)?;
        }
        Ok(())
    }

    fn split(&self, compiled: &Path, main: &Path, pkg: &Path) -> Result<()> {
        let wasm = fs::read(compiled).with_context(|| format!("reading {}", compiled.display()))?;
        let glue = format!("./{}.js", self.name);
        let mut options = wasm_split_cli_support::Options::new(&wasm);
        options.output_dir = pkg;
        options.main_out_path = main;
        options.main_module = &glue;
        options.link_name = SPLIT_LOADER;
        let split = wasm_split_cli_support::transform(options).map_err(|e| anyhow!("{e:#}"))?;
        // Sorted, so that the same chunks give the same build id.
        let chunks: BTreeMap<_, _> = split.prefetch_map.into_iter().collect();
        fs::write(
            pkg.join("chunks.json"),
            serde_json::to_string_pretty(&chunks)?,
        )?;
        Ok(())
    }
}

/// Two at a time: one wasm-opt takes seconds and one core.
fn optimise(pkg: &Path) -> Result<()> {
    let files: Vec<PathBuf> = fs::read_dir(pkg)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|kind| kind == "wasm"))
        .collect();
    for pair in files.chunks(2) {
        thread::scope(|scope| {
            let running: Vec<_> = pair
                .iter()
                .map(|file| scope.spawn(|| wasm_opt(file)))
                .collect();
            running.into_iter().try_for_each(|thread| {
                thread
                    .join()
                    .map_err(|_| anyhow!("wasm-opt's thread panicked"))?
            })
        })?;
    }
    Ok(())
}

fn wasm_opt(file: &Path) -> Result<()> {
    let tool = paths::npm_tool("wasm-opt");
    process::run(
        Command::new(tool)
            .args([
                "-Oz",
                "--enable-bulk-memory",
                "--enable-nontrapping-float-to-int",
            ])
            .args([
                "--enable-sign-ext",
                "--enable-mutable-globals",
                "--enable-reference-types",
            ])
            .args(["--enable-multivalue"])
            .arg(file)
            .arg("-o")
            .arg(file),
    )
}
