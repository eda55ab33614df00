//! `cargo xtask size`: what a phone downloads. Bytes do not vary, so they gate (budgets P1, P3, P4, and P13's binary).

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    paths,
    process::step,
    server::Server,
    site::{Kind, compress, wasm},
};

/// P1: a citizen page's HTML and what blocks its rendering, brotli, bytes.
const PAGE_MUST: usize = 14_600;
/// P13: the binary with everything inside, bytes.
const BINARY_MUST: u64 = 40_000_000;
/// P3: main wasm and glue over the smallest Leptos app's.
const RATIO_MUST: f64 = 1.5;
/// P4: a string the office area carries and nothing else may.
const OFFICE_MARK: &[u8] = b"huiyin-office-area";
/// The pages P1 is measured on.
const PAGES: [&str; 6] = ["", "/en", "/notices", "/register", "/matters", "/help"];

/// Builds what it measures, prints the table, fails above a budget.
pub fn run() -> Result<()> {
    let huiyin = super::build::run(Kind::Release)?;
    let smallest = smallest()?;
    let ours = main_bytes(&paths::site().join("pkg"), "huiyin")?;
    let ratio = ours as f64 / smallest as f64;
    println!(
        "P3  main wasm + glue, brotli 11: {ours} B; smallest Leptos app: {smallest} B; ratio {ratio:.2} (must {RATIO_MUST})"
    );
    let first = first_screen_bytes(&paths::site().join("pkg"))?;
    println!("    with the chunks of the public screens, as a first visit fetches: {first} B");
    let chunks = office_chunks(&paths::site().join("pkg"))?;
    println!("P4  officials' code outside their {chunks} chunks: 0 B");
    let pages = pages(&huiyin)?;
    let binary = fs::metadata(&huiyin)?.len();
    println!("P13 binary with everything embedded: {binary} B (must {BINARY_MUST})");
    ensure!(ratio <= RATIO_MUST, "P3: {ratio:.2} is above {RATIO_MUST}");
    ensure!(pages <= PAGE_MUST, "P1: {pages} B is above {PAGE_MUST} B");
    ensure!(
        binary <= BINARY_MUST,
        "P13: {binary} B is above {BINARY_MUST} B"
    );
    Ok(())
}

/// The yardstick, built the same way in the same run.
fn smallest() -> Result<usize> {
    let fixture = wasm::Crate {
        manifest: paths::root().join("Cargo.toml"),
        package: "smallest",
        name: "smallest",
        target: paths::target().join("front"),
    };
    let compiled = step("smallest app", || fixture.compile(Kind::Release))?;
    let pkg = paths::root().join("target/smallest");
    if pkg.exists() {
        fs::remove_dir_all(&pkg)?;
    }
    fs::create_dir_all(&pkg)?;
    step("package smallest app", || {
        fixture.package(Kind::Release, &compiled, &pkg)
    })?;
    main_bytes(&pkg, "smallest")
}

fn main_bytes(pkg: &Path, name: &str) -> Result<usize> {
    let packed =
        |file: String| Ok::<_, anyhow::Error>(compress::brotli(&fs::read(pkg.join(file))?)?.len());
    Ok(packed(format!("{name}.wasm"))? + packed(format!("{name}.js"))?)
}

/// Main wasm, glue and every chunk the screens for everybody need: told, not gated.
fn first_screen_bytes(pkg: &Path) -> Result<usize> {
    let chunks: BTreeMap<String, Vec<String>> =
        serde_json::from_slice(&fs::read(pkg.join("chunks.json"))?)?;
    let public = chunks
        .iter()
        .find(|(name, _)| name.starts_with("public_"))
        .map(|(_, files)| files)
        .context("no chunk of the public screens")?;
    public
        .iter()
        .try_fold(main_bytes(pkg, "huiyin")?, |sum, file| {
            Ok(sum + compress::brotli(&fs::read(pkg.join(format!("{file}.wasm")))?)?.len())
        })
}

/// How many chunks carry the office's mark; the main wasm, the glue and chunks of citizen screens
/// must not.
fn office_chunks(pkg: &Path) -> Result<usize> {
    let mut marked: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(pkg)? {
        let path = entry?.path();
        let kind = path.extension().unwrap_or_default();
        let carries = |bytes: &[u8]| {
            bytes
                .windows(OFFICE_MARK.len())
                .any(|window| window == OFFICE_MARK)
        };
        if (kind == "wasm" || kind == "js") && carries(&fs::read(&path)?) {
            marked.push(path);
        }
    }
    ensure!(
        !marked.is_empty(),
        "P4: no chunk carries the office's mark, so the check sees nothing"
    );
    for path in &marked {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name == "huiyin" || path.extension().is_none_or(|kind| kind != "wasm") {
            bail!("P4: {} carries officials' code", path.display());
        }
    }
    Ok(marked.len())
}

/// The heaviest citizen page with its style sheet, as the running server sends them.
fn pages(huiyin: &Path) -> Result<usize> {
    let server = Server::start(huiyin, "size-data")?;
    let style = compress::brotli(&fs::read(paths::site().join("pkg/huiyin.css"))?)?.len();
    let mut heaviest = 0;
    for page in PAGES {
        let html = compressed_bytes(&server, page)?;
        println!(
            "P1  {}{page}: HTML {html} B + style {style} B = {} B (must {PAGE_MUST})",
            server.county,
            html + style
        );
        heaviest = heaviest.max(html + style);
    }
    Ok(heaviest)
}

/// Bytes of a page's body, compressed by the server.
fn compressed_bytes(server: &Server, page: &str) -> Result<usize> {
    let path = format!("{}{page}", server.county);
    let answer = server.get(&path, "Accept-Encoding: br\r\n")?;
    ensure!(
        answer.head.contains("content-encoding: br"),
        "{path} is not compressed: {}",
        answer.head
    );
    ensure!(answer.status == 200, "{path}: {}", answer.head);
    Ok(answer.body.len())
}
