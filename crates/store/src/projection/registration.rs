use domain::{ids::RegistrationId, readers::Secrecy};

use super::{reader_names, wire_name};
use crate::{County, StoreError, Tx, args};

const SAVE: &str = "INSERT INTO registration_row
  (county, registration_id, visit_id, serial, status, subject, sealed, people, arrived)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (county, registration_id) DO UPDATE SET status = excluded.status,
  people = excluded.people, arrived = excluded.arrived";
const CLOSE: &str = "INSERT INTO registration_closed (county, registration_id, reader)
  VALUES ($1, $2, $3) ON CONFLICT (county, registration_id, reader) DO NOTHING";

pub(super) async fn write(
    tx: &mut Tx,
    county: County,
    id: RegistrationId,
) -> Result<Vec<String>, StoreError> {
    let state = match tx.known.made(county, id) {
        Some(made) => Some(made),
        None => tx.registration(county, id).await?.state,
    };
    let Some(registration) = state else {
        return Ok(Vec::new());
    };
    let received = &registration.received;
    let people = registration.people.unwrap_or(received.filing.party.size);
    let args = args![
        county,
        id.0,
        received.visit.0,
        received.serial.map(i64::from),
        wire_name(&registration.status)?,
        wire_name(&received.filing.subject)?,
        i64::from(received.readers.secrecy == Secrecy::Sealed),
        i64::from(people.get()),
        i64::from(registration.people.is_some()),
    ];
    tx.run(SAVE, args).await?;
    // Readers are settled when it is received and do not change.
    for key in &received.readers.closed_to {
        let reader = tx.reader_digest(key)?;
        tx.run(CLOSE, args![county, id.0, reader]).await?;
    }
    reader_names(&received.readers.open_to)
}
