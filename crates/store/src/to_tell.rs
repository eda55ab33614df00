//! The rows of *To tell* (`people.md` 4), made after the commit: an event that concerns somebody
//! leaves a job beside it, and the job makes a row for each person, once, however often it runs.

use domain::{
    case::{CaseEvent, Origin},
    ids::{CaseId, RegistrationId, TellingId, VisitId},
    readers::ReaderSet,
    registration::{Received, RegistrationEvent},
    tidings::{self, Telling, Tidings},
    visit::VisitEvent,
};
use futures_util::FutureExt as _;
use uuid::Uuid;

use crate::{
    Aggregate, County, Lane, NewJob, Reader, Store, StoreError, Timestamp, Tx,
    aggregate_log::{json, kind, parse},
    args,
    records::LeasedJob,
};

/// The kind of the jobs that make rows.
pub const TO_TELL: &str = "to_tell";

const EXPECTED: &str = "SELECT registration_id FROM registration_row
  WHERE county = $1 AND visit_id = $2 AND status IN ('confirmed', 'waitlisted')
  ORDER BY registration_id";
const INSERT: &str = "INSERT INTO to_tell
  (county, telling_id, aggregate_kind, aggregate_id, visit_id, content, at, state, tries)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0) ON CONFLICT DO NOTHING";
const INSERT_READER: &str = "INSERT INTO to_tell_reader (county, registration_id, reader, admits)
  VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

/// Rows written in one transaction: others need not wait for a whole day's registrants.
const AT_ONCE: usize = 50;

/// The job beside an event. Its payload is the event's version in its aggregate.
pub(crate) fn job(event_id: Uuid, version: u64, at: Timestamp) -> NewJob {
    NewJob {
        job_id: event_id,
        kind: TO_TELL,
        payload: version.to_be_bytes().to_vec(),
        run_at: at,
    }
}

/// The words under which a row's content is sealed.
pub(crate) fn content_field(id: TellingId) -> String {
    format!("to tell {id}")
}

/// The event that is told of.
#[derive(Clone, Copy)]
struct Event {
    id: Uuid,
    at: Timestamp,
}

/// A row to be written.
#[derive(Clone)]
struct NewRow {
    id: TellingId,
    kind: &'static str,
    aggregate: Uuid,
    visit: Option<VisitId>,
    telling: Telling,
    /// A registration's readers; a case's are in `case_reader`.
    readers: Option<ReaderSet>,
    at: Timestamp,
}

impl Store {
    /// Makes the rows of one job. The caller completes it: rows that are there already stay.
    pub async fn make_tellings(&self, job: &LeasedJob) -> Result<(), StoreError> {
        let county = job.lease.county;
        // Erased since: nothing is left that could be told.
        let Some(version) = job.payload.as_deref() else {
            return Ok(());
        };
        let version = version
            .try_into()
            .map(u64::from_be_bytes)
            .map_err(|_| StoreError::corrupt("a job's version"))?;
        let rows = self
            .snapshot()
            .await?
            .new_tellings(county, job, version)
            .await?;
        for rows in rows.chunks(AT_ONCE) {
            let rows = rows.to_vec();
            self.execute(Lane(job.lease.job_id), move |tx| {
                let rows = rows.clone();
                async move {
                    for row in &rows {
                        tx.insert_telling(county, row).await?;
                    }
                    Ok::<(), StoreError>(())
                }
                .boxed()
            })
            .await?;
        }
        Ok(())
    }
}

impl Reader {
    async fn new_tellings(
        &mut self,
        county: County,
        job: &LeasedJob,
        version: u64,
    ) -> Result<Vec<NewRow>, StoreError> {
        let aggregate = Aggregate::new(county, &job.aggregate_kind, job.aggregate_id);
        let after = self.events(&aggregate, version.saturating_sub(1)).await?;
        let stored = after.into_iter().next();
        let Some((payload, at)) =
            stored.and_then(|event| Some((event.payload?, event.received_at)))
        else {
            return Ok(Vec::new());
        };
        let (id, of) = (
            job.aggregate_id,
            Event {
                id: job.lease.job_id,
                at,
            },
        );
        let row = match job.aggregate_kind.as_str() {
            kind::CASE => {
                let event = parse(&payload)?;
                self.for_petitioner(county, of, CaseId(id), &event).await?
            }
            kind::REGISTRATION => {
                let (id, event) = (RegistrationId(id), parse(&payload)?);
                self.for_registrant(county, of, id, &event).await?
            }
            kind::VISIT => {
                let event = parse(&payload)?;
                return self.for_everybody(county, of, VisitId(id), &event).await;
            }
            _ => None,
        };
        Ok(row.into_iter().collect())
    }

    async fn for_petitioner(
        &mut self,
        county: County,
        of: Event,
        id: CaseId,
        event: &CaseEvent,
    ) -> Result<Option<NewRow>, StoreError> {
        let Some(case) = self.case(county, id).await?.state else {
            return Ok(None);
        };
        let visit = match case.origin {
            Origin::Direct => None,
            Origin::Session { visit, .. } | Origin::Registration { visit, .. } => Some(visit),
        };
        let telling = tidings::of_case(event, &case).and_then(|it| Telling::to(&case.filing, it));
        Ok(telling.map(|telling| NewRow {
            id: self.telling_id(of, id.0),
            kind: kind::CASE,
            aggregate: id.0,
            visit,
            telling,
            readers: None,
            at: of.at,
        }))
    }

    async fn for_registrant(
        &mut self,
        county: County,
        of: Event,
        id: RegistrationId,
        event: &RegistrationEvent,
    ) -> Result<Option<NewRow>, StoreError> {
        let Some(known) = self.registration(county, id).await?.state else {
            return Ok(None);
        };
        let visit = self.visit(county, known.received.visit).await?.state;
        let tidings = visit.and_then(|it| tidings::of_registration(event, &known, &it));
        Ok(tidings.and_then(|it| self.to_registrant(of, id, known.received, it)))
    }

    /// Everybody who is still expected and had registered when it happened.
    async fn for_everybody(
        &mut self,
        county: County,
        of: Event,
        id: VisitId,
        event: &VisitEvent,
    ) -> Result<Vec<NewRow>, StoreError> {
        let visit = self.visit(county, id).await?.state;
        let Some(tidings) = visit.and_then(|visit| tidings::of_visit(event, &visit)) else {
            return Ok(Vec::new());
        };
        let mut rows = Vec::new();
        for row in self.fetch(EXPECTED, args![county, id.0]).await? {
            let id = RegistrationId(row.id(0)?);
            let known = self.registration(county, id).await?.state;
            let knew = known.filter(|known| Timestamp::from(known.received.at) <= of.at);
            rows.extend(
                knew.and_then(|known| self.to_registrant(of, id, known.received, tidings.clone())),
            );
        }
        Ok(rows)
    }

    fn to_registrant(
        &self,
        of: Event,
        id: RegistrationId,
        received: Received,
        tidings: Tidings,
    ) -> Option<NewRow> {
        Some(NewRow {
            id: self.telling_id(of, id.0),
            kind: kind::REGISTRATION,
            aggregate: id.0,
            visit: Some(received.visit),
            telling: Telling::to(&received.filing, tidings)?,
            readers: Some(received.readers),
            at: of.at,
        })
    }

    /// One event tells one person once: the row's id is made of both.
    fn telling_id(&self, of: Event, person: Uuid) -> TellingId {
        let both = [of.id.as_bytes().as_slice(), person.as_bytes()].concat();
        let digest = self.keyring.digest("telling", &both);
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        TellingId(uuid::Builder::from_custom_bytes(id).into_uuid())
    }
}

impl Tx {
    async fn insert_telling(&mut self, county: County, row: &NewRow) -> Result<(), StoreError> {
        let aggregate = Aggregate::new(county, row.kind, row.aggregate);
        let content = json(&row.telling)?;
        let content = self
            .seal(&aggregate, &content_field(row.id), &content, row.at)
            .await?;
        let args = args![
            county,
            row.id.0,
            row.kind,
            row.aggregate,
            row.visit.map(|visit| visit.0),
            content,
            row.at
        ];
        if self.run(INSERT, args).await? == 0 {
            return Ok(());
        }
        let Some(readers) = &row.readers else {
            return Ok(());
        };
        // A restriction wins: it is written first, and the second row of a key is not.
        let closed = readers.closed_to.iter().map(|key| (key, false));
        let open = readers.open_to.iter().map(|key| (key, true));
        for (key, admits) in closed.chain(open) {
            let reader = self.reader_digest(key)?;
            self.run(INSERT_READER, args![county, row.aggregate, reader, admits])
                .await?;
        }
        Ok(())
    }
}
