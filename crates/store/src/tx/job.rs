//! Work for after the commit: messages, documents, statistics.

use uuid::Uuid;

use super::Tx;
use crate::{Aggregate, StoreError, Timestamp, args};

const INSERT: &str = "INSERT INTO job
  (county, job_id, kind, aggregate_kind, aggregate_id, payload, run_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";

/// A job about an aggregate; its payload is sealed under that aggregate's key.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// Enqueuing the same id twice makes one job.
    pub job_id: Uuid,
    pub kind: &'static str,
    pub payload: Vec<u8>,
    pub run_at: Timestamp,
}

impl Tx {
    pub async fn enqueue(
        &mut self,
        aggregate: &Aggregate<'_>,
        job: &NewJob,
    ) -> Result<(), StoreError> {
        let field = payload_field(job.job_id);
        let payload = self
            .seal(aggregate, &field, &job.payload, job.run_at)
            .await?;
        let Aggregate { county, kind, id } = *aggregate;
        let args = args![county, job.job_id, job.kind, kind, id, payload, job.run_at];
        self.run(INSERT, args).await.map(drop)
    }
}

pub(crate) fn payload_field(job_id: Uuid) -> String {
    format!("job {job_id}")
}
