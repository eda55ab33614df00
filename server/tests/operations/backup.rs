//! Back from nothing but an archive and the recovery sheet.

use std::{fs, path::Path};

use store::testing::fresh_postgres_url;
use uuid::Uuid;

use crate::{
    county::{client, code_of, envelope, file, sent},
    running::{COUNTY, Running, init, run, typed},
};

/// The recipient of the age specification's own examples.
const RECIPIENT: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

async fn opens(server: &Running, code: &str) -> bool {
    let follow = client().post(format!("{}/{COUNTY}/follow", server.address));
    let answer = follow.form(&[("code", code), ("pin", "8000")]).send();
    let answer = answer.await.unwrap();
    answer.headers()["location"]
        .to_str()
        .unwrap()
        .ends_with("/mine")
}

/// A county with one matter; says its code and the sheet's words.
async fn lived_in(folder: &Path) -> (String, String) {
    init(folder, &[]);
    let server = Running::start(folder, &[]);
    let envelopes = [envelope(Uuid::now_v7(), &file("13800138000", "8000"))];
    let answers = sent(&client(), &server.address, &envelopes).await.unwrap();
    let words = run(folder, &["keys", "--data=data", "sheet", "--words"]).content();
    (code_of(&answers[0]), words)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_machine_comes_back_from_archive_and_sheet_alone_on_either_database() {
    let first = tempfile::tempdir().unwrap();
    let (code, words) = lived_in(first.path()).await;
    fs::write(first.path().join("passphrase"), "一句很长的话\n").unwrap();
    let backup = [
        "backup",
        "--data=data",
        "--to=archive",
        "--passphrase-file=passphrase",
    ];
    let said = run(first.path(), &backup);
    assert!(
        said.err.contains("nobody has confirmed a recovery sheet"),
        "{}",
        said.err
    );
    assert!(!said.err.contains("beside"), "{}", said.err);
    said.content();
    assert!(
        run(first.path(), &backup)
            .refusal()
            .contains("not overwritten")
    );

    let url = format!("--database-url={}", fresh_postgres_url().await);
    for more in [&[][..], &[url.as_str()][..]] {
        let second = tempfile::tempdir().unwrap();
        for name in ["archive", "passphrase"] {
            fs::copy(first.path().join(name), second.path().join(name)).unwrap();
        }
        let restore = [
            &[
                "restore",
                "--data=data",
                "--from=archive",
                "--passphrase-file=passphrase",
                "--sheet-file=-",
            ],
            more,
        ]
        .concat();
        // Another county's sheet opens nothing, and leaves nothing behind.
        let other = "abandon ".repeat(23) + "art";
        let refused = typed(second.path(), &restore, &other).refusal();
        assert!(refused.contains("not the master key"), "{refused}");
        typed(second.path(), &restore, &words).content();
        let verify = [&["verify", "--data=data"], more].concat();
        assert!(run(second.path(), &verify).content().contains("whole"));
        let server = Running::start(second.path(), more);
        assert!(
            opens(&server, &code).await,
            "the code for life still opens it"
        );
        assert!(
            typed(second.path(), &restore, &words)
                .refusal()
                .contains("not empty")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_machine_comes_back_from_archive_and_two_of_three_shares() {
    let first = tempfile::tempdir().unwrap();
    let (code, _) = lived_in(first.path()).await;
    let shares = ["keys", "--data=data", "sheet", "--shares", "--words"];
    let said = run(first.path(), &shares).content();
    let shares: Vec<&str> = said.lines().collect();
    fs::write(first.path().join("passphrase"), "一句很长的话\n").unwrap();
    let passphrase = "--passphrase-file=passphrase";
    let backup = ["backup", "--data=data", "--to=archive", passphrase];
    run(first.path(), &backup).content();

    let second = tempfile::tempdir().unwrap();
    for name in ["archive", "passphrase"] {
        fs::copy(first.path().join(name), second.path().join(name)).unwrap();
    }
    fs::write(second.path().join("one"), shares[2]).unwrap();
    let restore = [
        "restore",
        "--data=data",
        "--from=archive",
        passphrase,
        "--sheet-file=one",
    ];
    let alone = run(second.path(), &restore).refusal();
    assert!(alone.contains("opens nothing alone"), "{alone}");
    assert!(!second.path().join("data").exists(), "nothing was made");
    let with_another = [&restore[..], &["--sheet-file=-"]].concat();
    typed(second.path(), &with_another, shares[0]).content();
    let verify = ["verify", "--data=data"];
    assert!(run(second.path(), &verify).content().contains("whole"));
    let server = Running::start(second.path(), &[]);
    assert!(
        opens(&server, &code).await,
        "the code for life still opens it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_beside_the_key_is_warned_of_and_a_confirmed_sheet_is_not() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path(), &[]);
    let words = run(folder.path(), &["keys", "--data=data", "sheet", "--words"]).content();
    typed(folder.path(), &["keys", "--data=data", "confirm"], &words).content();
    let recipient = format!("--recipient={RECIPIENT}");
    let beside = ["backup", "--data=data", "--to=data/archive", &recipient];
    let said = run(folder.path(), &beside);
    assert!(said.err.contains("lies beside"), "{}", said.err);
    assert!(!said.err.contains("nobody has confirmed"), "{}", said.err);
    said.content();
    let wrong = ["backup", "--data=data", "--to=b", "--recipient=age1nobody"];
    run(folder.path(), &wrong).refusal();
    assert!(!folder.path().join("b").exists());
}

#[test]
fn what_is_kept_elsewhere_proves_a_database_that_was_put_back() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path(), &[]);
    let data = folder.path().join("data");
    let copy = |from: &str, to: &str| {
        fs::copy(data.join(from), data.join(to)).unwrap();
    };
    copy("huiyin.sqlite", "before");
    let keep = ["verify", "--data=data", "--checkpoint=kept.json"];
    run(folder.path(), &keep).content();
    let against = ["verify", "--data=data", "--against=kept.json"];
    run(folder.path(), &against).content();
    copy("before", "huiyin.sqlite");
    let said = run(folder.path(), &against);
    assert!(
        said.out.contains("checkpoint 1 was kept elsewhere"),
        "{}",
        said.out
    );
    said.refusal();
}
