//! What docs/ARCHITECTURE.md promises about the shape of the repository.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is a folder of the repository")
        .to_owned()
}

fn tree_of(package: &str) -> String {
    let output = Command::new("cargo")
        .args([
            "tree",
            "--package",
            package,
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("names are ASCII")
}

#[test]
fn domain_and_sync_do_no_io() {
    for package in ["domain", "sync"] {
        let tree = tree_of(package);
        for forbidden in [
            "tokio ", "sqlx ", "axum ", "leptos ", "web-sys ", "hyper ", "reqwest ",
        ] {
            assert!(
                !tree.lines().any(|line| line.starts_with(forbidden)),
                "{package} depends on {forbidden}"
            );
        }
    }
}

/// Every tracked file of some kinds below the repository, without build output.
fn sources(kinds: &[&str]) -> Vec<PathBuf> {
    let output = Command::new("git")
        .args(["ls-files"])
        .current_dir(root())
        .output()
        .expect("git runs");
    let listed = String::from_utf8_lossy(&output.stdout).into_owned();
    let of_kind = |path: &&str| kinds.iter().any(|kind| path.ends_with(kind));
    listed
        .lines()
        .filter(of_kind)
        .map(|path| root().join(path))
        .filter(|path| path.exists())
        .collect()
}

#[test]
fn no_file_is_two_things() {
    for path in sources(&[".rs", ".css", ".ts", ".js"]) {
        let lines = fs::read_to_string(&path)
            .expect("sources are text")
            .lines()
            .count();
        assert!(lines <= 500, "{} has {lines} lines", path.display());
    }
}

#[test]
fn sql_lives_in_the_store_only() {
    for path in sources(&[".rs"]) {
        let inside = path.strip_prefix(root()).expect("below the root");
        if inside.starts_with("crates/store") || inside.starts_with("xtask") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("sources are text");
        for word in ["SELECT ", "INSERT INTO", "sqlx::"] {
            assert!(!text.contains(word), "{} holds {word}", inside.display());
        }
    }
}

#[test]
fn the_device_crate_alone_touches_indexed_db() {
    for path in sources(&[".rs", ".js"]) {
        let inside = path.strip_prefix(root()).expect("below the root");
        // The worker sends what waits where no page is open (docs/decisions/0009).
        let allowed = ["crates/device", "public/sw.js", "fixtures", "xtask"];
        if allowed.iter().any(|folder| inside.starts_with(folder)) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("sources are text");
        for word in ["indexed_db_futures", "indexedDB"] {
            assert!(!text.contains(word), "{} holds {word}", inside.display());
        }
    }
}

#[test]
fn the_demonstration_county_is_named_nowhere_else() {
    for path in sources(&[".rs", ".css", ".js"]) {
        let inside = path
            .strip_prefix(root())
            .expect("below the root")
            .to_owned();
        let of_demo = inside.starts_with("server/src/demo") || inside.starts_with("server/demo");
        let test = inside.components().any(|part| part.as_os_str() == "tests")
            || inside.starts_with("xtask");
        if of_demo || test {
            continue;
        }
        let text = fs::read_to_string(&path).expect("sources are text");
        assert!(
            !text.contains("浦江"),
            "{} speaks of one county",
            inside.display()
        );
    }
}
