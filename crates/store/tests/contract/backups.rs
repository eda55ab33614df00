use std::fs::File;
use std::io::Cursor;

use store::backup::{ArchiveKey, ArchiveLock};
use store::recovery::{SheetLanguage, read_words, words};
use store::testing::{TestStore, fresh_postgres_url, master_key};
use store::{Aggregate, MasterKey, Store, StoreError, StoreLocation};

use crate::support::{NOW, append, case, county, id, texts};

on_both! {
    an_archive_and_a_recovery_sheet_bring_everything_back;
    the_same_archive_goes_to_the_other_database;
    a_cut_or_changed_archive_restores_nothing;
    an_archive_needs_its_key_the_sheet_and_an_empty_database;
    an_age_recipient_opens_with_its_identity;
}

/// Any passphrase costs a second of scrypt; an age key pair does not.
struct Pair {
    identity: age::x25519::Identity,
}

impl Pair {
    fn new() -> Self {
        Self {
            identity: age::x25519::Identity::generate(),
        }
    }
    fn lock(&self) -> ArchiveLock {
        ArchiveLock::Recipient(self.identity.to_public())
    }
    fn key(&self) -> ArchiveKey {
        ArchiveKey::Identity(self.identity.clone())
    }
}

async fn with_history(it: &TestStore) {
    for n in 1..=3 {
        append(&it.store, id(n), 0, "第一").await.unwrap();
        append(&it.store, id(n), 1, "second").await.unwrap();
    }
    it.store.take_checkpoint(county(), NOW).await.unwrap();
    it.store
        .save_setting(county(), "office", "信访局")
        .await
        .unwrap();
}

async fn archive_of(it: &TestStore, lock: ArchiveLock) -> Vec<u8> {
    let path = it.path("archive.age");
    it.store
        .backup(File::create(&path).unwrap(), lock, NOW)
        .await
        .unwrap();
    std::fs::read(path).unwrap()
}

async fn restore(
    to: &StoreLocation,
    master: &MasterKey,
    archive: Vec<u8>,
    key: ArchiveKey,
) -> Result<u64, StoreError> {
    Store::restore(to, master, Cursor::new(archive), key)
        .await
        .map(|done| done.rows)
}

/// The history of the restored store, its chain and its epoch.
async fn check_restored(it: &TestStore, to: &StoreLocation, master: &MasterKey) {
    let restored = Store::open(to, master).await.unwrap();
    assert_eq!(texts(&restored, id(3)).await, ["第一", "second"]);
    let whole = |aggregate: Aggregate<'static>| {
        let (old, new) = (it.store.clone(), restored.clone());
        async move {
            let old = old
                .read()
                .await
                .unwrap()
                .events(&aggregate, 0)
                .await
                .unwrap();
            assert_eq!(
                old,
                new.read()
                    .await
                    .unwrap()
                    .events(&aggregate, 0)
                    .await
                    .unwrap()
            );
        }
    };
    whole(case(id(1))).await;
    let report = restored.verify(county(), None).await.unwrap();
    assert_eq!((report.events, report.findings), (6, vec![]));
    let epochs = (
        it.store
            .read()
            .await
            .unwrap()
            .feed_end(county())
            .await
            .unwrap()
            .epoch,
        restored
            .read()
            .await
            .unwrap()
            .feed_end(county())
            .await
            .unwrap()
            .epoch,
    );
    assert_ne!(epochs.0, epochs.1, "phones must fetch afresh");
    assert_eq!(
        restored
            .setting(county(), "office")
            .await
            .unwrap()
            .as_deref(),
        Some("信访局")
    );
    append(&restored, id(1), 2, "life goes on").await.unwrap();
    restored.close().await;
}

async fn an_archive_and_a_recovery_sheet_bring_everything_back(it: TestStore) {
    with_history(&it).await;
    let sheet = words(&master_key(), SheetLanguage::Chinese).join(" ");
    let archive = archive_of(&it, ArchiveLock::passphrase("four plain words here".into())).await;
    let to = StoreLocation::Sqlite(it.path("restored.db"));
    let master = read_words(&sheet).unwrap();
    let key = ArchiveKey::passphrase("four plain words here".into());
    assert!(restore(&to, &master, archive, key).await.unwrap() > 12);
    check_restored(&it, &to, &master).await;
}

async fn the_same_archive_goes_to_the_other_database(it: TestStore) {
    with_history(&it).await;
    let pair = Pair::new();
    let archive = archive_of(&it, pair.lock()).await;
    let to = match it.location {
        StoreLocation::Sqlite(_) => StoreLocation::Postgres(fresh_postgres_url().await),
        StoreLocation::Postgres(_) => StoreLocation::Sqlite(it.path("restored.db")),
    };
    restore(&to, &master_key(), archive, pair.key())
        .await
        .unwrap();
    check_restored(&it, &to, &master_key()).await;
}

async fn a_cut_or_changed_archive_restores_nothing(it: TestStore) {
    with_history(&it).await;
    let pair = Pair::new();
    let archive = archive_of(&it, pair.lock()).await;
    let to = StoreLocation::Sqlite(it.path("restored.db"));
    for cut in [0, 10, archive.len() / 2, archive.len() - 1] {
        let refused = restore(&to, &master_key(), archive[..cut].to_vec(), pair.key()).await;
        assert!(
            matches!(refused, Err(StoreError::Archive { .. })),
            "cut at {cut}: {refused:?}"
        );
    }
    let mut changed = archive.clone();
    changed[archive.len() / 2] ^= 1;
    assert!(
        restore(&to, &master_key(), changed, pair.key())
            .await
            .is_err()
    );
    restore(&to, &master_key(), archive, pair.key())
        .await
        .unwrap();
}

async fn an_archive_needs_its_key_the_sheet_and_an_empty_database(it: TestStore) {
    with_history(&it).await;
    let pair = Pair::new();
    let archive = archive_of(&it, pair.lock()).await;
    let to = StoreLocation::Sqlite(it.path("restored.db"));
    let strange = restore(&to, &master_key(), archive.clone(), Pair::new().key()).await;
    assert!(
        matches!(strange, Err(StoreError::Archive { .. })),
        "{strange:?}"
    );
    let wrong_sheet = MasterKey::from_bytes([1; 32]);
    let refused = restore(&to, &wrong_sheet, archive.clone(), pair.key()).await;
    assert_eq!(refused, Err(StoreError::WrongKey));
    let full = restore(&it.location, &master_key(), archive.clone(), pair.key()).await;
    assert!(matches!(full, Err(StoreError::Archive { .. })), "{full:?}");
    restore(&to, &master_key(), archive, pair.key())
        .await
        .unwrap();
}

async fn an_age_recipient_opens_with_its_identity(it: TestStore) {
    use age::secrecy::ExposeSecret as _;
    with_history(&it).await;
    let pair = Pair::new();
    let lock = ArchiveLock::recipient(&pair.identity.to_public().to_string()).unwrap();
    let archive = archive_of(&it, lock).await;
    let key = ArchiveKey::identity(pair.identity.to_string().expose_secret()).unwrap();
    let to = StoreLocation::Sqlite(it.path("restored.db"));
    restore(&to, &master_key(), archive, key).await.unwrap();
    assert!(ArchiveLock::recipient("age1nonsense").is_err());
}
