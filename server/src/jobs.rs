//! Work after the commit, never inside a request. Each server takes what is due for a while; what
//! a server leaves behind when it dies is taken by another, and doing it again changes nothing.

use std::{future::Future, pin::pin, time::Duration};

use chrono::{DateTime, Utc};
use store::{
    Store, StoreError, TO_TELL, Timestamp,
    records::{CHECK_ATTACHMENT, LeasedJob, OPEN_ATTACHMENT},
};

use crate::{
    attachments::{self, Attachments},
    clock,
};

/// Between two looks for work.
const PAUSE: Duration = Duration::from_secs(1);
/// How long a job is one server's.
const HOLD: Duration = Duration::from_secs(120);
/// Jobs taken at once.
const BATCH: u32 = 20;
/// The wait after a first failure; each further one doubles it.
const RETRY: Duration = Duration::from_secs(5);
/// Doublings at most: about an hour.
const DOUBLINGS: u32 = 10;

/// Does what becomes due until `stop`, then ends what it has begun.
pub async fn run(attachments: Attachments, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    loop {
        if let Err(error) = perform_due(&attachments.store, Some(&attachments), clock::now()).await
        {
            tracing::error!(%error, "jobs could not be taken");
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Does everything that is due, and says how many jobs were done. Without attachments those of
/// their kind stay for a server that has them.
///
/// # Errors
/// The database does not answer; what was not done stays due.
pub async fn perform_due(
    store: &Store,
    attachments: Option<&Attachments>,
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let now = Timestamp::from(now);
    let mut done = 0;
    // Looking costs no write.
    while store.is_job_due(now).await? {
        let jobs = store.lease_jobs(now, HOLD, BATCH).await?;
        if jobs.is_empty() {
            break;
        }
        for job in &jobs {
            done += usize::from(perform(store, attachments, job, now).await?);
        }
    }
    Ok(done)
}

async fn perform(
    store: &Store,
    attachments: Option<&Attachments>,
    job: &LeasedJob,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let outcome = match (job.kind.as_str(), attachments) {
        (TO_TELL, _) => store.make_tellings(job).await,
        (CHECK_ATTACHMENT, Some(attachments)) => attachments::perform(attachments, job, now).await,
        (OPEN_ATTACHMENT, Some(attachments)) => attachments::open(attachments, job, now).await,
        // A newer server's: it stays for one.
        (kind, _) => Err(StoreError::Corrupt {
            what: format!("a job of kind {kind}"),
        }),
    };
    match outcome {
        Ok(()) => store.complete_job(&job.lease).await,
        Err(error) => {
            tracing::error!(%error, kind = job.kind, "a job was not done");
            let doublings = u32::try_from(job.tries.saturating_sub(1)).unwrap_or(DOUBLINGS);
            let later = now.plus(RETRY * 2_u32.pow(doublings.min(DOUBLINGS)));
            store
                .postpone_job(&job.lease, later, &error.to_string())
                .await?;
            Ok(false)
        }
    }
}
