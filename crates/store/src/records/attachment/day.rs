//! What the county takes in a day. Bytes count when they arrive, whatever becomes of them: who takes back
//! what was sent has sent it all the same.
//!
//! Nobody in particular can use up a day for everybody: its second half is for filings that bring little,
//! as those of our own phones do. Who brings more comes tomorrow.

use uuid::Uuid;

use super::Attachment;
use crate::records::write;
use crate::{County, Store, StoreError, Timestamp, Tx, args};

const BYTES: &str = "SELECT bytes FROM upload_day WHERE county = $1 AND day = $2 AND owner_id = $3";
const COUNT: &str = "INSERT INTO upload_day (county, day, owner_id, bytes) VALUES ($1, $2, $3, $4)
  ON CONFLICT (county, day, owner_id) DO UPDATE SET bytes = upload_day.bytes + $4";
/// One statement decides and counts: nothing comes between.
const SPEND: &str = "INSERT INTO upload_day (county, day, owner_id, bytes) VALUES ($1, $2, $3, $4)
  ON CONFLICT (county, day, owner_id) DO UPDATE SET bytes = upload_day.bytes + $4
  WHERE upload_day.bytes + $4 <= $5";
const SWEEP: &str = "DELETE FROM upload_day WHERE day < $1";

/// Of one filing in a day: nine photos of 200 KB, a recording, and what cuts cost.
const LITTLE: u64 = 4 * 1024 * 1024;
/// The whole county's row.
const ALL: Uuid = Uuid::nil();

impl Store {
    /// Removes what was counted before today.
    pub async fn sweep_upload_days(&self, now: Timestamp) -> Result<u64, StoreError> {
        write::one(self, SWEEP, args![now.china_day()]).await
    }
}

/// Whether `more` bytes of an attachment would be taken now.
pub(super) async fn has_room(
    tx: &mut Tx,
    of: Attachment,
    more: u64,
    day_bytes: u64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let most = most(tx, of, more, day_bytes, now).await?;
    let all = bytes(tx, of.county, ALL, now).await?;
    Ok(all.saturating_add(more) <= most)
}

/// Counts bytes that have arrived. False where the day has no room for them.
pub(super) async fn spend(
    tx: &mut Tx,
    of: Attachment,
    more: u64,
    day_bytes: u64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let most = most(tx, of, more, day_bytes, now).await?;
    let day = now.china_day();
    // The day's first bytes meet no row that says how many there are.
    if more > most {
        return Ok(false);
    }
    let args = args![of.county, day, ALL, more, most];
    if tx.run(SPEND, args).await? != 1 {
        return Ok(false);
    }
    let args = args![of.county, day, of.owner.id(), more];
    tx.run(COUNT, args).await?;
    Ok(true)
}

async fn most(
    tx: &mut Tx,
    of: Attachment,
    more: u64,
    day_bytes: u64,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let brought = bytes(tx, of.county, of.owner.id(), now).await?;
    Ok(match brought.saturating_add(more) <= LITTLE {
        true => day_bytes,
        false => day_bytes / 2,
    })
}

async fn bytes(
    tx: &mut Tx,
    county: County,
    owner: Uuid,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let row = tx
        .fetch_optional(BYTES, args![county, now.china_day(), owner])
        .await?;
    row.map_or(Ok(0), |row| row.unsigned(0))
}
