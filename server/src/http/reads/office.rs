//! What officials read.

use chrono::{DateTime, Utc};
use domain::{
    actor::{Official, Role},
    calendar::china_date,
    case::Case,
    clock::{ClockKind, RuleSet, due},
    ids::{CaseId, OfficialId, UnitId},
    readers::ReaderKey,
};
use store::{
    Reader, StoreError,
    records::{Account, AccountStatus},
};
use sync::{AnyQuery, ReadProblem, view};

use super::{Boxed, boxed, failed, found};
use crate::{accounts, data::Data};

/// Those whose work is cases; everybody else has no list of them.
const CASE_WORK: &[Role] = &[
    Role::PetitionOfficer,
    Role::UnitHandler,
    Role::UnitHead,
    Role::Supervisor,
];

pub(super) async fn answer(
    data: &Data,
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
        AnyQuery::NotRegistered(_) => {
            permit(official, &[Role::PetitionOfficer])?;
            boxed(reader.not_registered(county, official, now).await)
        }
        AnyQuery::Workspace(q) => found(workspace(data, official, reader, q.case, now).await),
        AnyQuery::Accounts(_) => {
            permit(official, &[Role::Administrator])?;
            accounts_of(data).await
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
    let units = units
        .into_iter()
        .map(|unit| view::Unit {
            id: UnitId(unit.id),
            name: unit.name,
        })
        .collect();
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

async fn accounts_of(data: &Data) -> Result<Boxed, ReadProblem> {
    let units = data.store.units(data.county).await.map_err(failed)?;
    let units: Vec<view::Unit> = units
        .into_iter()
        .map(|unit| view::Unit {
            id: UnitId(unit.id),
            name: unit.name,
        })
        .collect();
    let known = data.store.accounts(data.county).await.map_err(failed)?;
    let mut rows = Vec::with_capacity(known.len());
    for account in known {
        let unit = units
            .iter()
            .find(|unit| Some(unit.id.0) == account.unit_id)
            .map(|unit| unit.name.clone());
        rows.push(view::Account {
            id: OfficialId(account.id),
            roles: accounts::roles(&account).map_err(failed)?,
            name: account.name,
            title: account.title,
            unit: unit.unwrap_or_default(),
            enrolled: account.password_hash.is_some(),
            active: account.status == AccountStatus::Active,
        });
    }
    Ok(Box::new(view::Accounts { rows, units }))
}
