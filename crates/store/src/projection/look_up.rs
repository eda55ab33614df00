//! Look-ups by code, number, name and telephone. A sealed matter is found by its secrets only.

use std::collections::BTreeSet;

use domain::{
    access::AccessGrant,
    actor::Opened,
    case::{CaseEvent, Opening},
    code::AccessCode,
    filing::Filing,
    ids::{CaseId, RegistrationId},
    readers::Secrecy,
    registration::{Received, RegistrationEvent},
};

use super::table::{Table, table};
use crate::{
    Aggregate, Grants, LookupKind, Reader, StoreError, Tx, aggregate_log::kind, args, sql::Value,
};

pub(super) const OF_REGISTRATION: Table = table!(
    "lookup",
    "registration",
    "aggregate_id",
    "kind, digest",
    " AND aggregate_kind = 'registration'"
);
pub(super) const OF_CASE: Table = table!(
    "lookup",
    "case",
    "aggregate_id",
    "kind, digest",
    " AND aggregate_kind = 'case'"
);
const END_CODES: &str = "DELETE FROM lookup
  WHERE county = $1 AND aggregate_kind = $2 AND aggregate_id = $3
  AND kind IN ('query_code', 'sealed_code')";

/// Under what an aggregate is found.
type LookUps = BTreeSet<(LookupKind, String)>;

/// What an event does to the look-ups of its aggregate.
pub(crate) enum Change {
    Nothing,
    Added(LookUps),
    /// A code was replaced or taken back, and ends at once; those that remain are filed anew.
    CodesEnded,
}

impl Change {
    pub fn of_registration(event: &RegistrationEvent) -> Self {
        match event {
            RegistrationEvent::Received(received) => {
                let mut added = codes(&received.grant);
                added.extend(of_received(received));
                Self::Added(added)
            }
            RegistrationEvent::AccessGranted { delegate } => Self::Added(codes(&delegate.grant)),
            RegistrationEvent::AccessReplaced { .. } | RegistrationEvent::AccessRevoked { .. } => {
                Self::CodesEnded
            }
            _ => Self::Nothing,
        }
    }

    pub fn of_case(event: &CaseEvent) -> Self {
        match event {
            CaseEvent::Opened(opening) => {
                let mut added = opening.grant.as_ref().map(codes).unwrap_or_default();
                added.extend(of_opening(opening));
                Self::Added(added)
            }
            CaseEvent::AccessGranted { delegate } => Self::Added(codes(&delegate.grant)),
            CaseEvent::AccessReplaced { .. } | CaseEvent::AccessRevoked { .. } => Self::CodesEnded,
            _ => Self::Nothing,
        }
    }

    pub async fn write(self, tx: &mut Tx, aggregate: &Aggregate<'_>) -> Result<(), StoreError> {
        match self {
            Self::Nothing => Ok(()),
            Self::Added(added) => file(tx, aggregate, &added).await,
            Self::CodesEnded => {
                let Aggregate { county, kind, id } = *aggregate;
                tx.run(END_CODES, args![county, kind, id]).await?;
                let remaining = live_codes(tx, aggregate).await?;
                file(tx, aggregate, &remaining).await
            }
        }
    }
}

async fn file(
    tx: &mut Tx,
    aggregate: &Aggregate<'_>,
    look_ups: &LookUps,
) -> Result<(), StoreError> {
    let values: Vec<(LookupKind, &str)> = look_ups
        .iter()
        .map(|(kind, value)| (*kind, value.as_str()))
        .collect();
    tx.file_all(aggregate, &values).await
}

fn codes(grant: &AccessGrant) -> LookUps {
    let code = match &grant.code {
        AccessCode::Short(code) => (LookupKind::QueryCode, code.as_str().to_owned()),
        AccessCode::Sealed(code) => (LookupKind::SealedCode, code.as_str().to_owned()),
    };
    let secret = grant.private_secret.as_str().to_owned();
    LookUps::from([code, (LookupKind::SealedCode, secret)])
}

fn of_received(received: &Received) -> LookUps {
    match received.readers.secrecy {
        Secrecy::Ordinary => person(&received.filing),
        Secrecy::Sealed => LookUps::new(),
    }
}

fn of_opening(opening: &Opening) -> LookUps {
    match opening.readers.secrecy {
        Secrecy::Ordinary => {
            let mut look_ups = person(&opening.filing);
            look_ups.insert((LookupKind::Number, opening.number.as_str().to_owned()));
            look_ups
        }
        Secrecy::Sealed => LookUps::new(),
    }
}

fn person(filing: &Filing) -> LookUps {
    let name = filing.party.petitioner.name.as_str().to_owned();
    let phone = filing.contact.phone.as_ref();
    let phone = phone.map(|phone| (LookupKind::Phone, phone.as_str().to_owned()));
    let name = (LookupKind::Name, name);
    std::iter::once(name).chain(phone).collect()
}

/// The codes that were not taken back. One that has expired is still found, and opens nothing.
async fn live_codes(reader: &mut Reader, aggregate: &Aggregate<'_>) -> Result<LookUps, StoreError> {
    let opened = match aggregate.kind {
        kind::REGISTRATION => Opened::Registration(RegistrationId(aggregate.id)),
        _ => Opened::Case(CaseId(aggregate.id)),
    };
    let grants = reader.grants_of(aggregate.county, opened).await?;
    let grants = grants.into_iter().flat_map(Grants::all);
    let live = grants.filter(|grant| grant.revoked_at.is_none());
    Ok(live.flat_map(|grant| codes(&grant)).collect())
}

pub(super) async fn write(tx: &mut Tx, aggregate: &Aggregate<'_>) -> Result<(), StoreError> {
    let known = known(tx, aggregate).await?;
    file(tx, aggregate, &known).await
}

pub(super) async fn rows(
    reader: &mut Reader,
    aggregate: &Aggregate<'_>,
) -> Result<Vec<Vec<Value>>, StoreError> {
    let known = known(reader, aggregate).await?;
    let row = |(kind, value): &(LookupKind, String)| {
        let digest = reader.keyring.blind(aggregate.county, *kind, value);
        args![kind.as_str(), digest]
    };
    Ok(known.iter().map(row).collect())
}

/// Everything it is filed under, from nothing but its events.
async fn known(reader: &mut Reader, aggregate: &Aggregate<'_>) -> Result<LookUps, StoreError> {
    let mut known = live_codes(reader, aggregate).await?;
    if aggregate.kind == kind::CASE {
        for event in reader.domain_events(aggregate).await? {
            if let CaseEvent::Opened(opening) = event {
                known.extend(of_opening(&opening));
            }
        }
    } else {
        for event in reader.domain_events(aggregate).await? {
            if let RegistrationEvent::Received(received) = event {
                known.extend(of_received(&received));
            }
        }
    }
    Ok(known)
}
