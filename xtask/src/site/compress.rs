//! Compressed copies beside the packaged files, made once so that no server makes them again.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

/// Kinds of file that get smaller.
const TEXT_AND_WASM: [&str; 8] = [
    "js",
    "css",
    "wasm",
    "json",
    "svg",
    "webmanifest",
    "txt",
    "ico",
];

pub fn folder(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let kind = path.extension().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            self::folder(&path)?;
        } else if TEXT_AND_WASM.contains(&kind.as_ref()) {
            let plain = fs::read(&path)?;
            write_if_smaller(&path, "br", &plain, &brotli(&plain)?)?;
            write_if_smaller(&path, "gz", &plain, &gzip(&plain)?)?;
        }
    }
    Ok(())
}

/// Quality 11, the whole file as one window: the figure the budgets speak of.
pub fn brotli(plain: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: plain.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*plain, &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(plain: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain)?;
    Ok(encoder.finish()?)
}

fn write_if_smaller(path: &Path, suffix: &str, plain: &[u8], packed: &[u8]) -> Result<()> {
    if packed.len() < plain.len() {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{suffix}"));
        fs::write(PathBuf::from(name), packed)?;
    }
    Ok(())
}
