//! A lane's worker: collects, runs, commits, answers.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use super::Counters;
use super::submission::Submission;
use crate::calendars::Calendars;
use crate::crypto::Keyring;
use crate::database::Database;
use crate::{StoreError, Tx};

/// How long the first job waits for company.
const GATHER: Duration = Duration::from_millis(2);
/// Enough company: what comes later goes into the next group.
const COMPANY: usize = 32;
const GROUP: usize = 256;
/// How often a group is run again after a deadlock with another server or a row that was refused.
const TRIES: u32 = 4;

pub(super) struct Worker {
    pub database: Arc<Database>,
    pub keyring: Arc<Keyring>,
    pub calendars: Arc<Calendars>,
    pub counters: Arc<Counters>,
    pub queue: mpsc::Receiver<Box<dyn Submission>>,
}

impl Worker {
    /// Ends when every sender is gone and the queue is empty, so that nothing taken is lost.
    pub async fn run(mut self) {
        while let Some(first) = self.queue.recv().await {
            let mut group = self.gather(first).await;
            // One order for all servers: ledgers are locked in it.
            group.sort_by_key(|job| job.lane());
            let committed = self.commit(&mut group).await;
            self.counters
                .jobs
                .fetch_add(group.len() as u64, Ordering::Relaxed);
            for job in group {
                job.answer(committed.clone());
            }
        }
    }

    /// What has come meanwhile is taken at once: asking with a time limit would end after 64 jobs,
    /// when the runtime lets others go first. Only a few wait for more.
    async fn gather(&mut self, first: Box<dyn Submission>) -> Vec<Box<dyn Submission>> {
        let mut group = vec![first];
        let until = Instant::now() + GATHER;
        while group.len() < GROUP {
            let next = match self.queue.try_recv() {
                Ok(job) => Some(job),
                Err(_) if group.len() >= COMPANY => None,
                Err(_) => timeout_at(until, self.queue.recv()).await.ok().flatten(),
            };
            match next {
                Some(job) => group.push(job),
                None => break,
            }
        }
        group
    }

    async fn commit(&self, group: &mut [Box<dyn Submission>]) -> Result<(), StoreError> {
        for attempt in 0..TRIES {
            match self.try_commit(group, attempt > 0).await {
                Err(StoreError::Contention) => {
                    tokio::time::sleep(Duration::from_millis(5) * attempt).await;
                }
                done => return done,
            }
        }
        self.try_commit(group, true).await
    }

    /// The first time rows go together; should one be refused, the group is run again `carefully`, so
    /// that only the job it belongs to is.
    async fn try_commit(
        &self,
        group: &mut [Box<dyn Submission>],
        carefully: bool,
    ) -> Result<(), StoreError> {
        let (keyring, calendars) = (Arc::clone(&self.keyring), Arc::clone(&self.calendars));
        let mut tx = Tx::begin(&self.database, keyring, calendars).await?;
        if carefully {
            tx.be_careful();
        }
        for job in group {
            if let Err(lost) = job.run(&mut tx).await {
                tx.rollback().await;
                return Err(lost);
            }
        }
        self.counters.commits.fetch_add(1, Ordering::Relaxed);
        let told_everybody = tx.tells_everybody();
        tx.commit().await?;
        if told_everybody {
            // Before anybody is answered: who then looks must not see a page from before.
            self.counters.public.fetch_add(1, Ordering::Release);
        }
        Ok(())
    }
}
