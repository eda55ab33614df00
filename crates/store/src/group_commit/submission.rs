//! One job on its way through a group: what to run, what came of it, whom to answer.

use std::any::Any;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

use super::Lane;
use crate::{StoreError, Tx};

/// How often a job is run again when its aggregate was changed under it.
const TRIES: usize = 5;

/// A job of any answer type, so that one queue holds them all.
pub(crate) trait Submission: Send {
    fn lane(&self) -> Lane;
    /// Runs the job in its savepoint. An error here means that the whole transaction is lost.
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, Result<(), StoreError>>;
    /// Tells the caller: what the job said, or the error that undid it.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

pub(crate) struct Pending<T, E, F> {
    pub lane: Lane,
    pub work: F,
    pub outcome: Option<Result<T, E>>,
    pub reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Submission for Pending<T, E, F>
where
    T: Send,
    E: From<StoreError> + Send,
    F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync,
{
    fn lane(&self) -> Lane {
        self.lane
    }

    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            for attempt in 1..=TRIES {
                let outcome = run_once(&self.work, tx).await?;
                let conflict = matches!(tx.failure(), Some(StoreError::Conflict { .. }));
                self.outcome = Some(outcome);
                if !conflict || attempt == TRIES {
                    break;
                }
            }
            Ok(())
        })
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let answer = match (committed, self.outcome) {
            // A refusal wrote nothing, but it may rest on what was rolled back with the group.
            (Err(error), _) => Err(error.into()),
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(StoreError::Closed.into()),
        };
        if reply_to(self.reply, answer).is_err() {
            tracing::debug!("the caller went away before its answer");
        }
    }
}

fn reply_to<T>(reply: oneshot::Sender<T>, answer: T) -> Result<(), T> {
    reply.send(answer)
}

/// Once through the savepoint: kept when the job succeeded, otherwise undone.
async fn run_once<T, E, F>(work: &F, tx: &mut Tx) -> Result<Result<T, E>, StoreError>
where
    E: From<StoreError>,
    F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>>,
{
    tx.begin_job().await?;
    let run = AssertUnwindSafe(async { work(tx).await })
        .catch_unwind()
        .await;
    let outcome = run.unwrap_or_else(|panic| {
        tracing::error!(message = panic_text(&*panic), "a job panicked");
        Err(StoreError::Panicked.into())
    });
    if let Some(lost) = tx.lost() {
        return Err(lost);
    }
    match (outcome, tx.failure().cloned()) {
        (Ok(value), None) => Ok(Ok(value)),
        (Ok(_), Some(swallowed)) => tx.undo_job().await.map(|()| Err(swallowed.into())),
        (Err(refusal), _) => tx.undo_job().await.map(|()| Err(refusal)),
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    panic.downcast_ref::<&str>().copied().unwrap_or("(no text)")
}
