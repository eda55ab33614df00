//! Photos and recordings that wait to be sent.
//!
//! What is known of one and its bytes are two records of one store, so that looking through all of them
//! reads no bytes.

use domain::ids::{AttachmentId, CommandId};
use indexed_db_futures::{object_store::ObjectStore, prelude::*};
use js_sys::Uint8Array;
use sync::upload::{Medium, MediumPlace};
use wasm_bindgen::JsValue;

use crate::{
    Device, Shelf, Trouble,
    record::Record,
    schema::{self, reading, writing},
    shelf::records,
};

/// The keys of what is known; `0` is the character after `/`.
const HEADS: (&str, &str) = ("head/", "head0");

fn head_key(attachment: AttachmentId) -> String {
    format!("{}{attachment}", HEADS.0)
}

fn bytes_key(attachment: AttachmentId) -> String {
    format!("bytes/{attachment}")
}

impl Device {
    /// Stores a photo or recording durably. When this comes back, it is on the device.
    ///
    /// # Errors
    /// There is no room, or no storage; nothing was stored.
    pub async fn keep_medium(&self, medium: &Medium, bytes: &[u8]) -> Result<(), Trouble> {
        let key = bytes_key(medium.attachment);
        let sealed = self.vault.seal(&Shelf::Media.place(&key), bytes).await?;
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Media, Shelf::Keys])?;
        self.vault.lie_beside(&transaction)?;
        let store = transaction.object_store(Shelf::Media.name())?;
        let head = String::new();
        let record = Record { head, sealed };
        store.put(record.to_js()).with_key(key).primitive()?;
        put(&store, medium)?;
        drop(store);
        transaction.commit().await?;
        Ok(())
    }

    /// Everything that is here, oldest first, without its bytes.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn media(&self) -> Result<Vec<Medium>, Trouble> {
        let database = schema::open().await?;
        let transaction = reading(&database, Shelf::Media)?;
        let store = transaction.object_store(Shelf::Media.name())?;
        let mut media = heads(&store).await?;
        // Ids carry the time they were made.
        media.sort_by_key(|medium| medium.attachment);
        Ok(media)
    }

    /// The bytes of one; none where they are no longer here.
    ///
    /// # Errors
    /// [`Trouble::Damaged`] where they do not open.
    pub async fn medium_bytes(&self, attachment: AttachmentId) -> Result<Option<Vec<u8>>, Trouble> {
        let key = bytes_key(attachment);
        let found: Option<JsValue> = {
            let database = schema::open().await?;
            let transaction = reading(&database, Shelf::Media)?;
            let store = transaction.object_store(Shelf::Media.name())?;
            store.get(key.as_str()).primitive()?.await?
        };
        let Some(found) = found else { return Ok(None) };
        let sealed = Record::of_js(&found)?.sealed;
        let place = Shelf::Media.place(&key);
        self.vault.unseal(&place, &sealed).await.map(Some)
    }

    /// Notes where one is. The bytes of one that was received are no longer needed here. Nothing is
    /// noted of one that is no longer kept.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn place_medium(
        &self,
        attachment: AttachmentId,
        place: MediumPlace,
    ) -> Result<(), Trouble> {
        let change = |medium: &mut Medium| medium.place = place;
        self.change_media(|medium| medium.attachment == attachment, change)
            .await
    }

    /// What one command named is named by another: it was sent back and put right.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn hand_media_on(&self, from: CommandId, to: CommandId) -> Result<(), Trouble> {
        self.change_media(|medium| medium.of == from, |medium| medium.of = to)
            .await
    }

    /// Takes those away that `gone` names, bytes and all.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn remove_media(&self, gone: impl Fn(&Medium) -> bool) -> Result<(), Trouble> {
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Media])?;
        let store = transaction.object_store(Shelf::Media.name())?;
        for medium in heads(&store).await?.into_iter().filter(|it| gone(it)) {
            let head = head_key(medium.attachment);
            store.delete(head.as_str()).primitive()?;
            let bytes = bytes_key(medium.attachment);
            store.delete(bytes.as_str()).primitive()?;
        }
        drop(store);
        transaction.commit().await?;
        Ok(())
    }

    async fn change_media(
        &self,
        which: impl Fn(&Medium) -> bool,
        change: impl Fn(&mut Medium),
    ) -> Result<(), Trouble> {
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Media])?;
        let store = transaction.object_store(Shelf::Media.name())?;
        for mut medium in heads(&store).await?.into_iter().filter(|it| which(it)) {
            change(&mut medium);
            put(&store, &medium)?;
            if medium.place == MediumPlace::Received {
                let key = bytes_key(medium.attachment);
                store.delete(key.as_str()).primitive()?;
            }
        }
        drop(store);
        transaction.commit().await?;
        Ok(())
    }
}

/// A record that is none is passed over: there are no bytes of it to send either.
async fn heads(store: &ObjectStore<'_>) -> Result<Vec<Medium>, Trouble> {
    let range = HEADS.0.to_owned()..HEADS.1.to_owned();
    let found = store.get_all::<JsValue>().with_query::<String, _>(range);
    let found = records(found.primitive()?.await?).into_iter().flatten();
    let media = found.filter_map(|record| serde_json::from_str(&record.head).ok());
    Ok(media.collect())
}

fn put(store: &ObjectStore<'_>, medium: &Medium) -> Result<(), Trouble> {
    let head = serde_json::to_string(medium).map_err(|error| Trouble::Failed(error.to_string()))?;
    let sealed = Uint8Array::new_with_length(0);
    let record = Record { head, sealed };
    let key = head_key(medium.attachment);
    store.put(record.to_js()).with_key(key).primitive()?;
    Ok(())
}
