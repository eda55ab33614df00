//! What a code opens: the slip and the matters born of it.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use domain::{
    actor::{Holder, HolderRole, Opened, Scope},
    calendar::{LegalCalendar, china_date},
    case::{Case, CaseEvent, Procedure, Reply, ReplyKind, ReplyStatus},
    clock::{ClockKind, Counted, RuleSet, due},
    ids::{CaseId, CommandId, RegistrationId, VisitId},
    registration::{Registration, RegistrationEvent, RegistrationStatus},
};
use sync::view::{
    AccessEvent, CitizenAct, Entry, Filed, Mine, MyCase, MyCaseRow, MyReply, Slip, access_history,
    timeline,
};
use uuid::Uuid;

use crate::{Aggregate, County, Reader, StoreError, aggregate_log::kind, args, records::Owner};

const BORN_OF: &str = "SELECT case_id FROM case_row
  WHERE county = $1 AND registration_id = $2 ORDER BY case_id";

impl Reader {
    /// The slip and the matters that a reading session opens.
    pub async fn mine(
        &mut self,
        county: County,
        holder: &Holder,
        open_until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Mine, StoreError> {
        let opened = holder.opens;
        let (slip, ids) = match opened {
            Opened::Registration(id) => (
                self.slip(county, id, holder.role, now).await?,
                self.born_of(county, id).await?,
            ),
            Opened::Case(id) => (None, vec![id]),
        };
        let (mut cases, mut filed) = (Vec::new(), None);
        for id in ids {
            if let Some(case) = self
                .case(county, id)
                .await?
                .state
                .filter(|case| opens(opened, id, case))
            {
                cases.push(row(id, &case));
                if holder.role == HolderRole::Petitioner {
                    filed = filed.or_else(|| receipt(id, &case));
                }
            }
        }
        let access = match holder.role {
            HolderRole::Petitioner => self.access(county, opened, open_until, now).await?,
            _ => None,
        };
        Ok(Mine {
            slip,
            filed,
            cases,
            access,
            typed: None,
            next_act: CommandId(Uuid::now_v7()),
            open_until,
            as_of: now,
        })
    }

    pub(super) async fn born_of(
        &mut self,
        county: County,
        id: RegistrationId,
    ) -> Result<Vec<CaseId>, StoreError> {
        let rows = self.fetch(BORN_OF, args![county, id.0]).await?;
        rows.iter().map(|row| row.id(0).map(CaseId)).collect()
    }

    pub(super) async fn registration_events(
        &mut self,
        county: County,
        id: RegistrationId,
    ) -> Result<Vec<RegistrationEvent>, StoreError> {
        let aggregate = Aggregate::new(county, kind::REGISTRATION, id.0);
        self.domain_events(&aggregate).await
    }

    async fn slip(
        &mut self,
        county: County,
        id: RegistrationId,
        role: HolderRole,
        now: DateTime<Utc>,
    ) -> Result<Option<Slip>, StoreError> {
        let events = self.registration_events(county, id).await?;
        let Some(registration) = Registration::fold(&events) else {
            return Ok(None);
        };
        let visit = registration.received.visit;
        let Some((visit, bring)) = self.notice_row_of(county, visit, now).await? else {
            return Ok(None);
        };
        let contacts = events.iter().filter_map(|event| match event {
            RegistrationEvent::ContactedBefore { what, at, .. } => Some((*at, what.clone())),
            _ => None,
        });
        let contacts = contacts.collect();
        let received = registration.received;
        let owners = [Owner::Registration(id)];
        let attachments = self.attachments(county, &owners, &received.filing).await?;
        let is_petitioner = role == HolderRole::Petitioner;
        let (code, secret) = (received.grant.code, received.grant.private_secret);
        Ok(Some(Slip {
            registration: id,
            visit,
            bring,
            serial: received.serial,
            placement: received.placement,
            status: registration.status,
            place: registration.place,
            ticket: registration.ticket,
            name: received.filing.party.petitioner.name,
            people: received.filing.party.size.get(),
            subject: received.filing.subject,
            code: is_petitioner.then_some(code),
            private_secret: is_petitioner.then_some(secret),
            gate: None,
            private: None,
            contacts,
            attachments,
            can_cancel: role.scopes().contains(&Scope::Withdraw)
                && matches!(
                    registration.status,
                    RegistrationStatus::Confirmed | RegistrationStatus::Waitlisted
                ),
        }))
    }

    /// One's own matter; none when the code does not open it.
    pub async fn my_case(
        &mut self,
        county: County,
        holder: &Holder,
        id: CaseId,
        now: DateTime<Utc>,
    ) -> Result<Option<MyCase>, StoreError> {
        let opened = holder.opens;
        let events: Vec<CaseEvent> = self
            .domain_events(&Aggregate::new(county, kind::CASE, id.0))
            .await?;
        let case = Case::fold(&events).filter(|case| opens(opened, id, case));
        let Some(case) = case else {
            return Ok(None);
        };
        let calendar = self.calendar(county);
        let owners = owners_of(id, &case);
        let attachments = self.attachments(county, &owners, &case.filing).await?;
        let mut case = MyCase {
            attachments,
            ..view(id, case, holder.role, &events, &calendar, now)
        };
        if let (Opened::Registration(from), HolderRole::Petitioner) = (opened, holder.role) {
            let events = self.registration_events(county, from).await?;
            let access = events.iter().filter_map(AccessEvent::of_registration);
            case.timeline.extend(access_history(access));
            // Newest first; what happened at one instant stays in its order.
            case.timeline.sort_by_key(|entry| Reverse(entry.at));
        }
        Ok(Some(case))
    }
}

/// A matter that was sealed later has a code of its own: the registration's opens it no more.
fn opens(opened: Opened, id: CaseId, case: &Case) -> bool {
    match opened {
        Opened::Case(own) => own == id,
        Opened::Registration(registration) => {
            case.grant.is_none() && case.origin.registration() == Some(registration)
        }
    }
}

/// Whose attachments a case shows: its own, and those of the registration it was born of.
pub(super) fn owners_of(id: CaseId, case: &Case) -> Vec<Owner> {
    let born_of = case.origin.registration().map(Owner::Registration);
    [Owner::Case(id)].into_iter().chain(born_of).collect()
}

/// What is handed out for a matter that has a code of its own.
fn receipt(case: CaseId, state: &Case) -> Option<Filed> {
    let grant = state.grant.as_ref()?;
    Some(Filed {
        case,
        number: state.number.clone(),
        code: grant.code.clone(),
        private_secret: grant.private_secret.clone(),
        private: None,
    })
}

fn row(id: CaseId, case: &Case) -> MyCaseRow {
    MyCaseRow {
        case: id,
        number: case.number.clone(),
        subject: case.filing.subject,
        received_on: case.received_on,
        procedure: case.procedure,
        unread_answer: case
            .answer()
            .is_some_and(|reply| reply.status == ReplyStatus::Issued),
    }
}

fn view(
    id: CaseId,
    case: Case,
    role: HolderRole,
    events: &[CaseEvent],
    calendar: &LegalCalendar,
    now: DateTime<Utc>,
) -> MyCase {
    let today = china_date(now);
    let can = can(&case, role);
    let is_petitioner = role == HolderRole::Petitioner;
    let clocks = case.clocks(today, &RuleSet::default(), calendar);
    let unit = case
        .assignment
        .as_ref()
        .map(|assignment| assignment.unit_name.clone());
    let replies = case.replies.iter().rev();
    let replies = replies.filter_map(|reply| my_reply(reply, unit.as_ref(), calendar));
    let replies = replies.collect();
    let (code, private_secret) = case
        .grant
        .filter(|_| is_petitioner)
        .map(|grant| (grant.code, grant.private_secret))
        .map_or((None, None), |(c, s)| (Some(c), Some(s)));
    MyCase {
        case: id,
        number: case.number,
        visit: visit_of(&case.origin),
        name: case.filing.party.petitioner.name,
        subject: case.filing.subject,
        danger: case.filing.danger,
        received_on: case.received_on,
        procedure: case.procedure,
        unit,
        clocks,
        issues: case.issues,
        attachments: Vec::new(),
        replies,
        talk: case.talk,
        timeline: match is_petitioner {
            true => with_access(events),
            false => timeline(events),
        },
        code,
        private_secret,
        can,
        typed: None,
        next_act: CommandId(Uuid::now_v7()),
        today,
        as_of: now,
    }
}

/// What happened, and whom the petitioner let in: they alone are told.
fn with_access(events: &[CaseEvent]) -> Vec<Entry> {
    let mut entries = timeline(events);
    let access = events.iter().filter_map(AccessEvent::of_case);
    // A replaced code is among what happened already.
    let let_in = access.filter(|event| !matches!(event, AccessEvent::Replaced(_)));
    entries.extend(access_history(let_in));
    entries.sort_by_key(|entry| Reverse(entry.at));
    entries
}

fn visit_of(origin: &domain::case::Origin) -> Option<VisitId> {
    match origin {
        domain::case::Origin::Direct => None,
        domain::case::Origin::Session { visit, .. }
        | domain::case::Origin::Registration { visit, .. } => Some(*visit),
    }
}

/// Drafts and signatures are the office's; a withdrawn reply keeps its place and loses its text.
fn my_reply(
    reply: &Reply,
    unit: Option<&domain::text::Line>,
    calendar: &LegalCalendar,
) -> Option<MyReply> {
    let issued_at = reply.issued_at?;
    let withdrawn = reply
        .withdrawn
        .as_ref()
        .map(|act| (act.at, act.reason.clone()));
    Some(MyReply {
        id: reply.id,
        kind: reply.kind,
        content: withdrawn.is_none().then(|| reply.content.clone()),
        disposition: withdrawn
            .is_none()
            .then_some(reply.content.disposition)
            .flatten(),
        unit: unit.cloned(),
        issued_at,
        service: reply.service.clone(),
        withdrawn,
        review_until: review_until(reply, calendar),
    })
}

/// Only the petition procedure's opinion carries the right to a review (art. 35).
fn review_until(reply: &Reply, calendar: &LegalCalendar) -> Option<Counted> {
    let opinion = reply.kind == ReplyKind::HandlingOpinion && reply.withdrawn.is_none();
    let served = reply.service.as_ref().filter(|_| opinion)?.on;
    let rules = RuleSet::default();
    Some(due(ClockKind::ReviewRequest, served, &rules, calendar))
}

fn can(case: &Case, role: HolderRole) -> Vec<CitizenAct> {
    let mut can = vec![CitizenAct::Add];
    if role != HolderRole::Petitioner {
        return can;
    }
    can.push(CitizenAct::LetIn);
    if case
        .replies
        .iter()
        .any(|reply| reply.status == ReplyStatus::Issued)
    {
        can.push(CitizenAct::Acknowledge);
    }
    if case.procedure != Procedure::Withdrawn && !case.has_ended() {
        can.push(CitizenAct::Withdraw);
    }
    if case.issues.iter().any(|issue| issue.outcome.is_some()) {
        can.push(CitizenAct::Settle);
    }
    can
}
