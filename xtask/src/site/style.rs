//! The style sheet: plain CSS, its imports bundled into one file.

use std::{fs, path::Path};

use anyhow::{Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
    targets::{Browsers, Targets},
};

use super::Kind;
use crate::paths;

/// Old phones are still in use: the oldest browsers that run our wasm at all.
const BROWSERS: Browsers = Browsers {
    chrome: Some(91 << 16),
    android: Some(91 << 16),
    edge: Some(91 << 16),
    firefox: Some(89 << 16),
    safari: Some(15 << 16),
    ios_saf: Some(15 << 16),
    opera: None,
    samsung: Some(16 << 16),
    ie: None,
};

pub fn bundle(kind: Kind, out: &Path) -> Result<()> {
    let files = FileProvider::new();
    let main = paths::root().join("style/main.css");
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(&main).map_err(|e| anyhow!("{e}"))?;
    let targets = Targets::from(BROWSERS);
    sheet
        .minify(MinifyOptions {
            targets,
            ..MinifyOptions::default()
        })
        .map_err(|e| anyhow!("{e}"))?;
    let css = sheet
        .to_css(PrinterOptions {
            minify: kind == Kind::Release,
            targets,
            ..PrinterOptions::default()
        })
        .map_err(|e| anyhow!("{e}"))?;
    fs::write(out, css.code)?;
    Ok(())
}
