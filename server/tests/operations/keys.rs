//! The master key: on paper, confirmed, renewed.

use crate::running::{Running, Said, init, run, typed};

fn keys(folder: &std::path::Path, more: &[&str], words: &str) -> Said {
    typed(folder, &[&["keys", "--data=data"], more].concat(), words)
}

#[test]
fn a_sheet_is_confirmed_by_typing_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    init(folder, &[]);
    assert!(keys(folder, &[], "").content().contains("NOT confirmed"));
    let words = keys(folder, &["sheet", "--words"], "").content();
    assert_eq!(words.trim().chars().count(), 24);

    let short: String = words.chars().take(23).collect();
    assert!(
        keys(folder, &["confirm"], &short)
            .refusal()
            .contains("24 words")
    );
    let other = "abandon ".repeat(23) + "art";
    assert!(
        keys(folder, &["confirm"], &other)
            .refusal()
            .contains("another key")
    );
    assert!(folder.join("data/recovery-sheet.html").exists());

    keys(folder, &["confirm"], &words).content();
    assert!(
        keys(folder, &["show"], "")
            .content()
            .contains("confirmed at")
    );
    assert!(
        !folder.join("data/recovery-sheet.html").exists(),
        "printed, and gone"
    );
}

#[test]
fn two_of_three_shares_are_the_sheet_and_one_is_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    init(folder, &[]);
    let lines = || -> Vec<String> {
        let said = keys(folder, &["sheet", "--shares", "--words"], "").content();
        said.lines().map(str::to_owned).collect()
    };
    let (first, second) = (lines(), lines());
    assert!(folder.join("data/recovery-sheet.html").exists());
    assert_eq!(first.len(), 3);
    let confirm = |words: &str| keys(folder, &["confirm"], words);
    let alone = confirm(&first[0]).refusal();
    assert!(alone.contains("opens nothing alone"), "{alone}");
    let twice = confirm(&first[0].repeat(2)).refusal();
    assert!(twice.contains("share 1 twice"), "{twice}");
    let mixed = confirm(&format!("{}{}", first[0], second[1])).refusal();
    assert!(mixed.contains("different sets"), "{mixed}");

    let said = keys(folder, &["sheet", "--shares"], "").content();
    assert!(said.contains("recovery-share-1.html"), "{said}");
    let page = |n: u8| {
        let file = folder.join(format!("data/recovery-share-{n}.html"));
        std::fs::read_to_string(file).unwrap()
    };
    let on_paper = |n: u8| {
        let page = page(n);
        let (_, rest) = page.split_once("<code>").unwrap();
        rest.split_once("</code>").unwrap().0.to_owned()
    };
    assert!(page(3).contains("第 3 份（共 3 份）"));
    assert!(
        !folder.join("data/recovery-sheet.html").exists(),
        "the whole sheet does not lie beside its shares"
    );
    confirm(&format!("{}\n{}", on_paper(3), on_paper(1))).content();
    let shown = keys(folder, &["show"], "").content();
    assert!(shown.contains("confirmed at"), "{shown}");
    for n in 1..=3 {
        let file = folder.join(format!("data/recovery-share-{n}.html"));
        assert!(!file.exists(), "printed, and gone");
    }
}

#[test]
fn a_new_key_needs_a_stopped_server_and_a_new_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    init(folder, &[]);
    let old = keys(folder, &["sheet", "--words"], "").content();
    keys(folder, &["confirm"], &old).content();
    let server = Running::start(folder, &[]);
    let refused = keys(folder, &["rotate"], "").refusal();
    assert!(refused.contains("stop the server"), "{refused}");
    drop(server);

    keys(folder, &["rotate"], "").content();
    assert!(keys(folder, &[], "").content().contains("NOT confirmed"));
    assert!(
        keys(folder, &["confirm"], &old)
            .refusal()
            .contains("another key")
    );
    let new = keys(folder, &["sheet", "--words"], "").content();
    assert_ne!(old, new);
    keys(folder, &["confirm"], &new).content();
    assert!(
        run(folder, &["verify", "--data=data"])
            .content()
            .contains("whole")
    );
}

/// Cut between the commit and the new key's name: the next start finds the key that opens.
#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_that_was_cut_short_is_finished_by_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path(), &[]);
    let data = folder.path().join("data");
    let old = std::fs::read(data.join("master.key")).unwrap();
    keys(folder.path(), &["rotate"], "").content();
    std::fs::rename(data.join("master.key"), data.join("master.key.next")).unwrap();
    std::fs::write(data.join("master.key"), old).unwrap();
    assert!(
        run(folder.path(), &["verify", "--data=data"])
            .content()
            .contains("whole")
    );
    assert!(!data.join("master.key.next").exists());
}

#[test]
fn a_lost_key_is_told_and_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path(), &[]);
    let key = folder.path().join("data/master.key");
    std::fs::remove_file(&key).unwrap();
    let refused = run(folder.path(), &["verify", "--data=data"]).refusal();
    assert!(refused.contains("master.key is missing"), "{refused}");
    assert!(!key.exists());
}
