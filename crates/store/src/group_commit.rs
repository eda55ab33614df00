//! Group commit: jobs that arrive together share one transaction, one savepoint each.
//!
//! A commit costs an fsync (about 4 ms here) however much it holds. So a lane takes the first job,
//! waits a moment for company, runs all in turn and answers after the commit: durable and fast.
//! SQLite has one writer and so one lane; on PostgreSQL jobs of one visit share a lane, because
//! they would only wait for each other's row lock.

mod submission;
mod worker;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use uuid::Uuid;

pub(crate) use submission::Pending;
use submission::Submission;
use worker::Worker;

use crate::StoreError;
use crate::calendars::Calendars;
use crate::crypto::Keyring;
use crate::database::Database;
use crate::sql::Dialect;

const POSTGRES_LANES: usize = 4;
/// Jobs waiting in a lane before callers are made to wait as well.
const QUEUE: usize = 4096;

/// Jobs of one lane run in one order. Use the visit's id for anything that touches its booking
/// ledger, otherwise the id of the aggregate that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lane(pub Uuid);

/// How well grouping works, for the metrics and the fsync budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommitFigures {
    pub commits: u64,
    pub jobs: u64,
}

#[derive(Default)]
pub(crate) struct Counters {
    commits: AtomicU64,
    jobs: AtomicU64,
    public: AtomicU64,
}

pub(crate) struct GroupCommit {
    /// Emptied by closing: workers end when their senders are gone and their queue is done.
    lanes: Mutex<Vec<mpsc::Sender<Box<dyn Submission>>>>,
    workers: Mutex<Vec<JoinHandle<()>>>,
    counters: Arc<Counters>,
}

impl GroupCommit {
    pub fn start(
        database: &Arc<Database>,
        keyring: &Arc<Keyring>,
        calendars: &Arc<Calendars>,
    ) -> Self {
        let count = match database.dialect() {
            Dialect::Sqlite => 1,
            Dialect::Postgres => POSTGRES_LANES,
        };
        let counters = Arc::new(Counters::default());
        let (mut lanes, mut workers) = (Vec::new(), Vec::new());
        for _ in 0..count {
            let (sender, queue) = mpsc::channel(QUEUE);
            let worker = Worker {
                database: Arc::clone(database),
                keyring: Arc::clone(keyring),
                calendars: Arc::clone(calendars),
                counters: Arc::clone(&counters),
                queue,
            };
            lanes.push(sender);
            workers.push(tokio::spawn(worker.run()));
        }
        Self {
            lanes: Mutex::new(lanes),
            workers: Mutex::new(workers),
            counters,
        }
    }

    pub async fn submit(&self, job: Box<dyn Submission>) -> Result<(), StoreError> {
        let lane = {
            let lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
            if lanes.is_empty() {
                return Err(StoreError::Closed);
            }
            let place = job.lane().0.as_u128() % lanes.len() as u128;
            lanes[usize::try_from(place).unwrap_or(0)].clone()
        };
        lane.send(job).await.map_err(|_| StoreError::Closed)
    }

    /// Takes no more jobs and waits until those taken are answered.
    pub async fn close(&self) {
        self.lanes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
        let workers =
            std::mem::take(&mut *self.workers.lock().unwrap_or_else(PoisonError::into_inner));
        for worker in workers {
            if let Err(error) = worker.await {
                tracing::error!(%error, "a group commit worker ended badly");
            }
        }
    }

    /// Commits that told everybody something.
    pub fn public_commits(&self) -> u64 {
        self.counters.public.load(Ordering::Acquire)
    }

    pub fn figures(&self) -> CommitFigures {
        CommitFigures {
            commits: self.counters.commits.load(Ordering::Relaxed),
            jobs: self.counters.jobs.load(Ordering::Relaxed),
        }
    }
}
