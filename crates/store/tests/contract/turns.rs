//! When public pages stop being true: by themselves, and by a commit.

use chrono::Duration;
use domain::ids::VisitId;
use store::testing::TestStore;

use crate::support::county;
use crate::visits::{filing, now, publish, register};

on_both! {
    the_next_turn_is_a_visits_opening_or_closing_else_midnight;
    a_public_commit_is_known_at_once_and_a_registration_is_none;
}

const VISIT: VisitId = VisitId(uuid::Uuid::from_u128(7));

async fn the_next_turn_is_a_visits_opening_or_closing_else_midnight(it: TestStore) {
    publish(&it.store, VISIT).await;
    let mut reader = it.store.read().await.unwrap();
    // The visit's registration opened a day ago and closes in five days.
    let (opens, closes) = (now() - Duration::days(1), now() + Duration::days(5));
    for turn in [opens, closes] {
        let before = turn - Duration::seconds(1);
        assert_eq!(reader.next_turn(county(), before).await.unwrap(), turn);
        let after = reader.next_turn(county(), turn).await.unwrap();
        assert!(after > turn && after <= turn + Duration::days(1), "{after}");
    }
}

async fn a_public_commit_is_known_at_once_and_a_registration_is_none(it: TestStore) {
    let before = it.store.public_commits();
    publish(&it.store, VISIT).await;
    let published = it.store.public_commits();
    assert!(published > before);
    register(&it.store, VISIT, 1, filing("某某")).await;
    assert_eq!(it.store.public_commits(), published);
}
