//! Closing what waits for the server only (`sync::letter`).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{division::CountyCode, ids::CommandId};
use js_sys::Uint8Array;
use serde_json::Value;
use sync::letter::{Inside, Letter, LetterKey, Opens, Schedule, bound_to};

use crate::{Device, Shelf, Trouble, cipher};

/// Among the keys.
const KEY: &str = "letters";

impl Device {
    /// Keeps the server's key, which letters are closed with: a [`LetterKey`] as it was sent. It is read when
    /// it is needed.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn keep_letter_key(&self, json: &str) -> Result<(), Trouble> {
        self.put(Shelf::Keys, KEY, json).await
    }

    /// Whether it is here.
    ///
    /// # Errors
    /// There is no storage, or it does not open.
    pub async fn knows_letter_key(&self) -> Result<bool, Trouble> {
        Ok(self.get(Shelf::Keys, KEY).await?.is_some())
    }

    /// An envelope as a letter, ready to post; none while the server's key is not known here.
    pub(crate) async fn close(
        &self,
        id: CommandId,
        envelope: &str,
        opens: Option<Opens>,
    ) -> Result<Option<String>, Trouble> {
        let Some(key) = self.get(Shelf::Keys, KEY).await? else {
            return Ok(None);
        };
        let key: LetterKey = serde_json::from_str(&key).map_err(|_| Trouble::Damaged)?;
        let public = STANDARD.decode(&key.public).map_err(|_| Trouble::Damaged)?;
        let (agreed, sender) = cipher::agreed_with(&public).await?;
        let whole = |bytes: &[u8]| bytes.try_into().map_err(|_| Trouble::Damaged);
        let agreed: [u8; 32] = agreed.as_slice().try_into().map_err(|_| Trouble::Damaged)?;
        let schedule = Schedule::of(&agreed, &whole(&sender)?, &whole(&public)?);
        let envelope: Value = serde_json::from_str(envelope).map_err(|_| Trouble::Damaged)?;
        let county = envelope.get("county").and_then(Value::as_str);
        let county = CountyCode::parse(county.unwrap_or_default());
        let county = county.map_err(|_| Trouble::Damaged)?;
        let bound = bound_to(county.as_str(), id);
        let inside = serde_json::to_vec(&Inside { envelope, opens });
        let inside = inside.map_err(|error| Trouble::Failed(error.to_string()))?;
        let with = cipher::key_of(&schedule.key).await?;
        let nonce = Uint8Array::from(schedule.nonce.as_slice());
        let closed = cipher::encrypted(&with, &nonce, &bound, &inside).await?;
        let letter = Letter {
            letter: id,
            county,
            key: key.key,
            sender: STANDARD.encode(&sender),
            closed: STANDARD.encode(closed.to_vec()),
        };
        let json = serde_json::to_string(&letter);
        json.map(Some)
            .map_err(|error| Trouble::Failed(error.to_string()))
    }
}
