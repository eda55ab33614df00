//! `cargo xtask size`: what a phone downloads. Bytes do not vary, so they gate (budgets P1, P3, P4).

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    paths,
    process::step,
    site::{Kind, compress, wasm},
};

/// P1: a citizen page's HTML and what blocks its rendering, brotli, bytes.
const PAGE_MUST: usize = 14_600;
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
    ensure!(ratio <= RATIO_MUST, "P3: {ratio:.2} is above {RATIO_MUST}");
    ensure!(pages <= PAGE_MUST, "P1: {pages} B is above {PAGE_MUST} B");
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
    let data = paths::root().join("target/size-data");
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    let mut server = Server::start(huiyin, &data)?;
    let style = compress::brotli(&fs::read(paths::site().join("pkg/huiyin.css"))?)?.len();
    let mut heaviest = 0;
    for page in PAGES {
        let html = server.get_brotli(page)?;
        println!(
            "P1  {}{page}: HTML {html} B + style {style} B = {} B (must {PAGE_MUST})",
            server.county,
            html + style
        );
        heaviest = heaviest.max(html + style);
    }
    Ok(heaviest)
}

/// A running server, ended when dropped.
struct Server {
    child: Child,
    address: String,
    county: String,
}

impl Server {
    fn start(huiyin: &Path, data: &Path) -> Result<Self> {
        let mut child = Command::new(huiyin)
            .args(["serve", "--demo", "--addr", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().context("the server's output")?;
        let mut lines = BufReader::new(stdout).lines();
        let address = loop {
            let line = lines
                .next()
                .context("the server ended before it told its address")??;
            if let Some(rest) = line.trim().strip_prefix("http://") {
                break rest.to_owned();
            }
        };
        let (address, county) = address
            .split_once('/')
            .context("no county in the address")?;
        Ok(Self {
            child,
            address: address.to_owned(),
            county: format!("/{county}"),
        })
    }

    /// Bytes of a page's body, compressed by the server.
    fn get_brotli(&mut self, page: &str) -> Result<usize> {
        let mut stream = TcpStream::connect(&self.address)?;
        let path = format!("{}{page}", self.county);
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n",
            self.address
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let end = answer
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .context("no end of the headers")?;
        let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
        ensure!(
            head.contains("content-encoding: br"),
            "{path} is not compressed: {head}"
        );
        ensure!(head.starts_with("http/1.1 200"), "{path}: {head}");
        Ok(answer.len() - end - 4)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
