//! Look-ups by code, number, name and telephone. A sealed matter is found by its secrets only.

use std::collections::BTreeSet;

use domain::{
    access::AccessGrant, case::CaseEvent, code::AccessCode, filing::Filing, readers::Secrecy,
    registration::RegistrationEvent,
};

use super::table::{Table, table};
use crate::{Aggregate, LookupKind, Reader, StoreError, Tx, aggregate_log::kind, args, sql::Value};

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
#[derive(Default)]
pub(crate) struct Change {
    added: LookUps,
    /// A replaced code ends at once.
    ends_codes: bool,
}

impl Change {
    pub fn of_registration(event: &RegistrationEvent) -> Self {
        match event {
            RegistrationEvent::Received(received) => {
                let mut added = codes(&received.grant);
                if received.readers.secrecy == Secrecy::Ordinary {
                    added.extend(person(&received.filing));
                }
                Self::adding(added)
            }
            RegistrationEvent::AccessReplaced { grant } => Self::replacing(grant),
            _ => Self::default(),
        }
    }

    pub fn of_case(event: &CaseEvent) -> Self {
        match event {
            CaseEvent::Opened(opening) => {
                let mut added = opening.grant.as_ref().map(codes).unwrap_or_default();
                if opening.readers.secrecy == Secrecy::Ordinary {
                    added.insert((LookupKind::Number, opening.number.as_str().to_owned()));
                    added.extend(person(&opening.filing));
                }
                Self::adding(added)
            }
            CaseEvent::AccessReplaced { grant, .. } => Self::replacing(grant),
            _ => Self::default(),
        }
    }

    fn adding(added: LookUps) -> Self {
        Self {
            added,
            ends_codes: false,
        }
    }

    fn replacing(grant: &AccessGrant) -> Self {
        Self {
            added: codes(grant),
            ends_codes: true,
        }
    }

    fn apply(self, known: &mut LookUps) {
        if self.ends_codes {
            known.retain(|(kind, _)| {
                !matches!(kind, LookupKind::QueryCode | LookupKind::SealedCode)
            });
        }
        known.extend(self.added);
    }

    pub async fn write(self, tx: &mut Tx, aggregate: &Aggregate<'_>) -> Result<(), StoreError> {
        if self.ends_codes {
            let Aggregate { county, kind, id } = *aggregate;
            tx.run(END_CODES, args![county, kind, id]).await?;
        }
        for (kind, value) in self.added {
            tx.file_under(aggregate, kind, &value).await?;
        }
        Ok(())
    }
}

fn codes(grant: &AccessGrant) -> LookUps {
    let code = match &grant.code {
        AccessCode::Short(code) => (LookupKind::QueryCode, code.as_str().to_owned()),
        AccessCode::Sealed(code) => (LookupKind::SealedCode, code.as_str().to_owned()),
    };
    let secret = grant.private_secret.as_str().to_owned();
    LookUps::from([code, (LookupKind::SealedCode, secret)])
}

fn person(filing: &Filing) -> LookUps {
    let name = filing.party.petitioner.name.as_str().to_owned();
    let phone = filing.contact.phone.as_ref();
    let phone = phone.map(|phone| (LookupKind::Phone, phone.as_str().to_owned()));
    let name = (LookupKind::Name, name);
    std::iter::once(name).chain(phone).collect()
}

pub(super) async fn write(tx: &mut Tx, aggregate: &Aggregate<'_>) -> Result<(), StoreError> {
    let added = fold(tx, aggregate).await?;
    Change::adding(added).write(tx, aggregate).await
}

pub(super) async fn rows(
    reader: &mut Reader,
    aggregate: &Aggregate<'_>,
) -> Result<Vec<Vec<Value>>, StoreError> {
    let known = fold(reader, aggregate).await?;
    let row = |(kind, value): &(LookupKind, String)| {
        let digest = reader.keyring.blind(aggregate.county, *kind, value);
        args![kind.as_str(), digest]
    };
    Ok(known.iter().map(row).collect())
}

async fn fold(reader: &mut Reader, aggregate: &Aggregate<'_>) -> Result<LookUps, StoreError> {
    let mut known = LookUps::new();
    if aggregate.kind == kind::CASE {
        for event in reader.domain_events(aggregate).await? {
            Change::of_case(&event).apply(&mut known);
        }
    } else {
        for event in reader.domain_events(aggregate).await? {
            Change::of_registration(&event).apply(&mut known);
        }
    }
    Ok(known)
}
