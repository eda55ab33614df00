//! Where each setting comes from, and schemas that do not fit.

use std::fs;

use crate::{
    county::place,
    running::{huiyin, init, run},
};

#[test]
fn every_setting_says_where_it_came_from_and_secrets_are_masked() {
    let folder = tempfile::tempdir().unwrap();
    let toml = "public_url = 'https://Example.gov.cn/'\naddr = '127.0.0.1:1'\n";
    fs::write(folder.path().join("huiyin.toml"), toml).unwrap();
    let mut command = huiyin(folder.path(), &["config", "--addr=127.0.0.1:2"]);
    command.env("HUIYIN_DATABASE_URL", "postgres://huiyin:geheim@db/huiyin");
    let out = command.output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    let line = |key: &str| {
        let line = text.lines().find(|line| line.starts_with(key)).unwrap();
        line.split_whitespace()
            .skip(1)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(line("addr"), "127.0.0.1:2 flag");
    assert_eq!(
        line("public_url"),
        "https://Example.gov.cn/ file huiyin.toml"
    );
    assert_eq!(line("database_url"), "postgres://…@db/huiyin environment");
    assert_eq!(line("data"), "huiyin-data default");
    assert!(!text.contains("geheim"));
}

#[test]
fn a_mistake_in_the_settings_is_told_with_its_name_and_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("huiyin.toml");
    fs::write(&file, "adr = '127.0.0.1:1'\n").unwrap();
    let refused = run(folder.path(), &["config"]).refusal();
    assert!(
        refused.contains("adr") && refused.contains("huiyin.toml"),
        "{refused}"
    );
    fs::write(&file, "addr = 'everywhere'\n").unwrap();
    let refused = run(folder.path(), &["config"]).refusal();
    assert!(
        refused.contains("addr") && refused.contains("huiyin.toml"),
        "{refused}"
    );
    let refused = run(folder.path(), &["config", "--config=none.toml"]).refusal();
    assert!(refused.contains("none.toml"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_binary_refuses_a_newer_schema_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path(), &[]);
    let plan = ["migrate", "--data=data", "--plan"];
    assert!(run(folder.path(), &plan).content().contains("up to date"));
    let store = place(&folder.path().join("data"), None)
        .open_store()
        .await
        .unwrap();
    store::testing::pretend_newer_schema(&store).await.unwrap();
    store.close().await;
    for command in [
        &plan[..],
        &["serve", "--data=data", "--addr=127.0.0.1:0"],
        &["verify", "--data=data"],
    ] {
        let refused = run(folder.path(), command).refusal();
        assert!(
            refused.contains("please start the newer program"),
            "{refused}"
        );
    }
}

#[test]
fn a_plan_is_printed_before_there_is_anything_to_change() {
    let folder = tempfile::tempdir().unwrap();
    let refused = run(folder.path(), &["migrate", "--data=data", "--plan"]).refusal();
    assert!(refused.contains("no database"), "{refused}");
    assert!(
        !folder.path().join("data").exists(),
        "looking makes nothing"
    );
}
