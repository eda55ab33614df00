//! What a decision sees, loaded inside its transaction; and what it decided, written there.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    access::AccessGrant,
    actor::Opened,
    case::CaseEvent,
    code::AccessCode,
    event::DomainEvent,
    filing::Filing,
    readers::Secrecy,
    registration::RegistrationEvent,
    tidings,
    world::{Needs, Places, World},
};
use uuid::Uuid;

use crate::{
    Aggregate, County, LookupKind, NewEvent, Provenance, StoreError, Tx,
    aggregate_log::{begins, entry, kind},
    args, projection, to_tell,
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
        // The world goes, so that the ledger has one owner again and is changed in place.
        let Loaded {
            mut versions,
            world: _,
        } = loaded;
        // Not what was only looked at: a registration changes nothing the public sees of a visit.
        let mut changed = BTreeSet::new();
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
            changed.insert((kind, id));
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
        for (kind, id) in changed {
            projection::bring_up_to_date(
                self,
                &Aggregate::new(county, kind, id),
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

    /// Look-ups by code, number, name and telephone. A sealed matter is found by its secrets only.
    async fn file(&mut self, county: County, event: &DomainEvent) -> Result<(), StoreError> {
        match event {
            DomainEvent::Registration {
                id,
                event: RegistrationEvent::Received(received),
            } => {
                let mut values = secrets(&received.grant).to_vec();
                if received.readers.secrecy == Secrecy::Ordinary {
                    values.extend(person(&received.filing));
                }
                self.file_all(&Aggregate::new(county, kind::REGISTRATION, id.0), &values)
                    .await
            }
            DomainEvent::Registration {
                id,
                event: RegistrationEvent::AccessGranted { delegate },
            } => {
                let aggregate = Aggregate::new(county, kind::REGISTRATION, id.0);
                self.file_grant(&aggregate, &delegate.grant).await
            }
            DomainEvent::Registration {
                id,
                event:
                    RegistrationEvent::AccessReplaced { .. } | RegistrationEvent::AccessRevoked { .. },
            } => self.file_grants(county, Opened::Registration(*id)).await,
            DomainEvent::Case {
                id,
                event: CaseEvent::Opened(opening),
            } => {
                let mut values: Vec<_> = opening.grant.iter().flat_map(secrets).collect();
                if opening.readers.secrecy == Secrecy::Ordinary {
                    values.push((LookupKind::Number, opening.number.as_str()));
                    values.extend(person(&opening.filing));
                }
                self.file_all(&Aggregate::new(county, kind::CASE, id.0), &values)
                    .await
            }
            DomainEvent::Case {
                id,
                event: CaseEvent::AccessGranted { delegate },
            } => {
                let aggregate = Aggregate::new(county, kind::CASE, id.0);
                self.file_grant(&aggregate, &delegate.grant).await
            }
            DomainEvent::Case {
                id,
                event: CaseEvent::AccessReplaced { .. } | CaseEvent::AccessRevoked { .. },
            } => self.file_grants(county, Opened::Case(*id)).await,
            _ => Ok(()),
        }
    }

    async fn file_grant(
        &mut self,
        aggregate: &Aggregate<'_>,
        grant: &AccessGrant,
    ) -> Result<(), StoreError> {
        self.file_all(aggregate, &secrets(grant)).await
    }

    /// A code that was replaced or revoked ends at once; what remains is filed anew.
    async fn file_grants(&mut self, county: County, opened: Opened) -> Result<(), StoreError> {
        let aggregate = match opened {
            Opened::Registration(id) => Aggregate::new(county, kind::REGISTRATION, id.0),
            Opened::Case(id) => Aggregate::new(county, kind::CASE, id.0),
        };
        self.run(
            "DELETE FROM lookup WHERE county = $1 AND aggregate_kind = $2 AND aggregate_id = $3
             AND kind IN ('query_code', 'sealed_code')",
            args![county, aggregate.kind, aggregate.id],
        )
        .await?;
        let Some(grants) = self.grants_of(county, opened).await? else {
            return Ok(());
        };
        for grant in grants.all().filter(|grant| grant.revoked_at.is_none()) {
            self.file_grant(&aggregate, &grant).await?;
        }
        Ok(())
    }
}

/// What opens it.
fn secrets(grant: &AccessGrant) -> [(LookupKind, &str); 2] {
    let code = match &grant.code {
        AccessCode::Short(code) => (LookupKind::QueryCode, code.as_str()),
        AccessCode::Sealed(code) => (LookupKind::SealedCode, code.as_str()),
    };
    [
        code,
        (LookupKind::SealedCode, grant.private_secret.as_str()),
    ]
}

/// Whose it is: found by name and telephone.
fn person(filing: &Filing) -> impl Iterator<Item = (LookupKind, &str)> {
    let name = (LookupKind::Name, filing.party.petitioner.name.as_str());
    let phone = filing.contact.phone.as_ref();
    let phone = phone.map(|phone| (LookupKind::Phone, phone.as_str()));
    [Some(name), phone].into_iter().flatten()
}
