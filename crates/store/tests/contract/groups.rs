use futures_util::FutureExt as _;
use futures_util::future::join_all;
use store::testing::TestStore;
use store::{Lane, StoreError};

use crate::support::{append, by, case, event, id, texts};

on_both! {
    parallel_jobs_share_their_commits;
    one_bad_job_leaves_its_group_alone;
    a_panic_stays_in_its_own_savepoint;
    a_refusal_after_a_read_takes_nothing_of_its_neighbours;
    a_swallowed_error_is_undone_all_the_same;
    what_was_taken_is_answered_before_closing;
}

/// P10: at most one fsync for 15 acknowledged registrations; a commit is one fsync.
async fn parallel_jobs_share_their_commits(it: TestStore) {
    let before = it.store.commit_figures();
    let jobs = (0..256).map(|n| append(&it.store, id(n), 0, "registration"));
    assert!(join_all(jobs).await.into_iter().all(|done| done == Ok(1)));
    let after = it.store.commit_figures();
    let (commits, jobs) = (after.commits - before.commits, after.jobs - before.jobs);
    assert_eq!(jobs, 256);
    assert!(commits <= jobs / 15, "{commits} commits for {jobs} jobs");
}

async fn one_bad_job_leaves_its_group_alone(it: TestStore) {
    append(&it.store, id(7), 0, "was here before")
        .await
        .unwrap();
    let jobs = (0..20).map(|n| append(&it.store, id(n), 0, "new"));
    let done = join_all(jobs).await;
    for (n, outcome) in done.iter().enumerate() {
        assert_eq!(outcome.is_ok(), n != 7, "job {n}: {outcome:?}");
    }
    assert_eq!(texts(&it.store, id(7)).await, ["was here before"]);
    assert_eq!(texts(&it.store, id(8)).await, ["new"]);
}

async fn a_panic_stays_in_its_own_savepoint(it: TestStore) {
    let panicking = it.store.execute(Lane(id(1)), |tx| {
        async move {
            tx.append(&case(id(1)), 0, &[event("half")], &by("clerk"))
                .await?;
            let rows = tx.fetch("SELECT 1 WHERE 1 = 0", args![]).await?;
            assert_eq!(rows.len(), 1, "a rule that does not hold");
            Ok::<(), StoreError>(())
        }
        .boxed()
    });
    let (panicked, fine) = tokio::join!(panicking, append(&it.store, id(2), 0, "whole"));
    assert_eq!(panicked, Err(StoreError::Panicked));
    assert_eq!(fine, Ok(1));
    assert!(texts(&it.store, id(1)).await.is_empty());
    assert_eq!(append(&it.store, id(1), 0, "later").await, Ok(1));
}

/// What waits is written before anything is read, and its savepoint takes it back with the job.
async fn a_refusal_after_a_read_takes_nothing_of_its_neighbours(it: TestStore) {
    let refusing = it.store.execute(Lane(id(2)), |tx| {
        async move {
            tx.append(&case(id(2)), 0, &[event("half")], &by("clerk"))
                .await?;
            assert_eq!(tx.events(&case(id(2)), 0).await?.len(), 1);
            tx.append(&case(id(2)), 1, &[event("more")], &by("clerk"))
                .await?;
            Err::<(), _>(StoreError::Taken {
                what: "code".to_owned(),
            })
        }
        .boxed()
    });
    let (before, refused, after) = tokio::join!(
        append(&it.store, id(1), 0, "before"),
        refusing,
        append(&it.store, id(3), 0, "after")
    );
    assert!(
        matches!(refused, Err(StoreError::Taken { .. })),
        "{refused:?}"
    );
    assert_eq!((before, after), (Ok(1), Ok(1)));
    assert_eq!(texts(&it.store, id(1)).await, ["before"]);
    assert!(texts(&it.store, id(2)).await.is_empty());
    assert_eq!(texts(&it.store, id(3)).await, ["after"]);
    assert_eq!(append(&it.store, id(2), 0, "later").await, Ok(1));
}

async fn a_swallowed_error_is_undone_all_the_same(it: TestStore) {
    let swallowed: Result<(), StoreError> = it
        .store
        .execute(Lane(id(1)), |tx| {
            async move {
                tx.append(&case(id(1)), 0, &[event("half")], &by("clerk"))
                    .await?;
                let _ = tx
                    .run("INSERT INTO no_such_table VALUES (1)", args![])
                    .await;
                Ok(())
            }
            .boxed()
        })
        .await;
    assert!(
        matches!(swallowed, Err(StoreError::Statement { .. })),
        "{swallowed:?}"
    );
    assert!(texts(&it.store, id(1)).await.is_empty());
}

async fn what_was_taken_is_answered_before_closing(it: TestStore) {
    let jobs: Vec<_> = (0..50)
        .map(|n| {
            let store = it.store.clone();
            tokio::spawn(async move { append(&store, id(n), 0, "new").await })
        })
        .collect();
    tokio::task::yield_now().await;
    it.store.close().await;
    let mut done = 0;
    for job in jobs {
        match job.await.unwrap() {
            Ok(_) => done += 1,
            Err(StoreError::Closed) => {}
            Err(other) => panic!("{other}"),
        }
    }
    let again = it.second_server().await;
    let mut kept = 0;
    for n in 0..50 {
        kept += texts(&again, id(n)).await.len();
    }
    assert_eq!(kept, done);
    again.close().await;
}
