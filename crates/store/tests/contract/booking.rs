//! Registrations through the whole way: load, decide, commit.

use std::collections::BTreeSet;

use domain::actor::Opened;
use domain::booking::Placement;
use domain::code::AccessCode;
use domain::ids::{RegistrationId, VisitId};
use domain::receipt::Receipt;
use domain::registration::RegistrationStatus;
use futures_util::future::join_all;
use store::testing::TestStore;
use store::{Changes, Store};

use crate::support::{county, id};
use crate::visits::{PLACES, filing, now, publish, register};

on_both! {
    two_hundred_parties_for_twenty_places_have_places_and_serials_in_order;
    registrations_share_their_commits;
    a_short_code_opens_its_slip;
    the_public_feed_is_silent_about_a_registration;
}

const VISIT: VisitId = VisitId(uuid::Uuid::from_u128(7));
const PARTIES: u64 = 200;

fn serial_and_placement(receipt: &Receipt) -> (u32, Placement) {
    match receipt {
        Receipt::Registered {
            serial, placement, ..
        } => (serial.unwrap(), *placement),
        other => panic!("{other:?}"),
    }
}

async fn statuses(store: &Store) -> Vec<RegistrationStatus> {
    let mut reader = store.read().await.unwrap();
    let mut statuses = Vec::new();
    for n in 0..PARTIES {
        let known = reader.registration(county(), RegistrationId(id(n))).await;
        statuses.push(known.unwrap().state.unwrap().status);
    }
    statuses
}

async fn two_hundred_parties_for_twenty_places_have_places_and_serials_in_order(it: TestStore) {
    let other = it.second_server().await;
    publish(&it.store, VISIT).await;
    let jobs = (0..PARTIES).map(|n| {
        let store = if n % 2 == 0 { &it.store } else { &other };
        register(store, VISIT, n, filing("某某"))
    });
    let receipts = join_all(jobs).await;
    let mut given: Vec<_> = receipts.iter().map(serial_and_placement).collect();
    given.sort_by_key(|(serial, _)| *serial);
    let mut tickets = BTreeSet::new();
    for ((serial, placement), expected) in given.into_iter().zip(1..) {
        assert_eq!(serial, expected);
        match placement {
            Placement::Confirmed(place) => {
                assert!(serial <= PLACES);
                assert!(tickets.insert(place.ticket), "{place:?} was sold twice");
            }
            Placement::Waitlisted { position } => assert_eq!(position, serial - PLACES),
            Placement::WalkIn(_) => panic!("nobody walked in"),
        }
    }
    assert_eq!(tickets.len(), PLACES as usize);
    let confirmed = statuses(&it.store).await;
    let confirmed = confirmed
        .iter()
        .filter(|status| **status == RegistrationStatus::Confirmed);
    assert_eq!(confirmed.count(), PLACES as usize);
    other.close().await;
}

/// P10 with the real thing: at most one commit for 15 registrations.
async fn registrations_share_their_commits(it: TestStore) {
    publish(&it.store, VISIT).await;
    let before = it.store.commit_figures();
    join_all((0..256).map(|n| register(&it.store, VISIT, n, filing("某某")))).await;
    let after = it.store.commit_figures();
    let (commits, jobs) = (after.commits - before.commits, after.jobs - before.jobs);
    assert_eq!(jobs, 256);
    assert!(commits <= jobs / 15, "{commits} commits for {jobs} jobs");
}

async fn a_short_code_opens_its_slip(it: TestStore) {
    publish(&it.store, VISIT).await;
    let receipt = register(&it.store, VISIT, 1, filing("某某")).await;
    let Receipt::Registered {
        code: AccessCode::Short(code),
        registration,
        ..
    } = receipt
    else {
        panic!("{receipt:?}");
    };
    let mut reader = it.store.read().await.unwrap();
    let found = reader
        .by_query_code(county(), &code)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.opened, Opened::Registration(registration));
    let mine = reader
        .mine(county(), &found.holder(), now(), now())
        .await
        .unwrap();
    assert_eq!(mine.slip.unwrap().serial, Some(1));
}

/// Until the visit begins, only its officers may notice that somebody registered.
async fn the_public_feed_is_silent_about_a_registration(it: TestStore) {
    publish(&it.store, VISIT).await;
    let mut reader = it.store.read().await.unwrap();
    let since = reader.feed_end(county()).await.unwrap();
    register(&it.store, VISIT, 1, filing("某某")).await;
    let public = ["public".to_owned()];
    let seen = reader.changes(county(), &public, since, 100).await;
    let Changes::Page { changes, .. } = seen.unwrap() else {
        panic!("the epoch did not change");
    };
    assert_eq!(changes, []);
}
