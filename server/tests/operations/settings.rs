//! Where each setting comes from, and schemas that do not fit.

use std::{fs, path::Path};

use store::testing;

use crate::{
    county::{place, with_a_visit},
    running::{huiyin, init, run},
};

#[test]
fn every_setting_says_where_it_came_from_and_secrets_are_masked() {
    let folder = tempfile::tempdir().unwrap();
    let toml = "public_url = 'https://Example.gov.cn/'\naddr = '127.0.0.1:1'\n";
    fs::write(folder.path().join("huiyin.toml"), toml).unwrap();
    let mut command = huiyin(folder.path(), &["config", "--addr=127.0.0.1:2"]);
    command.env("HUIYIN_DATABASE_URL", "postgres://huiyin:geheim@db/huiyin");
    command.env("HUIYIN_S3_SECRET", "geheim");
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
    assert_eq!(line("s3_secret"), "… environment");
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
    testing::pretend_newer_schema(&store).await.unwrap();
    store.close().await;
    refuses_everything(folder.path());
}

fn refuses_everything(folder: &Path) {
    for command in [
        &["migrate", "--data=data", "--plan"][..],
        &["serve", "--data=data", "--addr=127.0.0.1:0"],
        &["verify", "--data=data"],
    ] {
        let refused = run(folder, command).refusal();
        assert!(
            refused.contains("please start the newer program"),
            "{refused}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_screens_read_is_compared_planned_and_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    init(folder, &[]);
    let place = place(&folder.join("data"), None);
    with_a_visit(&place).await;
    let verify = ["verify", "--data=data"];
    assert!(run(folder, &verify).content().contains("2 rows"));

    let store = place.open_store().await.unwrap();
    testing::spoil_visits(&store).await.unwrap();
    store.close().await;
    let said = run(folder, &verify);
    assert!(said.out.contains("differs: what visit_row"), "{}", said.out);
    let refused = said.refusal();
    assert!(refused.contains("migrate --rebuild"), "{refused}");
    let rebuild = ["migrate", "--data=data", "--rebuild"];
    assert!(run(folder, &rebuild).content().contains("2 histories"));
    run(folder, &verify).content();

    let store = place.open_store().await.unwrap();
    testing::spoil_visits(&store).await.unwrap();
    testing::pretend_projections_of(&store, 0).await.unwrap();
    store.close().await;
    let plan = ["migrate", "--data=data", "--plan"];
    for _ in 0..2 {
        let planned = run(folder, &plan).content();
        assert!(planned.contains("from 2 histories"), "{planned}");
    }
    run(folder, &["migrate", "--data=data"]).content();
    assert!(run(folder, &plan).content().contains("up to date"));
    run(folder, &verify).content();

    let store = place.open_store().await.unwrap();
    testing::pretend_projections_of(&store, 99).await.unwrap();
    store.close().await;
    refuses_everything(folder);
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
