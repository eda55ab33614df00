//! The domain's aggregates in the event log: their kinds, folding and appending.

use std::collections::HashMap;

use domain::{
    booking::Ledger,
    case::{Case, CaseEvent},
    event::DomainEvent,
    ids::{CaseId, MatterId, RegistrationId, VisitId},
    matter::PublicMatter,
    registration::{Registration, RegistrationEvent},
    visit::Visit,
};
use serde::de::DeserializeOwned;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::{Aggregate, County, Reader, StoreError, Value, args, reader::payload_field};

/// Cases in one query.
const CASES_AT_ONCE: usize = 200;

/// The kinds of aggregate, as the log names them.
pub mod kind {
    /// A visit's notice.
    pub const VISIT: &str = "visit";
    /// A visit's places.
    pub const LEDGER: &str = "ledger";
    /// A registration.
    pub const REGISTRATION: &str = "registration";
    /// A case.
    pub const CASE: &str = "case";
    /// A public matter.
    pub const MATTER: &str = "matter";
}

/// A folded aggregate and the version it was folded to; 0 before the first event.
#[derive(Debug, Clone)]
pub struct Folded<T> {
    /// The state; `None` before the first event.
    pub state: Option<T>,
    /// How many events made it.
    pub version: u64,
}

impl Reader {
    /// The events of an aggregate, as the domain's. An erased aggregate has none.
    pub async fn domain_events<E: DeserializeOwned>(
        &mut self,
        aggregate: &Aggregate<'_>,
    ) -> Result<Vec<E>, StoreError> {
        let events = self.events(aggregate, 0).await?;
        events
            .iter()
            .filter_map(|event| event.payload.as_deref())
            .map(parse)
            .collect()
    }

    /// A visit's notice.
    pub async fn visit(
        &mut self,
        county: County,
        id: VisitId,
    ) -> Result<Folded<Visit>, StoreError> {
        let events = self
            .domain_events(&Aggregate::new(county, kind::VISIT, id.0))
            .await?;
        let mut visit = Visit::default();
        events.iter().for_each(|event| visit.evolve(event));
        Ok(Folded {
            version: events.len() as u64,
            state: (!events.is_empty()).then_some(visit),
        })
    }

    /// A registration.
    pub async fn registration(
        &mut self,
        county: County,
        id: RegistrationId,
    ) -> Result<Folded<Registration>, StoreError> {
        let events = self
            .domain_events(&Aggregate::new(county, kind::REGISTRATION, id.0))
            .await?;
        Ok(Folded {
            version: events.len() as u64,
            state: Registration::fold(&events),
        })
    }

    /// A case.
    pub async fn case(&mut self, county: County, id: CaseId) -> Result<Folded<Case>, StoreError> {
        let events = self
            .domain_events(&Aggregate::new(county, kind::CASE, id.0))
            .await?;
        Ok(Folded {
            version: events.len() as u64,
            state: Case::fold(&events),
        })
    }

    /// Cases, in the order they are named: for a list of thousands, one query for many instead of two for each.
    pub async fn cases(
        &mut self,
        county: County,
        ids: &[CaseId],
    ) -> Result<Vec<Folded<Case>>, StoreError> {
        let mut cases = Vec::with_capacity(ids.len());
        for ids in ids.chunks(CASES_AT_ONCE) {
            let mut args = args![county, kind::CASE];
            args.extend(ids.iter().map(|id| Value::from(id.0)));
            let rows = self.fetch(AssertSqlSafe(events_sql(ids.len())), args);
            let mut events: HashMap<Uuid, Vec<CaseEvent>> = HashMap::new();
            for row in rows.await? {
                let case = Aggregate::new(county, kind::CASE, row.id(0)?);
                if let Some(key_id) = row.maybe_bytes(3)? {
                    self.learn_key(&case, key_id, row.maybe_bytes(4)?)?;
                }
                let field = payload_field(row.unsigned(1)?);
                if let Some(payload) = self.open(&case, &field, row.bytes(2)?).await? {
                    events.entry(case.id).or_default().push(parse(&payload)?);
                }
            }
            cases.extend(ids.iter().map(|id| {
                let events = events.get(&id.0).map_or(&[][..], Vec::as_slice);
                Folded {
                    version: events.len() as u64,
                    state: Case::fold(events),
                }
            }));
        }
        Ok(cases)
    }

    /// A public matter.
    pub async fn matter(
        &mut self,
        county: County,
        id: MatterId,
    ) -> Result<Folded<PublicMatter>, StoreError> {
        let events = self
            .domain_events(&Aggregate::new(county, kind::MATTER, id.0))
            .await?;
        Ok(Folded {
            version: events.len() as u64,
            state: PublicMatter::fold(&events),
        })
    }

    /// A visit's places, without locking them.
    pub async fn ledger(
        &mut self,
        county: County,
        id: VisitId,
    ) -> Result<Option<Ledger>, StoreError> {
        let row = self
            .fetch_optional(
                "SELECT state FROM ledger_state WHERE county = $1 AND visit_id = $2",
                args![county, id.0],
            )
            .await?;
        row.map(|row| parse(row.text(0)?.as_bytes())).transpose()
    }
}

/// Only the number of parameters varies.
fn events_sql(cases: usize) -> String {
    let places: Vec<String> = (3..3 + cases).map(|n| format!("${n}")).collect();
    let cases = places.join(", ");
    format!(
        "SELECT e.aggregate_id, e.version, e.payload, k.key_id, k.wrapped FROM event e
         LEFT JOIN data_key k ON k.county = e.county AND k.aggregate_kind = e.aggregate_kind
           AND k.aggregate_id = e.aggregate_id
         WHERE e.county = $1 AND e.aggregate_kind = $2 AND e.aggregate_id IN ({cases})
         ORDER BY e.aggregate_id, e.version"
    )
}

pub(crate) fn parse<T: DeserializeOwned>(json: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(json)
        .map_err(|error| StoreError::corrupt(format!("stored JSON: {error}")))
}

pub(crate) fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(value).map_err(|error| StoreError::corrupt(format!("JSON: {error}")))
}

/// The aggregate an event belongs to, its type's name and its content.
pub(crate) fn entry(
    event: &DomainEvent,
) -> Result<(&'static str, Uuid, &'static str, Vec<u8>), StoreError> {
    Ok(match event {
        DomainEvent::Visit { id, event } => (kind::VISIT, id.0, "visit", json(event)?),
        DomainEvent::Booking { id, event } => (kind::LEDGER, id.0, "booking", json(event)?),
        DomainEvent::Registration { id, event } => {
            (kind::REGISTRATION, id.0, "registration", json(event)?)
        }
        DomainEvent::Case { id, event } => (kind::CASE, id.0, "case", json(event)?),
        DomainEvent::Matter { id, event } => (kind::MATTER, id.0, "matter", json(event)?),
    })
}

/// Whether an event is the first of its aggregate, which it names by the command that made it.
pub(crate) fn begins(event: &DomainEvent) -> bool {
    matches!(
        event,
        DomainEvent::Registration {
            event: RegistrationEvent::Received(_),
            ..
        } | DomainEvent::Case {
            event: CaseEvent::Opened(_),
            ..
        }
    )
}
