//! Accounts and units, as an administrator reads them.

use app::qr;
use chrono::{DateTime, Utc};
use domain::{
    actor::{Level, Official},
    form::LEVELS,
    ids::{DeviceId, OfficialId, UnitId},
};
use serde::{Deserialize, Serialize};
use store::{
    Reader, StoreError,
    records::{AccountStatus, Draft, Tablet},
};
use sync::view::{self, AccountStanding};
use uuid::Uuid;

use super::{Viewer, after};
use crate::{accounts, data::Data, recovery};

/// As long as it takes to hand a link over; afterwards a new one is made.
pub const ISSUED_SECONDS: u32 = 600;

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
    let tablets = data.store.tablets(data.county).await?.into_iter();
    let tablets = tablets.map(|known| tablet(known, &rows)).collect();
    Ok(view::Accounts {
        rows,
        units,
        tablets,
        divisions: reader.divisions_of(data.county).await?,
        me: official.id,
        unconfirmed_key: recovery::unconfirmed(data).await?,
    })
}

fn tablet(known: Tablet, accounts: &[view::Account]) -> view::Tablet {
    let holder = OfficialId(known.account_id);
    let account = accounts.iter().find(|account| account.id == holder);
    view::Tablet {
        id: DeviceId(known.id),
        name: known.name,
        holder,
        holder_name: account.map(|it| it.name.clone()).unwrap_or_default(),
        registered: known.registered_at.into(),
        last_contact: known.last_contact_at.into(),
        lost: known.lost_at.map(Into::into),
    }
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Issued {
    by: OfficialId,
    account: OfficialId,
    name: String,
    address: String,
}

impl Issued {
    pub fn new(by: OfficialId, account: OfficialId, name: &str, address: String) -> Self {
        Self {
            by,
            account,
            name: name.to_owned(),
            address,
        }
    }

    /// Keeps it under a fresh id, which the administrator's browser is given.
    pub async fn keep(&self, data: &Data, now: DateTime<Utc>) -> Result<Uuid, StoreError> {
        let id = Uuid::new_v4();
        let json = serde_json::to_vec(self).map_err(|error| StoreError::Corrupt {
            what: error.to_string(),
        })?;
        let until = after(now, u64::from(ISSUED_SECONDS));
        data.store
            .save_draft(data.county, id, &json, now.into(), until)
            .await?;
        Ok(id)
    }
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
