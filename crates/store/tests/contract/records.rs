use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::join_all;
use store::records::{
    Account, AccountStatus, Attempt, AttemptLimits, Draft, REPOSITORIES, SessionLimits,
};
use store::testing::{TestStore, master_key};
use store::{Lane, MasterKey, NewJob, Store, StoreError};

use crate::support::{NOW, append, case, county, id, texts};

on_both! {
    a_session_ends_by_idleness_age_and_revocation;
    a_reading_session_lasts_thirty_minutes;
    of_a_hundred_tries_at_once_five_are_evaluated;
    right_tries_do_not_count;
    the_county_budget_closes_the_short_code_way_only_for_the_day;
    an_expired_draft_says_so;
    a_job_is_run_by_one_server_at_a_time;
    an_account_keeps_its_secrets;
    the_last_administrator_remains;
    a_new_master_key_opens_what_the_old_one_sealed;
}

const MINUTE: Duration = Duration::from_secs(60);
const LIMITS: AttemptLimits = AttemptLimits {
    failures: 5,
    window: Duration::from_secs(900),
    county_per_day: Some(1000),
};

#[test]
fn the_list_of_repositories_is_the_folder() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/records");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            file.unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name != "mod" && name != "token")
        .collect();
    assert_eq!(
        files,
        REPOSITORIES.iter().map(ToString::to_string).collect()
    );
}

async fn a_session_ends_by_idleness_age_and_revocation(it: TestStore) {
    let limits = SessionLimits {
        idle: 30 * MINUTE,
        absolute: 60 * MINUTE,
    };
    let token = it.store.create_session(id(1), limits, NOW).await.unwrap();
    let at = async |minutes: u32| {
        it.store
            .session(&token, limits, NOW.plus(MINUTE * minutes))
            .await
            .unwrap()
            .is_some()
    };
    assert!(
        at(0).await && at(29).await && at(58).await,
        "seen again before it is idle"
    );
    assert!(!at(60).await, "an hour is the end");
    let idle = it.store.create_session(id(1), limits, NOW).await.unwrap();
    assert_eq!(
        it.store
            .session(&idle, limits, NOW.plus(31 * MINUTE))
            .await
            .unwrap(),
        None
    );
    let revoked = it.store.create_session(id(2), limits, NOW).await.unwrap();
    assert_eq!(it.store.revoke_sessions_of(id(2), NOW).await.unwrap(), 1);
    assert_eq!(it.store.session(&revoked, limits, NOW).await.unwrap(), None);
}

async fn a_reading_session_lasts_thirty_minutes(it: TestStore) {
    let token = it
        .store
        .open_reading_session(&case(id(1)), id(9), NOW)
        .await
        .unwrap();
    let read = async |minutes: u32| {
        let at = NOW.plus(MINUTE * minutes);
        it.store
            .reading_session(county(), &token, at)
            .await
            .unwrap()
    };
    assert_eq!(read(29).await.unwrap().grant_id, id(9));
    assert_eq!(read(30).await, None);
    it.store
        .close_reading_sessions_of(county(), id(9))
        .await
        .unwrap();
    assert_eq!(read(0).await, None);
}

async fn of_a_hundred_tries_at_once_five_are_evaluated(it: TestStore) {
    let other = it.second_server().await;
    let tries = (0..100i64).map(|n| {
        let store: Store = if n % 2 == 0 {
            it.store.clone()
        } else {
            other.clone()
        };
        let now = NOW.plus(Duration::from_millis(n.unsigned_abs()));
        async move {
            store
                .begin_attempt(county(), "1234567895", LIMITS, now)
                .await
                .unwrap()
        }
    });
    let allowed = join_all(tries)
        .await
        .into_iter()
        .filter(|it| *it == Attempt::Allowed)
        .count();
    assert_eq!(allowed, 5);
    let later = NOW.plus(16 * MINUTE);
    let again = it
        .store
        .begin_attempt(county(), "1234567895", LIMITS, later)
        .await
        .unwrap();
    assert_eq!(again, Attempt::Allowed);
    let unlike = it
        .store
        .begin_attempt(county(), "9876543210", LIMITS, NOW)
        .await
        .unwrap();
    assert_eq!(unlike, Attempt::Allowed);
    other.close().await;
}

async fn right_tries_do_not_count(it: TestStore) {
    for n in 0..20 {
        let now = NOW.plus(Duration::from_secs(n));
        let begun = it
            .store
            .begin_attempt(county(), "1234567895", LIMITS, now)
            .await
            .unwrap();
        assert_eq!(begun, Attempt::Allowed);
        it.store
            .forgive_attempt(county(), "1234567895", LIMITS, now)
            .await
            .unwrap();
    }
}

async fn the_county_budget_closes_the_short_code_way_only_for_the_day(it: TestStore) {
    let limits = AttemptLimits {
        county_per_day: Some(3),
        ..LIMITS
    };
    for n in 0..3 {
        let code = format!("code {n}");
        let begun = it
            .store
            .begin_attempt(county(), &code, limits, NOW)
            .await
            .unwrap();
        assert_eq!(begun, Attempt::Allowed);
    }
    let closed = it
        .store
        .begin_attempt(county(), "code 4", limits, NOW)
        .await
        .unwrap();
    assert_eq!(closed, Attempt::CountyClosed);
    let tomorrow = NOW.plus(24 * 60 * MINUTE);
    let open = it
        .store
        .begin_attempt(county(), "code 4", limits, tomorrow)
        .await
        .unwrap();
    assert_eq!(open, Attempt::Allowed);
}

async fn an_expired_draft_says_so(it: TestStore) {
    let until = NOW.plus(60 * MINUTE);
    it.store
        .save_draft(county(), id(1), "草稿".as_bytes(), NOW, until)
        .await
        .unwrap();
    let read = async |at| it.store.draft(county(), id(1), at).await.unwrap();
    assert_eq!(
        read(NOW).await,
        Some(Draft::Open("草稿".as_bytes().to_vec()))
    );
    assert_eq!(read(until).await, Some(Draft::Expired));
    assert_eq!(it.store.sweep_drafts(until).await.unwrap(), 1);
    assert_eq!(read(NOW).await, None);
}

async fn a_job_is_run_by_one_server_at_a_time(it: TestStore) {
    let enqueued: Result<(), StoreError> = it
        .store
        .execute(Lane(id(1)), |tx| {
            async move {
                for n in 0..10 {
                    let payload = b"call her".to_vec();
                    let job = NewJob {
                        job_id: id(n),
                        kind: "to_tell",
                        payload,
                        run_at: NOW,
                    };
                    tx.enqueue(&case(id(1)), &job).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await;
    enqueued.unwrap();
    let other = it.second_server().await;
    let (mine, theirs) = tokio::join!(
        it.store.lease_jobs(NOW, MINUTE, 6),
        other.lease_jobs(NOW, MINUTE, 6)
    );
    let (mine, theirs) = (mine.unwrap(), theirs.unwrap());
    assert_eq!(mine.len() + theirs.len(), 10);
    let names: BTreeSet<_> = mine
        .iter()
        .chain(&theirs)
        .map(|job| job.lease.job_id)
        .collect();
    assert_eq!(names.len(), 10);
    assert_eq!(mine[0].payload.as_deref(), Some(&b"call her"[..]));
    assert!(it.store.complete_job(&mine[0].lease).await.unwrap());
    let retry = NOW.plus(5 * MINUTE);
    assert!(
        it.store
            .postpone_job(&mine[1].lease, retry, "no answer")
            .await
            .unwrap()
    );
    let again = it
        .store
        .lease_jobs(NOW.plus(2 * MINUTE), MINUTE, 50)
        .await
        .unwrap();
    assert_eq!((again.len(), again[0].tries), (8, 2), "leases that ran out");
    assert!(
        !other.complete_job(&theirs[0].lease).await.unwrap(),
        "its lease is another's now"
    );
    other.close().await;
}

async fn an_account_keeps_its_secrets(it: TestStore) {
    let account = Account {
        id: id(1),
        county: county(),
        name: "clerk".into(),
        title: "接访员".into(),
        portfolio: String::new(),
        unit_id: Some(id(5)),
        level: "county".into(),
        roles: "[\"intake\"]".into(),
        password_hash: None,
        totp_secret: Some(b"twenty bytes of key!".to_vec()),
        status: AccountStatus::Invited,
        created_at: NOW,
    };
    it.store.save_account(&account).await.unwrap();
    let read = it.store.account_by_name(county(), "clerk").await.unwrap();
    assert_eq!(read.as_ref(), Some(&account));
    assert!(!format!("{read:?}").contains("twenty"));
    assert!(it.store.use_totp_step(id(1), 100).await.unwrap());
    assert!(
        !it.store.use_totp_step(id(1), 100).await.unwrap(),
        "a code works once"
    );
    let link = it
        .store
        .issue_account_link(id(1), NOW.plus(MINUTE))
        .await
        .unwrap();
    assert_eq!(
        it.store.account_of_link(&link, NOW).await.unwrap(),
        Some(id(1))
    );
    assert_eq!(
        it.store
            .account_of_link(&link, NOW.plus(MINUTE))
            .await
            .unwrap(),
        None
    );
    assert!(it.store.use_account_link(&link, NOW).await.unwrap());
    assert!(
        !it.store.use_account_link(&link, NOW).await.unwrap(),
        "a link works once"
    );
}

async fn the_last_administrator_remains(it: TestStore) {
    let account = |n: u64, roles: &str, status| Account {
        id: id(n),
        county: county(),
        name: format!("clerk {n}"),
        title: String::new(),
        portfolio: String::new(),
        unit_id: None,
        level: "county".into(),
        roles: roles.to_owned(),
        password_hash: None,
        totp_secret: None,
        status,
        created_at: NOW,
    };
    let administrator = "[\"administrator\"]";
    for n in 1..=2 {
        let one = account(n, administrator, AccountStatus::Active);
        it.store.save_account(&one).await.unwrap();
    }
    let invited = account(3, administrator, AccountStatus::Invited);
    it.store.save_account(&invited).await.unwrap();

    // Each ends the other at the same moment, on servers of their own.
    let other = it.second_server().await;
    let ended = [1, 2].map(|n| account(n, administrator, AccountStatus::Disabled));
    let (first, second) = tokio::join!(
        it.store.save_account_keeping(&ended[0], "administrator"),
        other.save_account_keeping(&ended[1], "administrator")
    );
    assert_ne!(first.unwrap(), second.unwrap());
    other.close().await;
    let rest = it.store.accounts(county()).await.unwrap();
    let left = rest.iter().find(|one| one.status == AccountStatus::Active);
    let left = left.unwrap();
    let without = Account {
        roles: "[\"auditor\"]".into(),
        ..left.clone()
    };
    let kept = it.store.save_account_keeping(&without, "administrator");
    assert!(!kept.await.unwrap(), "nor is the role taken away");
    let renamed = Account {
        title: "局长".into(),
        ..left.clone()
    };
    let kept = it.store.save_account_keeping(&renamed, "administrator");
    assert!(kept.await.unwrap());
}

async fn a_new_master_key_opens_what_the_old_one_sealed(it: TestStore) {
    append(&it.store, id(1), 0, "kept").await.unwrap();
    let slept_through = it.second_server().await;
    let next = MasterKey::from_bytes([0x77; 32]);
    assert_eq!(it.store.rotate_master_key(&next).await.unwrap(), 1);
    it.store.close().await;
    // It makes no key that nothing would open.
    assert_eq!(slept_through.check().await, Err(StoreError::WrongKey));
    let refused = append(&slept_through, id(2), 0, "lost").await.err();
    assert_eq!(refused, Some(StoreError::WrongKey));
    slept_through.close().await;
    let refused = Store::open(&it.location, &master_key()).await.err();
    assert_eq!(refused, Some(StoreError::WrongKey));
    let reopened = Store::open(&it.location, &next).await.unwrap();
    assert_eq!(texts(&reopened, id(1)).await, ["kept"]);
    append(&reopened, id(1), 1, "more").await.unwrap();
    assert!(reopened.verify(county(), None).await.unwrap().is_whole());
    reopened.close().await;
}
