//! Taking jobs to run, for a while, so that a server that dies leaves them to another.

use std::time::Duration;

use futures_util::FutureExt as _;
use uuid::Uuid;

use super::write;
use crate::crypto::random;
use crate::sql::PerDialect;
use crate::tx::job::payload_field;
use crate::{Aggregate, County, Lane, Row, Store, StoreError, Timestamp, Tx, args};

macro_rules! lease_sql {
    ($lock:literal) => {
        concat!(
            "UPDATE job SET leased_until = $2, lease = $3, tries = tries + 1
             WHERE (county, job_id) IN (
               SELECT county, job_id FROM job
               WHERE run_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
               ORDER BY run_at LIMIT $4",
            $lock,
            ") RETURNING county, job_id, kind, aggregate_kind, aggregate_id, payload, tries"
        )
    };
}
const LEASE: PerDialect = PerDialect {
    sqlite: lease_sql!(""),
    postgres: lease_sql!(" FOR UPDATE SKIP LOCKED"),
};
const COUNT: &str = "SELECT COUNT(*) FROM job";
const IS_DUE: &str = "SELECT 1 FROM job
  WHERE run_at <= $1 AND (leased_until IS NULL OR leased_until <= $1) LIMIT 1";
const COMPLETE: &str = "DELETE FROM job WHERE county = $1 AND job_id = $2 AND lease = $3";
const POSTPONE: &str = "UPDATE job
  SET leased_until = NULL, lease = NULL, run_at = $4, last_error = $5
  WHERE county = $1 AND job_id = $2 AND lease = $3";

/// Who holds a job. A server that took too long finds its lease gone and changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobLease {
    pub county: County,
    pub job_id: Uuid,
    lease: Uuid,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeasedJob {
    pub lease: JobLease,
    pub kind: String,
    pub aggregate_kind: String,
    pub aggregate_id: Uuid,
    /// `None` when its matter has been erased: complete it without doing anything.
    pub payload: Option<Vec<u8>>,
    /// 1 at the first try.
    pub tries: u64,
}

impl Store {
    /// Whether anything is to be taken. Only reads.
    pub async fn is_job_due(&self, now: Timestamp) -> Result<bool, StoreError> {
        let mut reader = self.read().await?;
        Ok(reader.fetch_optional(IS_DUE, args![now]).await?.is_some())
    }

    /// Up to `limit` due jobs, earliest first, held until `now + hold`.
    pub async fn lease_jobs(
        &self,
        now: Timestamp,
        hold: Duration,
        limit: u32,
    ) -> Result<Vec<LeasedJob>, StoreError> {
        let lease = Uuid::from_bytes(random()?);
        let until = now.plus(hold);
        self.execute(Lane(lease), move |tx| {
            take(tx, now, until, lease, limit).boxed()
        })
        .await
    }

    /// How many jobs are not done yet, whoever holds them.
    pub async fn waiting_jobs(&self) -> Result<u64, StoreError> {
        let row = self.read().await?.fetch_optional(COUNT, args![]).await?;
        row.map_or(Ok(0), |row| row.unsigned(0))
    }

    /// Whether the lease still held; the job is gone then.
    pub async fn complete_job(&self, job: &JobLease) -> Result<bool, StoreError> {
        let args = args![job.county, job.job_id, job.lease];
        Ok(write::one(self, COMPLETE, args).await? == 1)
    }

    /// Tries again later. `error` goes to the operator: no personal data.
    pub async fn postpone_job(
        &self,
        job: &JobLease,
        run_at: Timestamp,
        error: &str,
    ) -> Result<bool, StoreError> {
        let args = args![job.county, job.job_id, job.lease, run_at, error];
        Ok(write::one(self, POSTPONE, args).await? == 1)
    }
}

async fn take(
    tx: &mut Tx,
    now: Timestamp,
    until: Timestamp,
    lease: Uuid,
    limit: u32,
) -> Result<Vec<LeasedJob>, StoreError> {
    let rows = tx
        .fetch_writing(LEASE, args![now, until, lease, limit])
        .await?;
    let mut jobs = Vec::with_capacity(rows.len());
    for row in rows {
        jobs.push(leased(tx, &row, lease).await?);
    }
    Ok(jobs)
}

async fn leased(tx: &mut Tx, row: &Row, lease: Uuid) -> Result<LeasedJob, StoreError> {
    let (county, job_id) = (row.county(0)?, row.id(1)?);
    let (aggregate_kind, aggregate_id) = (row.text(3)?.to_owned(), row.id(4)?);
    let owner = Aggregate::new(county, &aggregate_kind, aggregate_id);
    let payload = tx
        .open(&owner, &payload_field(job_id), row.bytes(5)?)
        .await?;
    Ok(LeasedJob {
        lease: JobLease {
            county,
            job_id,
            lease,
        },
        kind: row.text(2)?.to_owned(),
        payload,
        tries: row.unsigned(6)?,
        aggregate_kind,
        aggregate_id,
    })
}
