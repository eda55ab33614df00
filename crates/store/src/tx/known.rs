//! What a group knows already, so that its jobs need not ask again.
//!
//! Kept is what nobody else can change before the commit: heads that this transaction has moved, and
//! visits whose ledger it has locked, which every command about a visit locks first. A setting is kept
//! as the group found it. Whatever is undone is forgotten.

use std::collections::HashMap;

use domain::event::DomainEvent;
use domain::ids::{RegistrationId, VisitId};
use domain::registration::{Registration, RegistrationEvent};
use domain::visit::Visit;
use uuid::Uuid;

use super::Tx;
use super::command::Claim;
use crate::reader::cache_key;
use crate::{Aggregate, County, Folded, StoreError};

#[derive(Default)]
pub(crate) struct Known {
    heads: HashMap<(County, String, Uuid), (u64, [u8; 32])>,
    visits: HashMap<(County, VisitId), Folded<Visit>>,
    settings: HashMap<(County, String), Option<String>>,
    /// Commands that were claimed and wait for their answer.
    claims: HashMap<Uuid, Claim>,
    /// Registrations that the running command makes, as its events fold.
    fresh: HashMap<(County, RegistrationId), Registration>,
}

impl Known {
    /// The version of an aggregate that this group has written.
    pub fn version(&self, aggregate: &Aggregate<'_>) -> Option<u64> {
        self.head(aggregate).map(|(version, _)| version)
    }

    pub(super) fn head(&self, aggregate: &Aggregate<'_>) -> Option<(u64, [u8; 32])> {
        self.heads.get(&cache_key(aggregate)).copied()
    }

    pub(super) fn moved(&mut self, aggregate: &Aggregate<'_>, version: u64, hash: [u8; 32]) {
        self.heads.insert(cache_key(aggregate), (version, hash));
    }

    pub fn forget_visit(&mut self, county: County, visit: VisitId) {
        self.visits.remove(&(county, visit));
    }

    /// Folds on what a command makes, so that its row is written without reading it back.
    pub fn fold(&mut self, county: County, event: &DomainEvent) {
        let DomainEvent::Registration { id, event } = event else {
            return;
        };
        let mut state = self.fresh.remove(&(county, *id));
        if state.is_some() || matches!(event, RegistrationEvent::Received(_)) {
            Registration::evolve(&mut state, event);
        }
        if let Some(registration) = state {
            self.fresh.insert((county, *id), registration);
        }
    }

    /// A registration that the running command made.
    pub fn made(&mut self, county: County, id: RegistrationId) -> Option<Registration> {
        self.fresh.remove(&(county, id))
    }

    /// What a setting was when the group first read it; nothing when it has not.
    pub fn setting(&self, county: County, name: &str) -> Option<Option<String>> {
        self.settings.get(&(county, name.to_owned())).cloned()
    }

    pub fn set(&mut self, county: County, name: &str, value: Option<String>) {
        self.settings.insert((county, name.to_owned()), value);
    }

    pub fn forget_settings(&mut self) {
        self.settings.clear();
    }

    pub(super) fn claim(&mut self, command: Uuid, claim: Claim) {
        self.claims.insert(command, claim);
    }

    /// The claim of a command that is answered now.
    pub(super) fn claimed(&mut self, command: Uuid) -> Option<Claim> {
        self.claims.remove(&command)
    }

    pub(super) fn undo_job(&mut self) {
        self.claims.clear();
        self.heads.clear();
        self.visits.clear();
        self.settings.clear();
        self.fresh.clear();
    }
}

impl Tx {
    /// A visit whose ledger is locked: read once a group.
    pub(crate) async fn visit_under_lock(
        &mut self,
        county: County,
        id: VisitId,
    ) -> Result<Folded<Visit>, StoreError> {
        if let Some(known) = self.known.visits.get(&(county, id)) {
            return Ok(known.clone());
        }
        let folded = self.visit(county, id).await?;
        self.known.visits.insert((county, id), folded.clone());
        Ok(folded)
    }
}
