//! Tablets on which officials work without a network. One that was said to be lost is refused everything
//! and told to wipe itself.

use chrono::{DateTime, Utc};
use domain::{actor::Official, ids::DeviceId, text::Line};
use store::{StoreError, records::TabletRegistration};
use sync::{
    ReadProblem,
    view::{TabletPass, TabletStanding},
};

use super::reads::failed;
use crate::{accounts, data::Data};

/// What came of registering a tablet.
pub enum Registered {
    /// It may work without asking until then.
    Until(TabletPass),
    /// It was said to be lost, which is for good.
    Lost,
}

/// Registers a tablet with the official who is signed in, or renews it.
///
/// # Errors
/// It is another official's, or the sign-in is remembered no longer.
pub async fn register(
    data: &Data,
    official: &Official,
    (id, name): (DeviceId, &Line),
    now: DateTime<Utc>,
) -> Result<Registered, ReadProblem> {
    let mut reader = data.store.read().await.map_err(failed)?;
    let sign_in = reader.sign_in_record(official.sign_in.0).await;
    let sign_in = sign_in.map_err(failed)?.ok_or(ReadProblem::NotOpened)?;
    let until = sign_in.ends_by(accounts::SESSION).into();
    let holder = official.id.0;
    let done = data
        .store
        .register_tablet(id.0, holder, name.as_str(), now.into());
    match done.await.map_err(failed)? {
        TabletRegistration::Done => Ok(Registered::Until(TabletPass { until })),
        TabletRegistration::Lost => Ok(Registered::Lost),
        TabletRegistration::AnotherHolder => Err(ReadProblem::NotAllowed),
    }
}

/// Lets a tablet read what its holder may read on it, and notes the contact.
///
/// # Errors
/// *Not found* for one that is unknown or another official's, *not allowed* for one that was said to be lost.
pub async fn let_in(
    data: &Data,
    official: &Official,
    id: DeviceId,
    now: DateTime<Utc>,
) -> Result<(), ReadProblem> {
    let tablet = data.store.tablet(data.county, id.0).await.map_err(failed)?;
    let tablet = tablet.filter(|tablet| tablet.account_id == official.id.0);
    let tablet = tablet.ok_or(ReadProblem::NotFound)?;
    if tablet.lost_at.is_some() {
        return Err(ReadProblem::NotAllowed);
    }
    let noted = data.store.note_contact(&tablet, now.into()).await;
    noted.map_err(failed)
}

/// What a tablet is told that makes contact, which is noted; none for a device that never was
/// registered. Its id is the secret: nobody need be signed in.
pub async fn contact(
    data: &Data,
    id: DeviceId,
    now: DateTime<Utc>,
) -> Result<Option<TabletStanding>, StoreError> {
    let Some(tablet) = data.store.tablet(data.county, id.0).await? else {
        return Ok(None);
    };
    data.store.note_contact(&tablet, now.into()).await?;
    let lost = tablet.lost_at.is_some();
    Ok(Some(TabletStanding { lost }))
}
