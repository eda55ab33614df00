//! What changed of one's own, for the device it was sent from.

use domain::actor::Holder;
use sync::{ReadProblem, view::OwnChanges};

use super::{codes, failed};
use crate::{clock, data::Data};

/// None where that is nothing. It opens no reading session, and nobody learns that it was asked.
pub async fn own_changes(
    data: &Data,
    origin: &str,
    holders: &[Holder],
    since: &str,
) -> Result<Option<OwnChanges>, ReadProblem> {
    let mut reader = data.store.snapshot().await.map_err(failed)?;
    let changes = reader.own_changes(data.county, holders, since, clock::now());
    let mut changes = changes.await.map_err(failed)?;
    for told in changes.iter_mut().flat_map(|changes| &mut changes.own) {
        codes::slip(&mut told.mine, origin, data.county);
    }
    Ok(changes)
}
