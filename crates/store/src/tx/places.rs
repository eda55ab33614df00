//! The places of visits while a group runs.
//!
//! Hundreds of registrations for one visit share a commit, and its waiting list may be long: read
//! and written once a group, the state row costs each of them nearly nothing.

use std::collections::BTreeMap;

use domain::booking::{BookingEvent, Ledger};
use domain::ids::VisitId;

use super::Tx;
use crate::aggregate_log::parse;
use crate::projection::state_of;
use crate::{County, StoreError};

/// The ledgers a group has read, under their row's lock.
#[derive(Default)]
pub(super) struct Held(BTreeMap<(County, VisitId), Places>);

struct Places {
    now: Ledger,
    /// As it was before the running job changed it.
    before: Option<Ledger>,
    /// First read by the running job: undoing the job gives up the row's lock on PostgreSQL.
    fresh: bool,
    changed: bool,
}

impl Held {
    pub fn begin_job(&mut self) {
        for places in self.0.values_mut() {
            (places.before, places.fresh) = (None, false);
        }
    }

    pub fn undo_job(&mut self) {
        self.0.retain(|_, places| !places.fresh);
        for places in self.0.values_mut() {
            if let Some(before) = places.before.take() {
                places.now = before;
            }
        }
    }
}

impl Tx {
    /// The visit's places, kept from others until the commit.
    pub(crate) async fn locked_ledger(
        &mut self,
        county: County,
        visit: VisitId,
    ) -> Result<Option<Ledger>, StoreError> {
        if let Some(places) = self.places.0.get(&(county, visit)) {
            return Ok(Some(places.now.clone()));
        }
        let Some(row) = self.lock_ledger(county, visit.0).await? else {
            return Ok(None);
        };
        let now: Ledger = parse(row.state.as_bytes())?;
        self.hold_places(county, visit, now.clone());
        Ok(Some(now))
    }

    /// Applies what was decided; the row is written when the group commits.
    pub(crate) async fn evolve_ledger(
        &mut self,
        county: County,
        visit: VisitId,
        event: &BookingEvent,
    ) -> Result<(), StoreError> {
        if self.locked_ledger(county, visit).await?.is_none() {
            // The row is made and locked before anything is decided against it.
            let state = state_of(&Ledger::default())?;
            self.open_ledger(county, visit.0, &state).await?;
            self.locked_ledger(county, visit).await?;
        }
        let places = self.places.0.get_mut(&(county, visit));
        let places = places.ok_or_else(|| StoreError::corrupt("a ledger that vanished"))?;
        places.before.get_or_insert_with(|| places.now.clone());
        places.now.evolve(event);
        places.changed = true;
        Ok(())
    }

    fn hold_places(&mut self, county: County, visit: VisitId, now: Ledger) {
        let places = Places {
            now,
            before: None,
            fresh: true,
            changed: false,
        };
        self.places.0.insert((county, visit), places);
    }

    pub(super) async fn flush_places(&mut self) -> Result<(), StoreError> {
        for ((county, visit), places) in std::mem::take(&mut self.places.0) {
            if places.changed {
                let state = state_of(&places.now)?;
                self.save_ledger(county, visit.0, &state).await?;
            }
        }
        Ok(())
    }
}
