use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::join_all;
use store::testing::TestStore;
use store::{Lane, LedgerState, Store, StoreError};
use tokio::time::sleep;
use uuid::Uuid;

use crate::support::{county, id};

on_both! {
    serials_have_no_hole_and_no_repeat_across_two_servers;
    a_second_server_waits_for_the_ledger;
}

async fn open(store: &Store, visit: Uuid) {
    let opened: Result<(), StoreError> = store
        .execute(Lane(visit), move |tx| {
            let first = LedgerState {
                next_serial: 1,
                free: 0,
                state: "{}".into(),
            };
            async move { tx.open_ledger(county(), visit, &first).await }.boxed()
        })
        .await;
    opened.unwrap();
}

#[derive(Clone, Copy)]
enum Then {
    Keep,
    Refuse,
}

/// Takes a serial, thinking for a while between reading the ledger and writing it.
async fn register(
    store: Store,
    visit: Uuid,
    thinking: Duration,
    then: Then,
) -> Result<u64, StoreError> {
    store
        .execute(Lane(visit), move |tx| {
            async move {
                let mut ledger = tx.lock_ledger(county(), visit).await?.unwrap();
                let serial = ledger.next_serial;
                ledger.next_serial += 1;
                sleep(thinking).await;
                tx.save_ledger(county(), visit, &ledger).await?;
                match then {
                    Then::Keep => Ok(serial),
                    Then::Refuse => Err(StoreError::Taken {
                        what: "place".into(),
                    }),
                }
            }
            .boxed()
        })
        .await
}

/// Every third registration is refused after it took its serial: the serial goes back.
async fn serials_have_no_hole_and_no_repeat_across_two_servers(it: TestStore) {
    let other = it.second_server().await;
    open(&it.store, id(1)).await;
    let jobs = (0..200u64).map(|n| {
        let store = if n % 2 == 0 { &it.store } else { &other };
        let then = if n % 3 == 0 { Then::Refuse } else { Then::Keep };
        register(store.clone(), id(1), Duration::ZERO, then)
    });
    let mut serials: Vec<u64> = join_all(jobs)
        .await
        .into_iter()
        .filter_map(Result::ok)
        .collect();
    serials.sort_unstable();
    assert_eq!(serials, (1..=133).collect::<Vec<u64>>());
    other.close().await;
}

async fn a_second_server_waits_for_the_ledger(it: TestStore) {
    let other = it.second_server().await;
    open(&it.store, id(1)).await;
    let slow = register(
        it.store.clone(),
        id(1),
        Duration::from_millis(400),
        Then::Keep,
    );
    let quick = async {
        sleep(Duration::from_millis(150)).await;
        register(other.clone(), id(1), Duration::ZERO, Then::Keep).await
    };
    assert_eq!(tokio::join!(slow, quick), (Ok(1), Ok(2)));
    other.close().await;
}
