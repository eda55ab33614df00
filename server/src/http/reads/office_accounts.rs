//! Accounts and units, as an administrator reads them.

use chrono::{DateTime, Utc};
use domain::{
    actor::{Level, Official},
    form::LEVELS,
    ids::{OfficialId, UnitId},
};
use serde::Deserialize;
use store::{
    Reader, StoreError,
    records::{AccountStatus, Draft},
};
use sync::view::{self, AccountStanding};

use super::Viewer;
use crate::{accounts, data::Data, qr};

pub async fn accounts(
    data: &Data,
    official: &Official,
    reader: &mut Reader,
) -> Result<view::Accounts, StoreError> {
    let units = data.store.units(data.county).await?;
    let units: Vec<view::Unit> = units
        .into_iter()
        .map(|unit| view::Unit {
            id: UnitId(unit.id),
            name: unit.name,
        })
        .collect();
    let signed_in = data.store.last_sign_ins().await?;
    let mut rows = Vec::new();
    for account in data.store.accounts(data.county).await? {
        let unit = units.iter().find(|unit| Some(unit.id.0) == account.unit_id);
        rows.push(view::Account {
            id: OfficialId(account.id),
            roles: accounts::roles(&account)?,
            unit: unit.map(|unit| unit.id),
            unit_name: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            level: level(&account.level),
            standing: standing(account.status),
            last_signed_in: signed_in.get(&account.id).map(|at| (*at).into()),
            name: account.name,
            title: account.title,
            portfolio: account.portfolio,
        });
    }
    Ok(view::Accounts {
        rows,
        units,
        divisions: reader.divisions_of(data.county).await?,
        me: official.id,
    })
}

fn level(name: &str) -> Option<Level> {
    let mut levels = LEVELS.iter();
    let known = levels.find(|(known, _)| *known == name);
    known.map(|(_, level)| *level)
}

fn standing(status: AccountStatus) -> AccountStanding {
    match status {
        AccountStatus::Invited => AccountStanding::Invited,
        AccountStatus::Active => AccountStanding::Active,
        AccountStatus::Disabled => AccountStanding::Disabled,
    }
}

/// A one-time link as it is kept, sealed, for the administrator who made it. The database itself
/// knows it by its digest only.
#[derive(Clone, Debug, Deserialize)]
struct Issued {
    by: OfficialId,
    account: OfficialId,
    name: String,
    address: String,
}

pub async fn issued(
    data: &Data,
    viewer: &Viewer,
    official: &Official,
    now: DateTime<Utc>,
) -> Result<Option<view::IssuedLink>, StoreError> {
    let Some(id) = viewer.issued else {
        return Ok(None);
    };
    let Some(Draft::Open(json)) = data.store.draft(data.county, id, now.into()).await? else {
        return Ok(None);
    };
    let issued: Option<Issued> = serde_json::from_slice(&json).ok();
    let Some(issued) = issued.filter(|issued| issued.by == official.id) else {
        return Ok(None);
    };
    Ok(
        qr::drawn(&issued.address).map(|(qr_path, qr_size)| view::IssuedLink {
            account: issued.account,
            name: issued.name,
            address: issued.address,
            qr_path,
            qr_size,
        }),
    )
}
