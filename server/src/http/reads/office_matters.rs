//! Public matters, as those read them who write them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::Official,
    calendar::china_date,
    ids::{CaseId, MatterId, OfficialId, UnitId},
    office::{MatterAct, PROPOSERS},
};
use store::{Reader, StoreError};
use sync::view;

use crate::data::Data;

pub async fn list(
    data: &Data,
    official: &Official,
    reader: &mut Reader,
    now: DateTime<Utc>,
) -> Result<view::OfficeMatters, StoreError> {
    let names = names(data).await?;
    let listed = reader.office_matters(data.county, now).await?;
    let rows = listed.into_iter().map(|listed| view::OfficeMatter {
        author: name_of(&names, listed.author),
        row: listed.row,
        status: listed.status,
        corrected: listed.corrected,
    });
    Ok(view::OfficeMatters {
        rows: rows.collect(),
        may_propose: official.has(PROPOSERS),
        today: china_date(now),
    })
}

pub async fn new(
    data: &Data,
    official: &Official,
    reader: &mut Reader,
    case: Option<CaseId>,
    now: DateTime<Utc>,
) -> Result<view::NewMatter, StoreError> {
    let found = match case {
        Some(id) => reader.office_case(data.county, official, id, now).await?,
        None => None,
    };
    // Of a case the viewer may not see nothing is said, not even that it is there.
    let known = found.map(|found| found.case);
    Ok(view::NewMatter {
        divisions: reader.divisions_of(data.county).await?,
        subject: known.as_ref().map(|case| case.filing.subject),
        place: known.as_ref().and_then(|case| case.filing.place.clone()),
        case: case.zip(known.map(|case| case.number)),
    })
}

pub async fn one(
    data: &Data,
    official: &Official,
    reader: &mut Reader,
    id: MatterId,
    now: DateTime<Utc>,
) -> Result<Option<view::MatterEditor>, StoreError> {
    let Some(opened) = reader.office_matter(data.county, id, now).await? else {
        return Ok(None);
    };
    let can = MatterAct::ALL.into_iter();
    let can = can.filter(|act| act.is_open(official, &opened.matter));
    let units = data.store.units(data.county).await?;
    Ok(Some(view::MatterEditor {
        id,
        version: opened.version,
        shown: opened.shown,
        corrected: opened.corrected.zip(
            opened
                .matter
                .correction
                .as_ref()
                .map(|it| it.reason.clone()),
        ),
        author: name_of(&names(data).await?, opened.matter.author),
        own: opened.matter.author == official.id,
        can: can.collect(),
        page: opened.matter.page,
        units: units
            .into_iter()
            .map(|unit| view::Unit {
                id: UnitId(unit.id),
                name: unit.name,
            })
            .collect(),
        divisions: reader.divisions_of(data.county).await?,
    }))
}

async fn names(data: &Data) -> Result<HashMap<OfficialId, String>, StoreError> {
    let accounts = data.store.accounts(data.county).await?;
    let named = accounts.into_iter();
    Ok(named
        .map(|account| (OfficialId(account.id), account.name))
        .collect())
}

fn name_of(names: &HashMap<OfficialId, String>, id: OfficialId) -> String {
    names.get(&id).cloned().unwrap_or_default()
}
