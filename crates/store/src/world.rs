//! What a decision sees, loaded inside its transaction; and what it decided, written there.

use std::collections::BTreeMap;

use domain::seen_by::SeenBy;
use domain::{
    event::DomainEvent,
    tidings,
    world::{Needs, Places, World},
};
use uuid::Uuid;

use crate::{
    Aggregate, County, NewEvent, Provenance, StoreError, Tx,
    aggregate_log::{begins, entry, kind},
    args,
    projection::{self, LookUpChange},
    to_tell,
};

/// What a decision saw, and the versions it saw it at.
#[derive(Debug, Default)]
pub struct Loaded {
    /// What the decision sees.
    pub world: World,
    versions: BTreeMap<(&'static str, Uuid), u64>,
}

impl Loaded {
    fn keep<T>(&mut self, kind: &'static str, id: Uuid, folded: crate::Folded<T>) -> Option<T> {
        self.versions.insert((kind, id), folded.version);
        folded.state
    }

    /// The version of what a command is about: its case, matter or registration, else its visit.
    pub fn version(&self, needs: Needs) -> Option<u64> {
        let about = [
            needs.case.map(|id| (kind::CASE, id.0)),
            needs.matter.map(|id| (kind::MATTER, id.0)),
            needs.registration.map(|id| (kind::REGISTRATION, id.0)),
            needs.visit.map(|id| (kind::VISIT, id.0)),
        ];
        let about = about.into_iter().flatten().next()?;
        self.versions.get(&about).copied()
    }
}

impl Tx {
    /// Loads what a command names. The ledger is locked first and until the transaction ends, so
    /// that what is read after it cannot change under the decision.
    pub async fn load_world(&mut self, county: County, needs: Needs) -> Result<Loaded, StoreError> {
        self.hold_projections().await?;
        let mut loaded = Loaded::default();
        loaded.world.county = domain::division::CountyCode::parse(county.as_str()).ok();
        let (mut visit, mut ledger) = (needs.visit, needs.ledger);
        if let (Some(id), Places::Seen | Places::Changed) = (needs.registration, needs.places) {
            let known = self.registration(county, id).await?.state;
            visit = known.map(|known| known.received.visit);
            ledger = visit.filter(|_| needs.places == Places::Changed);
        }
        if let Some(id) = ledger {
            loaded.world.ledger = self.locked_ledger(county, id).await?;
        }
        if let Some(id) = visit {
            let folded = match loaded.world.ledger {
                Some(_) => self.visit_under_lock(county, id).await?,
                None => self.visit(county, id).await?,
            };
            loaded.world.visit = loaded.keep(kind::VISIT, id.0, folded);
        }
        if let Some(id) = needs.registration {
            let known = self.registration(county, id).await?;
            loaded.world.registration = loaded.keep(kind::REGISTRATION, id.0, known);
        }
        if let Some(id) = needs.case {
            loaded.world.case = loaded.keep(kind::CASE, id.0, self.case(county, id).await?);
        }
        if let Some(id) = needs.matter {
            loaded.world.matter = loaded.keep(kind::MATTER, id.0, self.matter(county, id).await?);
        }
        Ok(loaded)
    }

    /// Appends what was decided and brings ledger, look-ups and projections up to date.
    pub async fn commit_decided(
        &mut self,
        county: County,
        loaded: Loaded,
        events: &[DomainEvent],
        provenance: &Provenance,
    ) -> Result<(), StoreError> {
        self.hold_projections().await?;
        // The world goes, so that the ledger has one owner again and is changed in place.
        let Loaded {
            mut versions,
            world: _,
        } = loaded;
        // Not what was only looked at: a registration changes nothing the public sees of a visit.
        let mut changed = BTreeMap::new();
        for event in events {
            let (kind, id, event_type, payload) = entry(event)?;
            let aggregate = Aggregate::new(county, kind, id);
            // What the decision did not look at is new, or guarded by the ledger's lock.
            let version = match versions.get(&(kind, id)) {
                Some(version) => *version,
                // Its id is the command's, which was never used before.
                None if begins(event) => 0,
                None => self.version(&aggregate).await?,
            };
            let event_id = Uuid::now_v7();
            let new = NewEvent {
                event_id,
                event_type,
                type_version: 1,
                payload,
            };
            let version = self.append(&aggregate, version, &[new], provenance).await?;
            versions.insert((kind, id), version);
            self.known.fold(county, event);
            let seen = changed.entry((kind, id)).or_insert(SeenBy::Nobody);
            *seen = (*seen).max(SeenBy::of(event));
            if tidings::concerns_somebody(event) {
                let at = provenance.received_at;
                self.enqueue(&aggregate, &to_tell::job(event_id, version, at))
                    .await?;
            }
            if let DomainEvent::Visit { id, .. } = event {
                self.known.forget_visit(county, *id);
            }
            if let DomainEvent::Booking { id, event } = event {
                self.evolve_ledger(county, *id, event).await?;
            }
            self.file(county, event).await?;
        }
        for ((kind, id), seen) in changed {
            projection::bring_up_to_date(
                self,
                &Aggregate::new(county, kind, id),
                seen,
                provenance.received_at,
            )
            .await?;
        }
        Ok(())
    }

    async fn version(&mut self, aggregate: &Aggregate<'_>) -> Result<u64, StoreError> {
        if let Some(version) = self.known.version(aggregate) {
            return Ok(version);
        }
        let Aggregate { county, kind, id } = *aggregate;
        let row = self
            .fetch_optional(
                "SELECT version FROM aggregate_head
                 WHERE county = $1 AND aggregate_kind = $2 AND aggregate_id = $3",
                args![county, kind, id],
            )
            .await?;
        row.map_or(Ok(0), |row| row.unsigned(0))
    }

    async fn file(&mut self, county: County, event: &DomainEvent) -> Result<(), StoreError> {
        let (kind, id, change) = match event {
            DomainEvent::Registration { id, event } => (
                kind::REGISTRATION,
                id.0,
                LookUpChange::of_registration(event),
            ),
            DomainEvent::Case { id, event } => (kind::CASE, id.0, LookUpChange::of_case(event)),
            _ => return Ok(()),
        };
        change.write(self, &Aggregate::new(county, kind, id)).await
    }
}
