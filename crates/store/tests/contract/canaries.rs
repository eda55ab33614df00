//! Marked texts go in through the interface; no raw byte on the disk may show them.

use std::fs::{self, File};
use std::path::Path;

use futures_util::FutureExt as _;
use store::backup::ArchiveLock;
use store::records::{Account, AccountStatus};
use store::testing::TestStore;
use store::{Lane, LookupKind, NewJob, Store, StoreError, StoreLocation, Tx};

use crate::support::{NOW, by, case, county, event, id};
use crate::{to_tell, visits};

on_both! {
    no_canary_is_found_on_the_disk;
}

const CANARY: &str = "金丝雀canary7Q4Z";

async fn no_canary_is_found_on_the_disk(it: TestStore) {
    plant(&it.store).await;
    let archive = it.path("archive.age");
    let pair = age::x25519::Identity::generate();
    let lock = ArchiveLock::Recipient(pair.to_public());
    it.store
        .backup(File::create(&archive).unwrap(), lock, NOW)
        .await
        .unwrap();
    let mut scanned = scan(it.folder.path());
    if let StoreLocation::Postgres(_) = &it.location {
        flush(&it.store).await;
        scanned += scan(&store::testing::postgres_data_folder());
    }
    assert!(scanned > 100_000, "only {scanned} bytes were looked at");
}

async fn plant(store: &Store) {
    let planted: Result<(), StoreError> =
        store.execute(Lane(id(1)), |tx| plant_in(tx).boxed()).await;
    planted.unwrap();
    let visit = domain::ids::VisitId(id(50));
    visits::publish(store, visit).await;
    visits::register(store, visit, 51, visits::filing(CANARY)).await;
    visits::change(store, visit).await;
    assert_eq!(to_tell::perform(store).await, 1);
    store
        .save_draft(
            county(),
            id(2),
            CANARY.as_bytes(),
            NOW,
            NOW.plus(std::time::Duration::from_secs(3600)),
        )
        .await
        .unwrap();
    let account = Account {
        id: id(3),
        county: county(),
        name: "clerk".into(),
        title: String::new(),
        portfolio: String::new(),
        unit_id: None,
        level: "county".into(),
        roles: "[]".into(),
        password_hash: None,
        totp_secret: Some(CANARY.as_bytes().to_vec()),
        status: AccountStatus::Active,
        created_at: NOW,
    };
    store.save_account(&account).await.unwrap();
    store
        .register_tablet(id(4), id(3), CANARY, NOW)
        .await
        .unwrap();
}

async fn plant_in(tx: &mut Tx) -> Result<(), StoreError> {
    let owner = case(id(1));
    tx.start_command(county(), id(1), CANARY.as_bytes(), NOW)
        .await?;
    tx.append(&owner, 0, &[event(CANARY)], &by(CANARY)).await?;
    for kind in [LookupKind::Name, LookupKind::Phone, LookupKind::QueryCode] {
        tx.file_under(&owner, kind, CANARY).await?;
    }
    let payload = CANARY.as_bytes().to_vec();
    tx.enqueue(
        &owner,
        &NewJob {
            job_id: id(4),
            kind: "a kind of work",
            payload,
            run_at: NOW,
        },
    )
    .await?;
    tx.finish_command(id(1), &owner, CANARY.as_bytes(), NOW)
        .await
}

/// Brings what PostgreSQL still holds in memory to its files.
async fn flush(store: &Store) {
    store
        .read()
        .await
        .unwrap()
        .fetch("CHECKPOINT", args![])
        .await
        .unwrap();
}

/// Looks through all files, the WAL included, in every encoding a careless writer might use.
fn scan(folder: &Path) -> usize {
    let hex: String = CANARY.bytes().map(|byte| format!("{byte:02x}")).collect();
    let utf16: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let needles = [
        CANARY.as_bytes().to_vec(),
        hex.into_bytes(),
        utf16,
        b"canary7Q4Z".to_vec(),
    ];
    let mut scanned = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            scanned += scan(&path);
            continue;
        }
        // PostgreSQL may remove a file while the folder is read.
        let Ok(bytes) = fs::read(&path) else { continue };
        for needle in &needles {
            let found = bytes.windows(needle.len()).any(|window| window == needle);
            assert!(!found, "a canary in {}", path.display());
        }
        scanned += bytes.len();
    }
    scanned
}
