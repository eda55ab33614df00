//! What the machine must have, and how to get it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::{paths, process};

/// A system package and the file that shows it is there.
struct SystemPackage {
    name: &'static str,
    file: &'static str,
    /// Shown when it cannot be installed.
    purpose: &'static str,
}

const SYSTEM_PACKAGES: [SystemPackage; 8] = [
    SystemPackage {
        name: "gcc",
        file: "/usr/bin/cc",
        purpose: "links the programs and compiles SQLite",
    },
    SystemPackage {
        name: "chromium",
        file: "/usr/bin/chromium",
        purpose: "runs the browser tests",
    },
    SystemPackage {
        name: "fonts-noto-cjk",
        file: "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        purpose: "shows Chinese in the browser tests",
    },
    SystemPackage {
        name: "firefox-esr",
        file: "/usr/bin/firefox-esr",
        purpose: "runs the journey without a signal in Firefox",
    },
    SystemPackage {
        name: "webkit2gtk-driver",
        file: "/usr/bin/WebKitWebDriver",
        purpose: "runs the journey without a signal in WebKit",
    },
    SystemPackage {
        name: "xvfb",
        file: "/usr/bin/Xvfb",
        purpose: "is the screen that WebKit wants",
    },
    SystemPackage {
        name: "postgresql",
        file: "/usr/lib/postgresql",
        purpose: "runs the storage tests on the second database",
    },
    SystemPackage {
        name: "strace",
        file: "/usr/bin/strace",
        purpose: "counts the fsyncs of a registration",
    },
];

/// The wasm target. `rust-toolchain.toml` names it, so rustup normally has it already.
pub fn wasm_target() -> Result<()> {
    if !process::have("rustup") {
        // A toolchain without rustup (a distribution's): the build itself will tell.
        return Ok(());
    }
    process::run(
        Command::new("rustup")
            .args(["target", "add", "wasm32-unknown-unknown"])
            .current_dir(paths::root()),
    )
}

/// The pinned npm tools of `end2end/package-lock.json`; nothing is done when they are current.
pub fn npm_tools() -> Result<()> {
    npm_packages(&paths::end2end())
}

/// What a folder's `package-lock.json` pins; nothing is done when it is current.
pub fn npm_packages(folder: &Path) -> Result<()> {
    let installed = folder.join("node_modules/.installed-lock");
    let wanted = fs::read(folder.join("package-lock.json"))?;
    if fs::read(&installed).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    if !process::have("npm") {
        bail!("npm is missing: install Node.js 20 or newer (https://nodejs.org)");
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"])
        // The system's Chromium is used; Playwright's own would be a 150 MB download.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(folder);
    if let Some(headers) = node_headers() {
        // Modules in C++ are built with the headers that came with Node, where there are any.
        npm.env("npm_config_nodedir", headers);
    }
    process::run(&mut npm)?;
    fs::write(installed, wanted)?;
    Ok(())
}

/// The folder above `include/node`.
fn node_headers() -> Option<PathBuf> {
    let node = Command::new("node")
        .args(["-p", "process.execPath"])
        .output()
        .ok()?;
    let node = PathBuf::from(String::from_utf8(node.stdout).ok()?.trim());
    let above = node.parent()?.parent()?;
    above
        .join("include/node/node.h")
        .is_file()
        .then(|| above.to_owned())
}

/// The pinned Python tools of `end2end/requirements.txt`, in a folder of their own below `target`;
/// nothing is done when they are current.
pub fn python_tools() -> Result<()> {
    let (wanted, folder) = (paths::end2end().join("requirements.txt"), python_folder());
    let installed = folder.join(".installed");
    if fs::read(&installed).is_ok_and(|have| fs::read(&wanted).is_ok_and(|want| have == want)) {
        return Ok(());
    }
    let can_make_folders = Command::new("python3")
        .args(["-c", "import venv, ensurepip"])
        .output()
        .is_ok_and(|tried| tried.status.success());
    if !can_make_folders {
        if !(process::have("apt-get") && is_root()) {
            bail!(
                "python3 with venv is missing: install Python 3.10 or newer \
                 (python3 and python3-venv); it runs the tests of the API"
            );
        }
        install(&["python3", "python3-venv"])?;
    }
    process::run(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )?;
    process::run(
        Command::new(folder.join("bin/pip"))
            .args(["install", "--quiet", "--disable-pip-version-check", "-r"])
            .arg(&wanted),
    )?;
    fs::copy(wanted, installed)?;
    Ok(())
}

/// The program that tries the API.
pub fn schemathesis() -> PathBuf {
    python_folder().join("bin/schemathesis")
}

fn python_folder() -> PathBuf {
    paths::root().join("target/python")
}

/// On Debian as root installs what is missing; elsewhere says what is missing and why.
pub fn system_packages() -> Result<()> {
    let missing: Vec<&SystemPackage> = SYSTEM_PACKAGES
        .iter()
        .filter(|package| !Path::new(package.file).exists())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    if process::have("apt-get") && is_root() {
        let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
        return install(&names);
    }
    for package in missing {
        eprintln!(
            "   missing: {} ({}); not found: {}",
            package.name, package.purpose, package.file
        );
    }
    eprintln!("   install these yourself: only on Debian as root can it be done for you");
    Ok(())
}

fn install(packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    process::run(apt().args(["update", "-qq"]))?;
    process::run(
        apt()
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(packages),
    )
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}
