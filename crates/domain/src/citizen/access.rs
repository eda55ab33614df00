//! Who besides the petitioner may see it: given and ended by the petitioner alone (`people.md` 2).

use chrono::NaiveDate;

use crate::{
    access::{AccessGrant, Delegate, MOST_DELEGATES},
    actor::{Actor, HolderRole, Opened, Scope},
    case::CaseEvent,
    code::SecondFactor,
    event::Decided,
    filing::MatterKind,
    given::Given,
    ids::GrantId,
    readers::Secrecy,
    receipt::Receipt,
    refusal::Refusal,
    registration::RegistrationEvent,
    text::PersonName,
    world::World,
};

/// The registration or matter that the petitioner's own code opens.
pub(super) struct Held<'w> {
    opens: Opened,
    kind: MatterKind,
    delegates: &'w [Delegate],
}

impl<'w> Held<'w> {
    /// What the actor's code opens, where the actor is the petitioner.
    pub fn by(actor: &Actor, opens: Opened, world: &'w World) -> Result<Self, Refusal> {
        let Actor::Holder(holder) = actor else {
            return Err(Refusal::NotFound);
        };
        if holder.opens != opens {
            return Err(Refusal::NotFound);
        }
        super::allows(holder.role, Scope::Grant)?;
        let (kind, secrecy, delegates) = match opens {
            Opened::Registration(_) => {
                let known = world.registration()?;
                let received = &known.received;
                (
                    received.filing.kind,
                    received.readers.secrecy,
                    &known.delegates,
                )
            }
            Opened::Case(_) => {
                let known = world.case()?;
                // Where the registration's code opens it, there is none of its own to pass on.
                known.grant.as_ref().ok_or(Refusal::NotFound)?;
                (known.filing.kind, known.readers.secrecy, &known.delegates)
            }
        };
        let kind = match secrecy {
            Secrecy::Sealed => MatterKind::Accusation,
            Secrecy::Ordinary => kind,
        };
        Ok(Self {
            opens,
            kind,
            delegates,
        })
    }

    pub fn grant(
        &self,
        holder: HolderRole,
        name: &PersonName,
        until: NaiveDate,
        second_factor: &SecondFactor,
        given: &mut Given<'_>,
    ) -> Result<(Decided, Receipt), Refusal> {
        if holder == HolderRole::Petitioner {
            return Err(Refusal::Malformed {
                field: "who".to_owned(),
            });
        }
        let latest = AccessGrant::latest(given.today());
        if until < given.today() || until > latest {
            return Err(Refusal::AccessDay { latest });
        }
        let live = self.delegates.iter();
        let live = live.filter(|known| known.grant.is_live(given.now));
        if live.count() >= MOST_DELEGATES {
            return Err(Refusal::TooManyDelegates {
                most: MOST_DELEGATES,
            });
        }
        let grant = AccessGrant::for_delegate(holder, self.kind, second_factor, until, given);
        let receipt = Receipt::Granted {
            grant: grant.id,
            code: grant.code.clone(),
        };
        let delegate = Box::new(Delegate {
            name: name.clone(),
            grant,
        });
        let mut decided = Decided::default();
        match self.opens {
            Opened::Registration(id) => {
                decided.registration(id, RegistrationEvent::AccessGranted { delegate });
            }
            Opened::Case(id) => decided.case(id, CaseEvent::AccessGranted { delegate }),
        }
        Ok((decided, receipt))
    }

    pub fn revoke(
        &self,
        grant: GrantId,
        given: &mut Given<'_>,
    ) -> Result<(Decided, Receipt), Refusal> {
        let mut delegates = self.delegates.iter();
        let known = delegates.find(|known| known.grant.id == grant);
        let known = known.ok_or(Refusal::NotFound)?;
        let at = given.now;
        if !known.grant.is_live(at) {
            return Err(Refusal::state(&"Ended"));
        }
        let mut decided = Decided::default();
        match self.opens {
            Opened::Registration(id) => {
                decided.registration(id, RegistrationEvent::AccessRevoked { grant, at });
            }
            Opened::Case(id) => decided.case(id, CaseEvent::AccessRevoked { grant, at }),
        }
        Ok((decided, Receipt::Revoked { grant }))
    }
}
