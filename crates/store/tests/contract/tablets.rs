//! The officials' tablets: each has one holder, and one that is lost stays so.

use std::time::Duration;

use store::records::{Account, AccountStatus, Tablet, TabletRegistration};
use store::testing::TestStore;
use store::{County, Timestamp};
use uuid::Uuid;

use crate::support::{NOW, county, id};

on_both! {
    a_tablet_belongs_to_the_account_that_registered_it_first;
    a_contact_is_written_at_most_once_a_minute;
    a_lost_tablet_stays_lost_and_its_next_contact_is_noted_at_once;
    all_tablets_of_one_account_are_lost_together;
}

const SECOND: Duration = Duration::from_secs(1);

fn seconds(count: u32) -> Timestamp {
    NOW.plus(SECOND * count)
}

async fn account(it: &TestStore, n: u64) -> Uuid {
    let account = Account {
        id: id(n),
        county: county(),
        name: format!("clerk {n}"),
        title: String::new(),
        portfolio: String::new(),
        unit_id: None,
        level: "county".into(),
        roles: "[]".into(),
        password_hash: None,
        totp_secret: None,
        status: AccountStatus::Active,
        created_at: NOW,
    };
    it.store.save_account(&account).await.unwrap();
    account.id
}

async fn register(
    it: &TestStore,
    tablet: u64,
    holder: Uuid,
    name: &str,
    at: Timestamp,
) -> TabletRegistration {
    let done = it.store.register_tablet(id(tablet), holder, name, at);
    done.await.unwrap()
}

async fn tablet(it: &TestStore, n: u64) -> Tablet {
    let known = it.store.tablet(county(), id(n)).await.unwrap();
    known.unwrap()
}

async fn a_tablet_belongs_to_the_account_that_registered_it_first(it: TestStore) {
    let (holder, other) = (account(&it, 1).await, account(&it, 2).await);
    assert_eq!(it.store.tablet(county(), id(9)).await, Ok(None));
    let done = register(&it, 9, holder, "窗口一", NOW).await;
    assert_eq!(done, TabletRegistration::Done);
    let first = Tablet {
        id: id(9),
        account_id: holder,
        name: "窗口一".into(),
        registered_at: NOW,
        last_contact_at: NOW,
        lost_at: None,
    };
    assert_eq!(tablet(&it, 9).await, first);

    let theirs = register(&it, 9, other, "我的", seconds(5)).await;
    assert_eq!(theirs, TabletRegistration::AnotherHolder);
    assert_eq!(tablet(&it, 9).await, first);

    let again = register(&it, 9, holder, "下乡用", seconds(10)).await;
    assert_eq!(again, TabletRegistration::Done);
    let renewed = Tablet {
        name: "下乡用".into(),
        last_contact_at: seconds(10),
        ..first
    };
    assert_eq!(tablet(&it, 9).await, renewed);

    register(&it, 8, other, "窗口二", seconds(20)).await;
    let all = it.store.tablets(county()).await.unwrap();
    let ids: Vec<Uuid> = all.iter().map(|tablet| tablet.id).collect();
    assert_eq!(ids, [id(9), id(8)], "the first one first");
    let elsewhere = County::parse("330702").unwrap();
    assert_eq!(it.store.tablets(elsewhere).await, Ok(Vec::new()));
    assert_eq!(it.store.tablet(elsewhere, id(9)).await, Ok(None));
}

async fn a_contact_is_written_at_most_once_a_minute(it: TestStore) {
    let holder = account(&it, 1).await;
    register(&it, 9, holder, "窗口一", NOW).await;
    for (at, noted) in [(59, 0), (60, 60), (90, 60), (120, 120)] {
        let known = tablet(&it, 9).await;
        it.store.note_contact(&known, seconds(at)).await.unwrap();
        assert_eq!(
            tablet(&it, 9).await.last_contact_at,
            seconds(noted),
            "after {at} seconds"
        );
    }
}

async fn a_lost_tablet_stays_lost_and_its_next_contact_is_noted_at_once(it: TestStore) {
    let (holder, other) = (account(&it, 1).await, account(&it, 2).await);
    register(&it, 9, holder, "窗口一", NOW).await;
    assert_eq!(it.store.lose_tablet(id(7), NOW).await, Ok(false), "unknown");
    assert_eq!(it.store.lose_tablet(id(9), seconds(10)).await, Ok(true));
    assert_eq!(it.store.lose_tablet(id(9), seconds(20)).await, Ok(false));
    let lost = tablet(&it, 9).await;
    assert_eq!(lost.lost_at, Some(seconds(10)), "the first time counts");

    let again = register(&it, 9, holder, "又一次", seconds(30)).await;
    assert_eq!(again, TabletRegistration::Lost);
    let theirs = register(&it, 9, other, "我的", seconds(30)).await;
    assert_eq!(theirs, TabletRegistration::AnotherHolder);
    assert_eq!(tablet(&it, 9).await, lost, "nothing of it changed");

    it.store.note_contact(&lost, seconds(40)).await.unwrap();
    let told = tablet(&it, 9).await;
    assert_eq!(told.last_contact_at, seconds(40));
    it.store.note_contact(&told, seconds(50)).await.unwrap();
    assert_eq!(tablet(&it, 9).await, told, "once a minute from then on");
}

async fn all_tablets_of_one_account_are_lost_together(it: TestStore) {
    let (holder, other) = (account(&it, 1).await, account(&it, 2).await);
    for (n, of) in [(7, holder), (8, holder), (9, other)] {
        register(&it, n, of, "平板", NOW).await;
    }
    it.store.lose_tablet(id(7), seconds(5)).await.unwrap();
    assert_eq!(it.store.lose_tablets_of(holder, seconds(10)).await, Ok(1));
    assert_eq!(tablet(&it, 7).await.lost_at, Some(seconds(5)));
    assert_eq!(tablet(&it, 8).await.lost_at, Some(seconds(10)));
    assert_eq!(tablet(&it, 9).await.lost_at, None);
}
