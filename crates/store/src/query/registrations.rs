//! Who registered for a visit. A list is shown to those the visit shows it to; in it, a party that
//! closed its matter to the viewer is missing from rows, counts and figures alike, and a sealed one
//! is a place and nothing more.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::Official,
    calendar::china_date,
    filing::{AccessNeed, Subject},
    ids::{CommandId, RegistrationId, VisitId},
    phone::PhoneNumber,
    provisional::ProvisionalNumber,
    readers::Secrecy,
    registration::{Registration, RegistrationEvent, RegistrationStatus},
    text::PersonName,
    visit::{LiveNotice, Visit, VisitNotice},
};
use sync::view::{DeskFilter, Me, NoticeRow, RegistrationRow, Registrations, VisitFigures};

use super::{
    notices::{count, figures_of, number},
    office::with,
};
use crate::{
    Aggregate, County, Reader, Row, StoreError, Value,
    aggregate_log::{kind, parse},
    reader::payload_field,
};

/// Rows on a page.
const PAGE_SIZE: u32 = 50;

/// Registrations of a visit ($8) of a county ($1) that are not closed to a viewer with six keys
/// ($2 to $7).
macro_rules! not_closed {
    ($select:literal, $joins:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $select,
            " FROM registration_row r ",
            $joins,
            " WHERE r.county = $1 AND r.visit_id = $8
              AND NOT EXISTS (SELECT 1 FROM registration_closed c WHERE c.county = r.county
                AND c.registration_id = r.registration_id
                AND c.reader IN ($2, $3, $4, $5, $6, $7)) ",
            $rest
        )
    };
}

pub(super) use not_closed;

/// One statement for the whole list: four hundred parties do not cost eight hundred queries.
const EVENTS: &str = not_closed!(
    "r.registration_id, k.key_id, k.wrapped, e.version, e.payload",
    "JOIN data_key k ON k.county = r.county AND k.aggregate_kind = 'registration'
       AND k.aggregate_id = r.registration_id
     JOIN event e ON e.county = r.county AND e.aggregate_kind = 'registration'
       AND e.aggregate_id = r.registration_id",
    "ORDER BY r.serial IS NULL, r.serial, r.registration_id, e.version"
);
/// A sealed matter is in no count.
const BY_SUBJECT: &str = not_closed!(
    "r.subject, COUNT(*)",
    "",
    "AND r.sealed = 0 AND r.status <> 'cancelled' GROUP BY r.subject ORDER BY COUNT(*) DESC, r.subject"
);
const PARTIES: &str = not_closed!(
    "COUNT(r.serial), CAST(COALESCE(SUM(r.arrived), 0) AS BIGINT),
     CAST(COALESCE(SUM(CASE WHEN r.arrived = 1 THEN r.people ELSE 0 END), 0) AS BIGINT),
     CAST(COALESCE(SUM(CASE WHEN r.arrived = 1 AND r.serial IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT),
     CAST(COALESCE(SUM(CASE WHEN r.arrived = 0 AND r.status = 'became_case' THEN 1 ELSE 0 END), 0) AS BIGINT)",
    "",
    ""
);
const CASES: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(c.issues), 0) AS BIGINT),
  CAST(COALESCE(SUM(c.resolved_on_spot), 0) AS BIGINT), CAST(COALESCE(SUM(c.answered), 0) AS BIGINT)
  FROM case_row c WHERE c.county = $1 AND c.visit_id = $8 AND c.sealed = 0
  AND NOT EXISTS (SELECT 1 FROM case_reader r WHERE r.county = c.county AND r.case_id = c.case_id
    AND r.admits = 0 AND r.reader IN ($2, $3, $4, $5, $6, $7))";
impl Reader {
    /// A page of a visit's registrations; counts only for those who may not see who registered.
    pub async fn registrations(
        &mut self,
        county: County,
        (official, me): (&Official, Me),
        id: VisitId,
        filter: &DeskFilter,
        now: DateTime<Utc>,
    ) -> Result<Option<Registrations>, StoreError> {
        let Some(seen) = self.seen(county, official, id, now).await? else {
            return Ok(None);
        };
        let scope = with(&self.scope(county, official)?, [id.0.into()]);
        let known = if seen.named {
            self.registered(county, &scope).await?
        } else {
            Vec::new()
        };
        let fit: Vec<&Known> = known.iter().filter(|known| fits(known, filter)).collect();
        let page = filter.page.max(1) as usize - 1;
        let shown = fit.iter().skip(page * PAGE_SIZE as usize);
        Ok(Some(Registrations {
            rooms: seen.live.notice.rooms.clone(),
            rows: shown
                .take(PAGE_SIZE as usize)
                .map(|known| row(known.id, &known.registration))
                .collect(),
            counts: by_status(&known),
            total: count(fit.len()),
            filter: filter.clone(),
            page_size: PAGE_SIZE,
            by_subject: self.by_subject(&scope).await?,
            needs: to_make_ready(&known),
            figures: self.figures_so_far(&scope, &seen.live).await?,
            named: seen.named,
            untold: self.untold_of(county, official, id).await?,
            visit: seen.row,
            me,
            today: china_date(now),
            as_of: now,
        }))
    }

    pub(super) async fn seen(
        &mut self,
        county: County,
        official: &Official,
        id: VisitId,
        now: DateTime<Utc>,
    ) -> Result<Option<Seen>, StoreError> {
        let Some(visit) = self.visit_state(county, id).await? else {
            return Ok(None);
        };
        let named = visit.shows_registrants_to(official, now);
        let divisions = self.division_map(county).await?;
        let Some(live) = visit.live.clone() else {
            return Ok(None);
        };
        let row = self.row_of(county, id, &visit, &divisions, now).await?;
        Ok(row.map(|row| Seen {
            visit,
            live,
            row,
            named,
        }))
    }

    async fn registered(
        &mut self,
        county: County,
        scope: &[Value],
    ) -> Result<Vec<Known>, StoreError> {
        let rows = self.fetch(EVENTS, scope.to_vec()).await?;
        let mut known: Vec<(RegistrationId, Option<Registration>)> = Vec::new();
        for found in &rows {
            let id = RegistrationId(found.id(0)?);
            let aggregate = Aggregate::new(county, kind::REGISTRATION, id.0);
            if known.last().is_none_or(|(last, _)| *last != id) {
                self.learn_key(&aggregate, found.bytes(1)?, found.maybe_bytes(2)?)?;
                known.push((id, None));
            }
            let field = payload_field(found.unsigned(3)?);
            // An erased registration has left nothing but its row.
            let Some(payload) = self.open(&aggregate, &field, found.bytes(4)?).await? else {
                continue;
            };
            let event: RegistrationEvent = parse(&payload)?;
            if let Some((_, state)) = known.last_mut() {
                Registration::evolve(state, &event);
            }
        }
        let known = known.into_iter();
        Ok(known
            .filter_map(|(id, registration)| {
                registration.map(|registration| Known { id, registration })
            })
            .collect())
    }

    async fn by_subject(&mut self, scope: &[Value]) -> Result<Vec<(Subject, u32)>, StoreError> {
        let rows = self.fetch(BY_SUBJECT, scope.to_vec()).await?;
        let counted = rows.iter().map(|row| {
            let subject = serde_json::from_value(row.text(0)?.into())
                .map_err(|_| StoreError::corrupt("a subject"))?;
            Ok((subject, number(row, 1)?))
        });
        counted.collect()
    }

    /// The day's figures while it goes on: who has not come yet may still.
    async fn figures_so_far(
        &mut self,
        scope: &[Value],
        live: &LiveNotice,
    ) -> Result<VisitFigures, StoreError> {
        let parties = self.counted(PARTIES, scope).await?;
        let cases = self.counted(CASES, scope).await?;
        let VisitNotice {
            rooms, departments, ..
        } = &live.notice;
        figures_of(rooms.len(), departments.len(), &parties, &cases)
    }

    async fn counted(&mut self, sql: &'static str, scope: &[Value]) -> Result<Row, StoreError> {
        let row = self.fetch_optional(sql, scope.to_vec()).await?;
        row.ok_or_else(|| StoreError::corrupt("a count without a row"))
    }
}

/// A visit, and whether this viewer sees who registered.
pub(super) struct Seen {
    pub visit: Visit,
    pub live: LiveNotice,
    pub row: NoticeRow,
    pub named: bool,
}

struct Known {
    id: RegistrationId,
    registration: Registration,
}

pub(super) fn row(id: RegistrationId, registration: &Registration) -> RegistrationRow {
    let received = &registration.received;
    let party = &received.filing.party;
    let open = received.readers.secrecy == Secrecy::Ordinary;
    RegistrationRow {
        registration: id,
        serial: received.serial,
        ticket: registration.ticket,
        time: registration.place.map(|place| place.time),
        name: open.then(|| party.petitioner.name.masked()),
        people: registration.people.unwrap_or(party.size).get(),
        subject: open.then_some(received.filing.subject),
        status: registration.status,
    }
}

fn by_status(known: &[Known]) -> Vec<(RegistrationStatus, u32)> {
    const ALL: [RegistrationStatus; 6] = [
        RegistrationStatus::Confirmed,
        RegistrationStatus::Waitlisted,
        RegistrationStatus::Arrived,
        RegistrationStatus::Done,
        RegistrationStatus::BecameCase,
        RegistrationStatus::Cancelled,
    ];
    let of = |status| {
        let in_it = known.iter().filter(|it| it.registration.status == status);
        (status, count(in_it.count()))
    };
    let counts = ALL.into_iter().map(of);
    counts.filter(|(_, parties)| *parties > 0).collect()
}

/// For everybody who may still come; a sealed party needs a wheelchair's room like any other.
fn to_make_ready(known: &[Known]) -> Vec<(AccessNeed, u32)> {
    use RegistrationStatus::{Arrived, Confirmed, Waitlisted};
    let mut needs = BTreeMap::new();
    for Known { registration, .. } in known {
        if matches!(registration.status, Confirmed | Waitlisted | Arrived) {
            for need in &registration.received.filing.needs {
                *needs.entry(*need).or_insert(0) += 1;
            }
        }
    }
    needs.into_iter().collect()
}

fn fits(known: &Known, filter: &DeskFilter) -> bool {
    let registration = &known.registration;
    let status = filter.status.is_empty()
        || crate::projection::wire_name(&registration.status)
            .is_ok_and(|name| name == filter.status);
    let room = filter.room.is_empty()
        || registration
            .ticket
            .is_some_and(|ticket| ticket.room.to_string() == filter.room);
    status
        && room
        && (filter.find.trim().is_empty() || is(known.id, registration, filter.find.trim()))
}

/// A number on a slip, also one from before there was a receipt; a name or telephone number only whole, and never a sealed party's.
fn is(id: RegistrationId, registration: &Registration, find: &str) -> bool {
    let received = &registration.received;
    let digits = find.parse::<u32>().ok();
    if digits.is_some() && digits == received.serial {
        return true;
    }
    if digits.is_some() && digits == registration.ticket.map(|ticket| u32::from(ticket.number)) {
        return true;
    }
    if ProvisionalNumber::parse(find) == Some(ProvisionalNumber::of(CommandId(id.0))) {
        return true;
    }
    let filing = &received.filing;
    let name = PersonName::parse(find).is_ok_and(|name| filing.party.petitioner.name == name);
    let phone = PhoneNumber::parse(find).is_ok_and(|phone| {
        filing
            .contact
            .phone
            .as_ref()
            .is_some_and(|own| *own == phone)
    });
    received.readers.secrecy == Secrecy::Ordinary && (name || phone)
}
