//! What officials read.

mod visits;

use chrono::{DateTime, Utc};
use domain::{
    actor::{Official, Role},
    calendar::china_date,
    case::Case,
    clock::{ClockKind, RuleSet, due},
    ids::{CaseId, OfficialId, UnitId},
    office::{CASE_WORK, PROPOSERS, PUBLIC_MATTERS},
    readers::ReaderKey,
    tidings::TELLING,
};
use store::{
    County, Reader, StoreError,
    records::{Account, AccountStatus},
};
use sync::{AnyQuery, ReadProblem, view};

use super::{Boxed, Viewer, boxed, failed, found, office_accounts, office_matters};
use crate::{accounts, data::Data, http::tablets};

/// Those who take matters in.
const INTAKE: &[Role] = &[Role::DeskClerk, Role::PetitionOfficer];

pub(super) async fn answer(
    data: &Data,
    viewer: &Viewer,
    official: &Official,
    reader: &mut Reader,
    query: AnyQuery,
    now: DateTime<Utc>,
) -> Result<Boxed, ReadProblem> {
    let county = data.county;
    match query {
        AnyQuery::Me(_) => boxed(accounts::me(data, official).await),
        AnyQuery::Worklist(q) => {
            permit(official, CASE_WORK)?;
            boxed(reader.worklist(county, official, &q.filter, now).await)
        }
        AnyQuery::NotRegistered(q) => {
            permit(official, &[Role::PetitionOfficer])?;
            boxed(
                reader
                    .not_registered(county, official, &q.filter, now)
                    .await,
            )
        }
        AnyQuery::IntakeDesk(_) => {
            permit(official, INTAKE)?;
            boxed(intake(data, reader, now).await)
        }
        AnyQuery::TabletRows(q) => {
            permit(official, CASE_WORK)?;
            tablets::let_in(data, official, q.tablet, now).await?;
            boxed(reader.tablet_rows(county, official, &q.since, now).await)
        }
        AnyQuery::TabletCases(q) => {
            permit(official, CASE_WORK)?;
            tablets::let_in(data, official, q.tablet, now).await?;
            boxed(workspaces(data, official, reader, q.cases, now).await)
        }
        AnyQuery::Workspace(q) => found(workspace(data, official, reader, q.case, now).await),
        AnyQuery::ToTell(q) => {
            permit(official, TELLING)?;
            boxed(reader.to_tell(county, official, &q.filter, now).await)
        }
        AnyQuery::Visits(_) => boxed(visits::list(data, official, reader, now).await),
        AnyQuery::VisitEditor(q) => {
            permit(official, visits::NOTICES)?;
            found(visits::editor(data, official, reader, q.visit, now).await)
        }
        AnyQuery::Registrations(q) => {
            let me = accounts::me(data, official).await.map_err(failed)?;
            let viewer = (official, me);
            found(
                reader
                    .registrations(county, viewer, q.visit, &q.filter, now)
                    .await,
            )
        }
        AnyQuery::RegistrationDetail(q) => {
            let me = accounts::me(data, official).await.map_err(failed)?;
            let viewer = (official, me);
            found(
                reader
                    .registration_detail(county, viewer, q.registration, now)
                    .await,
            )
        }
        AnyQuery::Accounts(_) => {
            permit(official, &[Role::Administrator])?;
            boxed(office_accounts::accounts(data, official, reader).await)
        }
        AnyQuery::IssuedLink(_) => {
            permit(official, &[Role::Administrator])?;
            boxed(office_accounts::issued(data, viewer, official, now).await)
        }
        AnyQuery::OfficeMatters(_) => {
            permit(official, PUBLIC_MATTERS)?;
            boxed(office_matters::list(data, official, reader, now).await)
        }
        AnyQuery::NewMatter(q) => {
            permit(official, PROPOSERS)?;
            boxed(office_matters::new(data, official, reader, q.case, now).await)
        }
        AnyQuery::MatterEditor(q) => {
            permit(official, PUBLIC_MATTERS)?;
            found(office_matters::one(data, official, reader, q.matter, now).await)
        }
        _ => Err(ReadProblem::NotAllowed),
    }
}

fn permit(official: &Official, roles: &[Role]) -> Result<(), ReadProblem> {
    if official.has(roles) {
        Ok(())
    } else {
        Err(ReadProblem::NotAllowed)
    }
}

async fn intake(
    data: &Data,
    reader: &mut Reader,
    now: DateTime<Utc>,
) -> Result<view::IntakeDesk, StoreError> {
    let units = data.store.units(data.county).await?;
    Ok(view::IntakeDesk {
        places: reader.divisions_of(data.county).await?,
        units: units.into_iter().map(unit).collect(),
        today: china_date(now),
    })
}

/// The same person's other matters: only those that this official may see anyway.
pub(super) async fn with_same_person(
    reader: &mut Reader,
    county: County,
    official: &Official,
    slip: Result<Option<view::NewSlip>, StoreError>,
    now: DateTime<Utc>,
) -> Result<Option<view::NewSlip>, StoreError> {
    let Some(mut slip) = slip? else {
        return Ok(None);
    };
    if official.has(CASE_WORK) {
        let filter = view::WorkFilter {
            find: slip.name.to_string(),
            ..view::WorkFilter::default()
        };
        let found = reader.worklist(county, official, &filter, now).await?;
        let others = found.rows.into_iter().filter(|row| row.case != slip.case);
        slip.same_person = others.take(5).collect();
    }
    Ok(Some(slip))
}

fn unit(unit: store::records::Unit) -> view::Unit {
    view::Unit {
        id: UnitId(unit.id),
        name: unit.name,
    }
}

/// Cases in one answer at most.
pub const CASES_AT_ONCE: usize = 20;

async fn workspaces(
    data: &Data,
    official: &Official,
    reader: &mut Reader,
    cases: Vec<CaseId>,
    now: DateTime<Utc>,
) -> Result<Vec<view::Workspace>, StoreError> {
    let mut found = Vec::new();
    for case in cases.into_iter().take(CASES_AT_ONCE) {
        found.extend(workspace(data, official, reader, case, now).await?);
    }
    Ok(found)
}

async fn workspace(
    data: &Data,
    official: &Official,
    reader: &mut Reader,
    id: CaseId,
    now: DateTime<Utc>,
) -> Result<Option<view::Workspace>, StoreError> {
    let Some(found) = reader.office_case(data.county, official, id, now).await? else {
        return Ok(None);
    };
    let today = china_date(now);
    let case = found.case;
    let place = match &case.filing.place {
        Some(code) => {
            let divisions = reader.divisions_of(data.county).await?;
            let division = divisions.into_iter().find(|known| known.code == *code);
            division.map(|division| division.name)
        }
        None => None,
    };
    let units = data.store.units(data.county).await?;
    let units = units.into_iter().map(unit).collect();
    let accounts = data.store.accounts(data.county).await?;
    let handlers = accounts
        .iter()
        .filter(|account| may_handle(account, official, &case))
        .map(assignee)
        .collect();
    let (calendar, rules) = (reader.calendar(data.county), RuleSet::default());
    let if_today = |kind| due(kind, today, &rules, &calendar).due;
    Ok(Some(view::Workspace {
        id,
        version: found.version,
        clocks: case.clocks(today, &rules, &calendar),
        case: Box::new(case),
        timeline: found.timeline,
        attachments: found.attachments,
        offers: found.offers,
        officials: accounts.iter().map(assignee).collect(),
        accept_by: if_today(ClockKind::AcceptNotice),
        answer_by: if_today(ClockKind::Handle),
        units,
        handlers,
        place,
        me: accounts::me(data, official).await?,
        today,
        as_of: now,
    }))
}

fn assignee(account: &Account) -> view::Assignee {
    view::Assignee {
        id: OfficialId(account.id),
        name: account.name.clone(),
    }
}

/// Officials of the viewer's unit who handle cases, and whom the petitioner did not close this to.
fn may_handle(account: &Account, official: &Official, case: &Case) -> bool {
    let id = OfficialId(account.id);
    account.status == AccountStatus::Active
        && account.unit_id == Some(official.unit.0)
        && accounts::roles(account).is_ok_and(|roles| {
            roles.contains(&Role::UnitHandler) || roles.contains(&Role::UnitHead)
        })
        && !case.readers.excludes(&ReaderKey::Official(id))
}
