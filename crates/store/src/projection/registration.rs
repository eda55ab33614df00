use std::collections::BTreeSet;

use domain::seen_by::SeenBy;
use domain::{actor::Opened, ids::RegistrationId, readers::Secrecy, registration::Registration};

use super::{
    holders, reader_names,
    table::{Table, table},
    wire_name,
};
use crate::{
    County, Reader, StoreError, Tx, args,
    sql::{Insert, Value},
};

pub(super) const ROW: Table = table!(
    "registration_row",
    "registration",
    "registration_id",
    "visit_id, serial, status, subject, sealed, people, arrived"
);
pub(super) const CLOSED: Table = table!(
    "registration_closed",
    "registration",
    "registration_id",
    "reader"
);
static SAVE: Insert = Insert {
    into: "INSERT INTO registration_row
      (county, registration_id, visit_id, serial, status, subject, sealed, people, arrived) VALUES",
    rest: "ON CONFLICT (county, registration_id) DO UPDATE SET status = excluded.status,
      people = excluded.people, arrived = excluded.arrived",
    key: 2,
};
const CLOSE: &str = "INSERT INTO registration_closed (county, registration_id, reader)
  VALUES ($1, $2, $3) ON CONFLICT (county, registration_id, reader) DO NOTHING";

pub(super) async fn write(
    tx: &mut Tx,
    county: County,
    id: RegistrationId,
    seen: SeenBy,
) -> Result<Vec<String>, StoreError> {
    let state = match tx.known.made(county, id) {
        Some(made) => Some(made),
        None => tx.registration(county, id).await?.state,
    };
    let Some(registration) = state else {
        return Ok(Vec::new());
    };
    let args = [args![county, id.0], row(&registration)?].concat();
    tx.insert(&SAVE, args).await?;
    for row in closed(tx, &registration)? {
        tx.run(CLOSE, [args![county, id.0], row].concat()).await?;
    }
    let mut readers = reader_names(&registration.received.readers.open_to)?;
    readers.extend(holders::told(Opened::Registration(id), seen));
    Ok(readers)
}

pub(super) async fn rows(
    reader: &mut Reader,
    county: County,
    id: RegistrationId,
) -> Result<[Vec<Vec<Value>>; 2], StoreError> {
    Ok(match reader.registration(county, id).await?.state {
        Some(registration) => [vec![row(&registration)?], closed(reader, &registration)?],
        None => [Vec::new(), Vec::new()],
    })
}

fn row(registration: &Registration) -> Result<Vec<Value>, StoreError> {
    let received = &registration.received;
    let people = registration.people.unwrap_or(received.filing.party.size);
    Ok(args![
        received.visit.0,
        received.serial.map(i64::from),
        wire_name(&registration.status)?,
        wire_name(&received.filing.subject)?,
        received.readers.secrecy == Secrecy::Sealed,
        i64::from(people.get()),
        registration.people.is_some(),
    ])
}

/// Readers are settled when it is received and do not change.
fn closed(reader: &Reader, registration: &Registration) -> Result<Vec<Vec<Value>>, StoreError> {
    let keys = &registration.received.readers.closed_to;
    let digests: BTreeSet<[u8; 32]> = keys
        .iter()
        .map(|key| reader.reader_digest(key))
        .collect::<Result<_, _>>()?;
    Ok(digests.into_iter().map(|digest| args![digest]).collect())
}
