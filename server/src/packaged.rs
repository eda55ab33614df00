//! The packaged site (wasm, glue, style, icons) inside the binary, and the shelf on disk that keeps
//! the build before this one for pages that are still open.

use std::{
    borrow::Cow,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};

/// One packaged file in the forms that travel with the binary, at least one.
#[derive(Clone, Copy, Debug)]
pub struct File {
    pub name: &'static str,
    pub plain: Option<&'static [u8]>,
    pub brotli: Option<&'static [u8]>,
    pub gzip: Option<&'static [u8]>,
}

impl File {
    /// As it was before it was compressed.
    fn unpacked(&self) -> io::Result<Cow<'static, [u8]>> {
        match (self.plain, self.brotli) {
            (Some(plain), _) => Ok(plain.into()),
            (None, Some(mut packed)) => {
                let mut plain = Vec::new();
                brotli::BrotliDecompress(&mut packed, &mut plain)?;
                Ok(plain.into())
            }
            (None, None) => Ok(Cow::default()),
        }
    }

    /// For the few who take no brotli.
    fn gzipped(&self, plain: &[u8]) -> io::Result<Option<Cow<'static, [u8]>>> {
        if self.gzip.is_some() || self.brotli.is_none() {
            return Ok(self.gzip.map(Cow::from));
        }
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(plain)?;
        Ok(Some(encoder.finish()?.into()))
    }
}

mod embedded {
    use super::File;
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// What `cargo xtask build` packaged.
#[derive(Clone, Copy, Debug)]
pub struct Packaged {
    /// The hash of the contents of `pkg`, or `none`.
    pub build: &'static str,
    /// Served below `/pkg/<build>/`.
    pub pkg: &'static [File],
    /// Served at the root of the site.
    pub root: &'static [File],
}

impl Packaged {
    pub fn embedded() -> Self {
        Self {
            build: if embedded::BUILD.is_empty() {
                "none"
            } else {
                embedded::BUILD
            },
            pkg: embedded::PKG,
            root: embedded::ROOT,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.pkg.is_empty()
    }
}

/// `<data>/assets/<build>/`: the packaged files of this build and the one before.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
    /// Newest first, at most [`Shelf::KEPT`].
    builds: Vec<String>,
}

impl Shelf {
    /// A page stays open over one update; two builds at once is all a person can have.
    const KEPT: usize = 2;

    /// Puts this build on the shelf and takes the oldest off.
    pub fn open(folder: &Path, packaged: &Packaged) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let list = folder.join("builds");
        let mut builds: Vec<String> = fs::read_to_string(&list)
            .unwrap_or_default()
            .lines()
            .filter(|build| is_plain_name(build) && *build != packaged.build)
            .map(str::to_owned)
            .collect();
        if !packaged.is_empty() {
            store(&folder.join(packaged.build), packaged.pkg)?;
            builds.insert(0, packaged.build.to_owned());
        }
        for gone in builds.drain(Self::KEPT.min(builds.len())..) {
            fs::remove_dir_all(folder.join(gone))?;
        }
        let fresh = folder.join("builds.new");
        fs::write(&fresh, builds.join("\n"))?;
        fs::rename(fresh, list)?;
        Ok(Self {
            folder: folder.to_owned(),
            builds,
        })
    }

    /// A file of a build on the shelf, compressed or not (`huiyin.wasm.br`).
    pub fn path(&self, build: &str, file: &str) -> Option<PathBuf> {
        (self.builds.iter().any(|kept| kept == build) && is_plain_name(file))
            .then(|| self.folder.join(build).join(file))
    }
}

/// Written beside and moved into place: a half-copied build is never served.
fn store(folder: &Path, files: &[File]) -> io::Result<()> {
    if folder.exists() {
        return Ok(());
    }
    let half = folder.with_extension("half");
    fs::create_dir_all(&half)?;
    for file in files {
        let plain = file.unpacked()?;
        fs::write(half.join(file.name), &plain)?;
        if let Some(bytes) = file.brotli {
            fs::write(half.join(format!("{}.br", file.name)), bytes)?;
        }
        if let Some(bytes) = file.gzipped(&plain)? {
            fs::write(half.join(format!("{}.gz", file.name)), bytes)?;
        }
    }
    fs::rename(half, folder)
}

/// Names come from addresses: nothing that could leave the folder.
fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    static FILES: &[File] = &[File {
        name: "huiyin.css",
        plain: Some(b"body{}"),
        brotli: None,
        gzip: None,
    }];

    fn packaged(build: &'static str) -> Packaged {
        Packaged {
            build,
            pkg: FILES,
            root: &[],
        }
    }

    #[test]
    fn the_build_before_stays_and_the_one_before_that_goes() {
        let data = tempfile::tempdir().unwrap();
        for build in ["aa", "bb", "cc"] {
            Shelf::open(data.path(), &packaged(build)).unwrap();
        }
        let shelf = Shelf::open(data.path(), &packaged("cc")).unwrap();
        assert!(shelf.path("cc", "huiyin.css").unwrap().exists());
        assert!(shelf.path("bb", "huiyin.css").unwrap().exists());
        assert_eq!(shelf.path("aa", "huiyin.css"), None);
        assert!(!data.path().join("aa").exists());
    }

    #[test]
    fn the_forms_that_do_not_travel_are_made_of_the_one_that_does() {
        let text = "body { color: black }\n".repeat(50);
        let mut packed = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams::default();
        brotli::BrotliCompress(&mut text.as_bytes(), &mut packed, &parameters).unwrap();
        let file = File {
            name: "a.css",
            plain: None,
            brotli: Some(packed.leak()),
            gzip: None,
        };
        let data = tempfile::tempdir().unwrap();
        store(&data.path().join("aa"), &[file]).unwrap();
        let plain = fs::read(data.path().join("aa/a.css")).unwrap();
        assert_eq!(plain, text.as_bytes());
        let gzip = fs::File::open(data.path().join("aa/a.css.gz")).unwrap();
        let unpacked = io::read_to_string(flate2::read::GzDecoder::new(gzip)).unwrap();
        assert_eq!(unpacked, text);
    }

    #[test]
    fn no_name_leaves_the_folder() {
        let data = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(data.path(), &packaged("aa")).unwrap();
        for name in ["../builds", "..", "a/b", "", ".hidden"] {
            assert_eq!(shelf.path("aa", name), None, "{name}");
        }
    }
}
