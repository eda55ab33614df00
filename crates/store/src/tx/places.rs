//! The places of visits while a group runs.
//!
//! Hundreds of registrations for one visit share a commit, and its waiting list may be long: read
//! and written once a group, the state row costs each of them nearly nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

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
    /// As the group read it.
    first: Arc<Ledger>,
    now: Arc<Ledger>,
    /// What the group's jobs decided since.
    events: Vec<BookingEvent>,
    /// How many of them were decided before the running job.
    mark: usize,
    /// First read by the running job: undoing the job gives up the row's lock on PostgreSQL.
    fresh: bool,
}

impl Held {
    pub fn begin_job(&mut self) {
        for places in self.0.values_mut() {
            (places.mark, places.fresh) = (places.events.len(), false);
        }
    }

    pub fn undo_job(&mut self) {
        self.0.retain(|_, places| !places.fresh);
        self.0.values_mut().for_each(Places::undo);
    }
}

impl Places {
    fn evolve(&mut self, event: &BookingEvent) {
        Arc::make_mut(&mut self.now).evolve(event);
        self.events.push(event.clone());
    }

    fn undo(&mut self) {
        if self.events.len() == self.mark {
            return;
        }
        self.events.truncate(self.mark);
        let mut ledger = Ledger::clone(&self.first);
        self.events.iter().for_each(|event| ledger.evolve(event));
        self.now = Arc::new(ledger);
    }
}

impl Tx {
    /// The visit's places, kept from others until the commit.
    pub(crate) async fn locked_ledger(
        &mut self,
        county: County,
        visit: VisitId,
    ) -> Result<Option<Arc<Ledger>>, StoreError> {
        if let Some(places) = self.places.0.get(&(county, visit)) {
            return Ok(Some(Arc::clone(&places.now)));
        }
        let Some(row) = self.lock_ledger(county, visit.0).await? else {
            return Ok(None);
        };
        let now = Arc::new(parse(row.state.as_bytes())?);
        self.hold_places(county, visit, Arc::clone(&now));
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
        places.evolve(event);
        Ok(())
    }

    fn hold_places(&mut self, county: County, visit: VisitId, first: Arc<Ledger>) {
        let places = Places {
            now: Arc::clone(&first),
            first,
            events: Vec::new(),
            mark: 0,
            fresh: true,
        };
        self.places.0.insert((county, visit), places);
    }

    pub(super) async fn flush_places(&mut self) -> Result<(), StoreError> {
        for ((county, visit), places) in std::mem::take(&mut self.places.0) {
            if !places.events.is_empty() {
                let state = state_of(&places.now)?;
                self.save_ledger(county, visit.0, &state).await?;
            }
        }
        Ok(())
    }
}
