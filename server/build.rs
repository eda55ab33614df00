//! Puts the packaged site into the binary, so that it runs alone in an empty folder.
//!
//! `cargo xtask build` leaves the site in `target/site` before it builds the server. Without it
//! (cargo check, server tests) nothing is embedded and pages come without style and scripts.

use std::{env, fmt::Write, fs, path::Path, process::Command};

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site");
    // Cargo takes a missing path for a changed one and would rebuild the server every time.
    fs::create_dir_all(&root)?;
    let root = root.canonicalize()?;
    println!("cargo::rerun-if-changed={}", root.display());

    let build = fs::read_to_string(root.join("build-id")).unwrap_or_default();
    let mut code = format!("pub const BUILD: &str = {:?};\n", build.trim());
    for (name, folder, forms) in [
        ("PKG", root.join("pkg"), Forms::Smallest),
        ("ROOT", root.clone(), Forms::All),
    ] {
        writeln!(code, "pub static {name}: &[File] = &[")?;
        for file in plain_files(&folder)? {
            write_file(&mut code, &folder, &file, forms)?;
        }
        writeln!(code, "];")?;
    }
    let out = Path::new(&env::var_os("OUT_DIR").context("cargo sets OUT_DIR")?).join("embedded.rs");
    fs::write(out, code)?;
    if packs_relocations() {
        println!("cargo::rustc-link-arg-bin=huiyin=-Wl,-z,pack-relative-relocs");
    }
    if links_with_lld() {
        // Of thousands of generic functions many come out the same: one copy of each is enough.
        println!("cargo::rustc-link-arg-bin=huiyin=-Wl,--icf=all");
    }
    Ok(())
}

/// Relocations are a twentieth of the binary and nearly nothing when packed (DT_RELR), which glibc
/// reads since 2.36. An older one would refuse to start it, so it is only done where it runs.
fn packs_relocations() -> bool {
    let gnu = env::var_os("CARGO_CFG_TARGET_ENV").is_some_and(|env| env == "gnu");
    let native = env::var_os("HOST") == env::var_os("TARGET");
    gnu && native && glibc().is_some_and(|version| version >= (2, 36))
}

/// The one target where rustc links with its own lld unless told otherwise (since 1.90).
fn links_with_lld() -> bool {
    env::var_os("TARGET").is_some_and(|target| target == "x86_64-unknown-linux-gnu")
        && env::var_os("RUSTC_LINKER").is_none()
}

fn glibc() -> Option<(u32, u32)> {
    let told = Command::new("getconf")
        .arg("GNU_LIBC_VERSION")
        .output()
        .ok()?;
    let told = String::from_utf8(told.stdout).ok()?;
    let (major, minor) = told.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// The files below a folder as `a/b.c`, without the compressed copies and, for the root, `pkg`.
fn plain_files(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut open = vec![String::new()];
    while let Some(below) = open.pop() {
        let Ok(entries) = fs::read_dir(folder.join(&below)) else {
            continue;
        };
        for entry in entries {
            let entry = entry?;
            let name = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                if name != "pkg" {
                    open.push(format!("{name}/"));
                }
            } else if !name.ends_with(".br") && !name.ends_with(".gz") && name != "build-id" {
                files.push(name);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Which forms of a file travel in the binary.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Forms {
    All,
    /// Brotli where there is one: the others are made of it on the shelf (`packaged.rs`).
    Smallest,
}

fn write_file(code: &mut String, folder: &Path, name: &str, forms: Forms) -> Result<()> {
    let packed = folder.join(format!("{name}.br")).exists();
    let form = |suffix: &str| {
        let path = folder.join(format!("{name}{suffix}"));
        let left_out = forms == Forms::Smallest && packed && suffix != ".br";
        if path.exists() && !left_out {
            format!("Some(include_bytes!({:?}))", path.display().to_string())
        } else {
            "None".to_owned()
        }
    };
    writeln!(
        code,
        "    File {{ name: {name:?}, plain: {}, brotli: {}, gzip: {} }},",
        form(""),
        form(".br"),
        form(".gz"),
    )?;
    Ok(())
}
