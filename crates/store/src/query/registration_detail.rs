//! One registration, to receive: who and what, and what can be done with it now.

use chrono::{DateTime, Utc};
use domain::{
    actor::{Official, Role},
    calendar::china_date,
    case::{Case, CaseEvent, ReplyKind},
    code::AccessCode,
    desk::DeskAct,
    filing::Filing,
    ids::{CaseId, RegistrationId, VisitId},
    readers::Secrecy,
    registration::{Registration, RegistrationEvent},
    text::{Line, PersonName},
    visit::LiveNotice,
};
use sync::view::{Brief, Me, RegistrationDetail, SessionResult};

use super::{
    office::with,
    registrations::{not_closed, row},
};
use crate::{Aggregate, County, Reader, StoreError, aggregate_log::kind, args, records::Owner};

const ONE: &str = not_closed!("r.registration_id", "", "AND r.registration_id = $9");
const VISIT_OF: &str = "SELECT visit_id FROM registration_row
  WHERE county = $1 AND registration_id = $2";
const BORN_OF: &str = "SELECT case_id FROM case_row
  WHERE county = $1 AND registration_id = $2 ORDER BY case_id";

impl Reader {
    /// One registration; none when this official may not know of it.
    pub async fn registration_detail(
        &mut self,
        county: County,
        (official, me): (&Official, Me),
        id: RegistrationId,
        now: DateTime<Utc>,
    ) -> Result<Option<RegistrationDetail>, StoreError> {
        let of = self.fetch_optional(VISIT_OF, args![county, id.0]).await?;
        let Some(visit) = of.map(|row| row.id(0)).transpose()?.map(VisitId) else {
            return Ok(None);
        };
        let Some(seen) = self.seen(county, official, visit, now).await? else {
            return Ok(None);
        };
        let scope = with(
            &self.scope(county, official)?,
            [visit.0.into(), id.0.into()],
        );
        let open = self.fetch_optional(ONE, scope).await?.is_some();
        let aggregate = Aggregate::new(county, kind::REGISTRATION, id.0);
        let events: Vec<RegistrationEvent> = self.domain_events(&aggregate).await?;
        let Some(registration) = Registration::fold(&events).filter(|_| open) else {
            return Ok(None);
        };
        let readers = &registration.received.readers;
        let admitted = readers.admits(&official.reader_keys());
        let sealed = readers.secrecy == Secrecy::Sealed;
        if !(seen.named || admitted) {
            return Ok(None);
        }
        let result = if sealed && !admitted {
            None
        } else {
            self.result_of(county, official, id, &registration).await?
        };
        let filing = (!sealed || admitted).then(|| registration.received.filing.clone());
        let masked = seen.visit.masks_names(&registration, official, now);
        let brief = filing.as_ref().filter(|_| masked).map(brief);
        let attachments = match filing.as_ref().filter(|_| !masked) {
            Some(filing) => {
                let owners = [Owner::Registration(id)];
                self.attachments(county, &owners, filing).await?
            }
            None => Vec::new(),
        };
        let place = self.place_name(county, filing.as_ref()).await?;
        Ok(Some(RegistrationDetail {
            rooms: seen.live.notice.rooms.clone(),
            row: row(id, &registration),
            place,
            filing: filing.filter(|_| !masked).map(Box::new),
            attachments,
            brief: brief.map(Box::new),
            names_shown: names_shown(&events),
            contacts: contacts(&events),
            code: code_for(official, &events, &registration, now),
            result: result.map(Box::new),
            leaders: leaders(&seen.live),
            can: DeskAct::ALL
                .into_iter()
                .filter(|act| act.is_open(official, &registration, &seen.visit, now))
                .collect(),
            visit: seen.row,
            me,
            today: china_date(now),
            as_of: now,
        }))
    }

    /// What the session came to, for those who receive people.
    async fn result_of(
        &mut self,
        county: County,
        official: &Official,
        id: RegistrationId,
        registration: &Registration,
    ) -> Result<Option<SessionResult>, StoreError> {
        if !official.has(&[
            Role::RoomClerk,
            Role::ReceivingLeader,
            Role::PetitionOfficer,
        ]) {
            return Ok(None);
        }
        let Some(row) = self.fetch_optional(BORN_OF, args![county, id.0]).await? else {
            return Ok(None);
        };
        let case_id = CaseId(row.id(0)?);
        let aggregate = Aggregate::new(county, kind::CASE, case_id.0);
        let events: Vec<CaseEvent> = self.domain_events(&aggregate).await?;
        let keys = official.reader_keys();
        let found = Case::fold(&events).filter(|case| {
            let readers = &case.readers;
            let closed = keys.iter().any(|key| readers.excludes(key));
            !closed && (readers.secrecy == Secrecy::Ordinary || readers.admits(&keys))
        });
        Ok(found.map(|case| session_result(case_id, case, &events, registration)))
    }

    async fn place_name(
        &mut self,
        county: County,
        filing: Option<&Filing>,
    ) -> Result<Option<String>, StoreError> {
        let Some(code) = filing.and_then(|filing| filing.place.as_ref()) else {
            return Ok(None);
        };
        let mut divisions = self.division_map(county).await?;
        Ok(divisions.remove(code.as_str()).map(|place| place.name))
    }
}

fn contacts(events: &[RegistrationEvent]) -> Vec<(DateTime<Utc>, Line)> {
    let contacts = events.iter().filter_map(|event| match event {
        RegistrationEvent::ContactedBefore { what, at, .. } => Some((*at, what.clone())),
        _ => None,
    });
    contacts.collect()
}

fn brief(filing: &Filing) -> Brief {
    Brief {
        statement: filing.statement.clone(),
        danger: filing.danger,
        needs: filing.needs.clone(),
    }
}

fn names_shown(events: &[RegistrationEvent]) -> Vec<(DateTime<Utc>, PersonName)> {
    let shown = events.iter().filter_map(|event| match event {
        RegistrationEvent::NamesShown { name, at, .. } => Some((*at, name.clone())),
        _ => None,
    });
    shown.collect()
}

/// A walk-in's slip is printed by who took it in. Nobody else reads a code.
fn code_for(
    official: &Official,
    events: &[RegistrationEvent],
    registration: &Registration,
    now: DateTime<Utc>,
) -> Option<AccessCode> {
    let took_in = events.iter().any(|event| {
        matches!(event, RegistrationEvent::Arrived { by, at, .. }
            if *by == official.id && china_date(*at) == china_date(now))
    });
    let received = &registration.received;
    (received.serial.is_none() && took_in).then(|| received.grant.code.clone())
}

fn leaders(live: &LiveNotice) -> Vec<PersonName> {
    let leaders = live.notice.leaders.iter();
    leaders.map(|leader| leader.name.clone()).collect()
}

fn session_result(
    id: CaseId,
    case: Case,
    events: &[CaseEvent],
    registration: &Registration,
) -> SessionResult {
    let leader = events.iter().find_map(|event| match event {
        CaseEvent::IssueDecided { leader, .. } => Some(leader.clone()),
        _ => None,
    });
    let mut replies = case.replies.iter();
    let reply = replies.rfind(|reply| reply.kind == ReplyKind::OnSpotRecord);
    // Without a reply, where not all was settled, the record's own words; of a withdrawn one none.
    let plain = match reply {
        Some(reply) if reply.withdrawn.is_some() => None,
        Some(reply) => Some(reply.content.plain.clone()),
        None => registration.record.clone(),
    };
    let service = reply.and_then(|reply| reply.service.as_ref());
    let served = service.filter(|_| plain.is_some());
    SessionResult {
        case: id,
        number: case.number.clone(),
        leader,
        plain,
        served_on: served.map(|service| service.on),
        issues: case.issues,
    }
}
