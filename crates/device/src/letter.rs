//! Closing what waits for the server only (`sync::letter`).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{division::CountyCode, ids::CommandId};
use js_sys::Uint8Array;
use serde_json::Value;
use sync::{
    letter::{
        INFO, Inside, Letter, LetterKey, Opens, Schedule, bound_to,
        medium::{self, MediumLetter, MediumName},
    },
    upload::Medium,
};

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
        let Some(key) = self.letter_key().await? else {
            return Ok(None);
        };
        let envelope: Value = serde_json::from_str(envelope).map_err(|_| Trouble::Damaged)?;
        let county = envelope.get("county").and_then(Value::as_str);
        let county = CountyCode::parse(county.unwrap_or_default());
        let county = county.map_err(|_| Trouble::Damaged)?;
        let bound = bound_to(county.as_str(), id);
        let inside = serde_json::to_vec(&Inside { envelope, opens });
        let inside = inside.map_err(|error| Trouble::Failed(error.to_string()))?;
        let (sender, closed) = closed(&key, INFO, &bound, &inside).await?;
        let letter = Letter {
            letter: id,
            county,
            key: key.key,
            sender: STANDARD.encode(&sender),
            closed: STANDARD.encode(closed),
        };
        let json = serde_json::to_string(&letter);
        json.map(Some)
            .map_err(|error| Trouble::Failed(error.to_string()))
    }

    /// A photo or recording as a letter; none while the server's key is not known here.
    pub(crate) async fn close_medium(
        &self,
        county: &CountyCode,
        medium: &Medium,
        bytes: &[u8],
    ) -> Result<Option<Vec<u8>>, Trouble> {
        let Some(key) = self.letter_key().await? else {
            return Ok(None);
        };
        let name = MediumName {
            county: county.as_str(),
            of: medium.of,
            attachment: medium.attachment,
            kind: medium.kind,
        };
        let (sender, closed) = closed(&key, medium::INFO, &name.bound(), bytes).await?;
        let letter = MediumLetter {
            key: key.key,
            sender: &sender,
            closed: &closed,
        };
        Ok(Some(letter.to_bytes()))
    }

    async fn letter_key(&self) -> Result<Option<LetterKey>, Trouble> {
        let key = self.get(Shelf::Keys, KEY).await?;
        let key = key.map(|key| serde_json::from_str(&key)).transpose();
        key.map_err(|_| Trouble::Damaged)
    }
}

/// The sender's public key, and what was closed.
async fn closed(
    key: &LetterKey,
    info: &[u8],
    bound: &[u8],
    plain: &[u8],
) -> Result<(Vec<u8>, Vec<u8>), Trouble> {
    let public = STANDARD.decode(&key.public).map_err(|_| Trouble::Damaged)?;
    let (agreed, sender) = cipher::agreed_with(&public).await?;
    let whole = |bytes: &[u8]| bytes.try_into().map_err(|_| Trouble::Damaged);
    let agreed: [u8; 32] = agreed.as_slice().try_into().map_err(|_| Trouble::Damaged)?;
    let schedule = Schedule::of(info, &agreed, &whole(&sender)?, &whole(&public)?);
    let with = cipher::key_of(&schedule.key).await?;
    let nonce = Uint8Array::from(schedule.nonce.as_slice());
    let closed = cipher::encrypted(&with, &nonce, bound, plain).await?;
    Ok((sender, closed.to_vec()))
}
