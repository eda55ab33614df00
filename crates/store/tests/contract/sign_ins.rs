//! A sign-in that is over still speaks for what was captured under it (`people.md` 3).

use std::time::Duration;

use store::Timestamp;
use store::records::{SessionLimits, Token};
use store::testing::TestStore;

use crate::support::{NOW, id};

on_both! {
    a_sign_in_covers_what_was_captured_while_it_was_valid;
    signing_out_ends_it_and_revoking_takes_it_back;
    signed_out_everywhere_but_here;
    it_is_remembered_until_it_is_swept;
}

const MINUTE: Duration = Duration::from_secs(60);
const LIMITS: SessionLimits = SessionLimits {
    idle: Duration::from_secs(3600),
    absolute: Duration::from_secs(2 * 3600),
};
/// Days after everything here.
const LATER: Duration = Duration::from_secs(3 * 24 * 3600);

fn minutes(count: u32) -> Timestamp {
    NOW.plus(MINUTE * count)
}

async fn signed_in(it: &TestStore) -> Token {
    it.store.create_session(id(1), LIMITS, NOW).await.unwrap()
}

async fn covers(it: &TestStore, token: &Token, account: u64, captured_at: Timestamp) -> bool {
    let mut reader = it.store.read().await.unwrap();
    let record = reader.sign_in_record(token.sign_in_id()).await.unwrap();
    let now = NOW.plus(LATER);
    record.is_some_and(|record| record.covers(id(account), captured_at, LIMITS, now))
}

async fn a_sign_in_covers_what_was_captured_while_it_was_valid(it: TestStore) {
    let token = signed_in(&it).await;
    assert!(covers(&it, &token, 1, NOW).await);
    assert!(!covers(&it, &token, 2, NOW).await, "another official's");
    // A device's clock may be ten minutes wrong.
    assert!(covers(&it, &token, 1, NOW.minus(MINUTE * 10)).await);
    assert!(
        !covers(&it, &token, 1, NOW.minus(MINUTE * 11)).await,
        "before it began"
    );
    assert!(covers(&it, &token, 1, minutes(70)).await);
    assert!(
        !covers(&it, &token, 1, minutes(71)).await,
        "idle for an hour"
    );
    // Being seen moves the end of idleness, and never that of age.
    for at in [50, 100] {
        it.store
            .session(&token, LIMITS, minutes(at))
            .await
            .unwrap()
            .unwrap();
    }
    assert!(covers(&it, &token, 1, minutes(130)).await);
    assert!(
        !covers(&it, &token, 1, minutes(131)).await,
        "two hours are the end"
    );
    // Nothing is captured after it arrives.
    let mut reader = it.store.read().await.unwrap();
    let record = reader
        .sign_in_record(token.sign_in_id())
        .await
        .unwrap()
        .unwrap();
    assert!(!record.covers(id(1), minutes(60), LIMITS, minutes(49)));
}

async fn signing_out_ends_it_and_revoking_takes_it_back(it: TestStore) {
    let token = signed_in(&it).await;
    it.store.end_session(&token, minutes(20)).await.unwrap();
    assert_eq!(
        it.store.session(&token, LIMITS, minutes(20)).await.unwrap(),
        None
    );
    assert!(covers(&it, &token, 1, minutes(30)).await);
    assert!(
        !covers(&it, &token, 1, minutes(31)).await,
        "signed out by then"
    );
    it.store
        .revoke_sessions_of(id(1), minutes(40))
        .await
        .unwrap();
    assert!(!covers(&it, &token, 1, NOW).await, "revoked afterwards");
}

async fn signed_out_everywhere_but_here(it: TestStore) {
    let (here, there) = (signed_in(&it).await, signed_in(&it).await);
    let but = here.sign_in_id();
    let ended = it.store.end_other_sessions_of(id(1), but, minutes(20));
    assert_eq!(ended.await, Ok(1));
    let session = async |token| it.store.session(token, LIMITS, minutes(20)).await.unwrap();
    assert_eq!(session(&there).await, None);
    assert!(session(&here).await.is_some());
    assert!(covers(&it, &there, 1, minutes(30)).await, "captured before");
}

async fn it_is_remembered_until_it_is_swept(it: TestStore) {
    let token = signed_in(&it).await;
    let end = NOW.plus(LIMITS.absolute);
    assert_eq!(it.store.sweep_sessions(end.minus(MINUTE)).await, Ok(0));
    assert!(covers(&it, &token, 1, NOW).await);
    assert_eq!(it.store.sweep_sessions(end).await, Ok(1));
    assert!(!covers(&it, &token, 1, NOW).await);
}
