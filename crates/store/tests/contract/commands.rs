use futures_util::FutureExt as _;
use futures_util::future::join_all;
use store::testing::TestStore;
use store::{Lane, NextAction, Store, StoreError};
use uuid::Uuid;

use crate::support::{NOW, by, case, county, event, id, texts};

on_both! {
    a_repeated_command_gets_the_stored_answer;
    the_same_id_with_other_content_is_refused;
    parallel_repeats_on_two_servers_make_one_case;
    a_refused_command_may_be_sent_again;
    an_erased_answer_is_gone;
}

#[derive(Debug, PartialEq)]
enum Answered {
    Fresh(String),
    Again(String),
    Other,
    Gone,
}

/// A little command handler as the server has one: claim, write, store the answer.
async fn send(store: &Store, command: Uuid, content: &str) -> Result<Answered, StoreError> {
    let content = content.to_owned();
    store
        .execute(Lane(command), move |tx| {
            let content = content.clone();
            async move {
                let owner = case(command);
                match tx
                    .start_command(county(), command, content.as_bytes(), NOW)
                    .await?
                {
                    NextAction::Start => {}
                    NextAction::Replay(None) => return Ok(Answered::Gone),
                    NextAction::Replay(Some(answer)) => {
                        return Ok(Answered::Again(String::from_utf8(answer).unwrap()));
                    }
                    NextAction::DifferentContent => return Ok(Answered::Other),
                }
                tx.append(&owner, 0, &[event(&content)], &by("citizen"))
                    .await?;
                let answer = format!("received: {content}");
                tx.finish_command(command, &owner, answer.as_bytes(), NOW)
                    .await?;
                Ok(Answered::Fresh(answer))
            }
            .boxed()
        })
        .await
}

async fn a_repeated_command_gets_the_stored_answer(it: TestStore) {
    let first = send(&it.store, id(1), "road").await.unwrap();
    assert_eq!(first, Answered::Fresh("received: road".into()));
    for _ in 0..3 {
        let again = send(&it.store, id(1), "road").await.unwrap();
        assert_eq!(again, Answered::Again("received: road".into()));
    }
    assert_eq!(texts(&it.store, id(1)).await, ["road"]);
}

async fn the_same_id_with_other_content_is_refused(it: TestStore) {
    send(&it.store, id(1), "road").await.unwrap();
    assert_eq!(
        send(&it.store, id(1), "water").await.unwrap(),
        Answered::Other
    );
    assert_eq!(texts(&it.store, id(1)).await, ["road"]);
}

async fn parallel_repeats_on_two_servers_make_one_case(it: TestStore) {
    let other = it.second_server().await;
    let sends = (0..30).map(|n| {
        let store = if n % 2 == 0 {
            it.store.clone()
        } else {
            other.clone()
        };
        async move { send(&store, id(1), "road").await.unwrap() }
    });
    let answers = join_all(sends).await;
    let fresh = answers
        .iter()
        .filter(|answer| matches!(answer, Answered::Fresh(_)))
        .count();
    let again = answers
        .iter()
        .filter(|answer| matches!(answer, Answered::Again(_)))
        .count();
    assert_eq!((fresh, again), (1, 29));
    assert_eq!(texts(&it.store, id(1)).await, ["road"]);
    other.close().await;
}

async fn a_refused_command_may_be_sent_again(it: TestStore) {
    let refused: Result<(), StoreError> = it
        .store
        .execute(Lane(id(1)), |tx| {
            async move {
                tx.start_command(county(), id(1), b"road", NOW).await?;
                Err(StoreError::Taken {
                    what: "place".into(),
                })
            }
            .boxed()
        })
        .await;
    assert!(refused.is_err());
    assert!(matches!(
        send(&it.store, id(1), "road").await,
        Ok(Answered::Fresh(_))
    ));
}

async fn an_erased_answer_is_gone(it: TestStore) {
    send(&it.store, id(1), "road").await.unwrap();
    let erased: Result<bool, StoreError> = it
        .store
        .execute(Lane(id(1)), |tx| {
            async move { tx.erase(&case(id(1)), NOW).await }.boxed()
        })
        .await;
    assert_eq!(erased, Ok(true));
    assert_eq!(
        send(&it.store, id(1), "road").await.unwrap(),
        Answered::Gone
    );
}
