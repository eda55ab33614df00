//! Visits and the notices of them.

use chrono::{DateTime, Utc};
use domain::{
    actor::{Official, Role},
    calendar::china_date,
    ids::{OfficialId, VisitId},
};
use store::{
    Drafts, OfficeNotice, Reader, StoreError,
    records::{Account, AccountStatus},
};
use sync::view;

use crate::{accounts, data::Data};

/// Those who write and approve notices.
pub(super) const NOTICES: &[Role] = &[
    Role::Publisher,
    Role::PetitionOfficer,
    Role::ReceivingLeader,
];

pub(super) async fn list(
    data: &Data,
    official: &Official,
    reader: &mut Reader,
    now: DateTime<Utc>,
) -> Result<view::OfficeVisits, StoreError> {
    let drafts = if official.has(NOTICES) {
        Drafts::Shown
    } else {
        Drafts::Hidden
    };
    Ok(view::OfficeVisits {
        rows: reader
            .office_visits(data.county, official, drafts, now)
            .await?,
        me: accounts::me(data, official).await?,
        today: china_date(now),
    })
}

pub(super) async fn editor(
    data: &Data,
    official: &Official,
    reader: &mut Reader,
    id: Option<VisitId>,
    now: DateTime<Utc>,
) -> Result<Option<view::VisitEditor>, StoreError> {
    let county = data.county;
    let known = match id {
        Some(id) => reader.office_notice(county, id, now).await?,
        None => Some(OfficeNotice::default()),
    };
    let Some(OfficeNotice {
        version,
        visit,
        preview,
    }) = known
    else {
        return Ok(None);
    };
    let accounts = data.store.accounts(county).await?;
    let author = visit.pending.as_ref().map(|pending| pending.author);
    let name_of = |id: OfficialId| accounts.iter().find(|account| account.id == id.0);
    let author_name = author.and_then(name_of).map(|account| account.name.clone());
    Ok(Some(view::VisitEditor {
        id,
        version,
        preview: preview.map(Box::new),
        author,
        author_name: author_name.unwrap_or_default(),
        officers: accounts.iter().filter_map(nameable).collect(),
        divisions: reader.divisions_of(county).await?,
        offers: reader.visits_to_offer(county, id, now).await?,
        me: accounts::me(data, official).await?,
        visit,
        today: china_date(now),
        as_of: now,
    }))
}

/// Who can be named to see the booking list: those who prepare a visit and receive at it.
fn nameable(account: &Account) -> Option<view::Assignee> {
    const RECEIVE: [Role; 4] = [
        Role::PetitionOfficer,
        Role::DeskClerk,
        Role::RoomClerk,
        Role::ReceivingLeader,
    ];
    let roles = accounts::roles(account).ok()?;
    let receives = roles.iter().any(|role| RECEIVE.contains(role));
    (receives && account.status == AccountStatus::Active).then(|| view::Assignee {
        id: OfficialId(account.id),
        name: account.name.clone(),
    })
}
