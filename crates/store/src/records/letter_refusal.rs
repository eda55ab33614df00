//! What came in a letter and was not carried out. Who asks for it has the provisional number: the device
//! that sent the letter may never open its own copy again.

use std::time::Duration;

use domain::provisional::ProvisionalNumber;
use uuid::Uuid;

use super::write;
use crate::crypto::{Label, open, seal};
use crate::{County, Reader, Store, StoreError, Timestamp, args};

const SAVE: &str = "INSERT INTO letter_refusal (county, command_id, answer, at)
  VALUES ($1, $2, $3, $4) ON CONFLICT (county, command_id) DO UPDATE SET
  answer = excluded.answer, at = excluded.at";
const CLEAR: &str = "DELETE FROM letter_refusal WHERE county = $1 AND command_id = $2";
const BETWEEN: &str = "SELECT command_id, answer FROM letter_refusal
  WHERE county = $1 AND command_id BETWEEN $2 AND $3 ORDER BY command_id LIMIT 1";
const SWEEP: &str = "DELETE FROM letter_refusal WHERE at <= $1";

/// As long as a closed registration can be waited for with the number in hand.
const KEPT: Duration = Duration::from_secs(366 * 24 * 3600);

impl Store {
    /// Keeps why a letter was not carried out. The newest reason counts.
    ///
    /// # Errors
    /// It could not be stored.
    pub async fn keep_letter_refusal(
        &self,
        county: County,
        command: Uuid,
        answer: &[u8],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let sealed = seal(self.keyring.technical(), &label(county, command), answer)?;
        let args = args![county, command, sealed, at];
        write::one(self, SAVE, args).await.map(drop)
    }

    /// It was carried out after all.
    ///
    /// # Errors
    /// It could not be stored.
    pub async fn clear_letter_refusal(
        &self,
        county: County,
        command: Uuid,
    ) -> Result<(), StoreError> {
        write::one(self, CLEAR, args![county, command])
            .await
            .map(drop)
    }

    /// Removes what nobody has asked for in a year.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sweep_letter_refusals(&self, now: Timestamp) -> Result<u64, StoreError> {
        write::one(self, SWEEP, args![now.minus(KEPT)]).await
    }
}

impl Reader {
    /// Why a letter with this number was not carried out.
    ///
    /// # Errors
    /// The database failed.
    pub async fn letter_refusal(
        &mut self,
        county: County,
        number: ProvisionalNumber,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let (first, last) = number.ids();
        let row = self
            .fetch_optional(BETWEEN, args![county, first, last])
            .await?;
        let Some(row) = row else { return Ok(None) };
        let label = label(county, row.id(0)?);
        open(self.keyring.technical(), &label, row.bytes(1)?).map(Some)
    }
}

fn label(county: County, command: Uuid) -> Label {
    Label::of(&[
        b"letter refusal",
        county.as_str().as_bytes(),
        command.as_bytes(),
    ])
}
