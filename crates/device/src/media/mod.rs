//! Photos and recordings that wait to be sent.
//!
//! What is known of one and its bytes are two records of one store, so that looking through all of them
//! reads no bytes.

mod letters;

use std::collections::HashSet;

use domain::ids::{AttachmentId, CommandId};
use indexed_db_futures::{object_store::ObjectStore, prelude::*, transaction::Transaction};
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sync::upload::{Medium, MediumPlace};
use wasm_bindgen::JsValue;

pub(crate) use letters::remove_letters_of;
pub use letters::{ClosedMedia, ClosedMedium};

use crate::{
    Device, Shelf, SpaceId, Trouble,
    record::Record,
    schema::{self, commit, reading, writing},
    shelf::records,
    vault::Seal,
};

/// The keys of what is known; `0` is the character after `/`.
const HEADS: (&str, &str) = ("head/", "head0");
/// The keys of their bytes.
const BYTES: (&str, &str) = ("bytes/", "bytes0");

/// Words come after the photos and need room too: so much is held for them, and given up first.
const RESERVE: &str = "reserve";
const RESERVED: usize = 128 * 1024;

fn head_key(attachment: AttachmentId) -> String {
    format!("{}{attachment}", HEADS.0)
}

fn bytes_key(attachment: AttachmentId) -> String {
    format!("{}{attachment}", BYTES.0)
}

impl Device {
    /// Stores a photo or recording durably. When this comes back, it is on the device, and so is some room for the
    /// words it goes with.
    ///
    /// # Errors
    /// There is no room, or no storage; nothing was stored.
    pub async fn keep_medium(&self, medium: &Medium, bytes: &[u8]) -> Result<(), Trouble> {
        let key = bytes_key(medium.attachment);
        let seal = self.vault.own();
        let sealed = seal.seal(&Shelf::Media.place(&key), bytes).await?;
        let reserve = match has_reserve().await? {
            true => None,
            // Sealed, it cannot be made smaller by the browser.
            false => {
                let place = Shelf::Media.place(RESERVE);
                let common = self.vault.common();
                Some(common.seal(&place, &vec![0; RESERVED]).await?)
            }
        };
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Media, Shelf::Keys])?;
        seal.lie_beside(&self.vault, &transaction).await?;
        let store = transaction.object_store(Shelf::Media.name())?;
        if let Some(reserve) = reserve {
            put_bytes(&store, RESERVE.to_owned(), reserve)?;
        }
        put_bytes(&store, key, sealed)?;
        put(&store, &Head::new(medium.clone(), &seal))?;
        drop(store);
        commit(transaction).await?;
        Ok(())
    }

    /// Everything that is here of whoever's turn it is, oldest first, without its bytes.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn media(&self) -> Result<Vec<Medium>, Trouble> {
        let database = schema::open().await?;
        let transaction = reading(&database, Shelf::Media)?;
        let store = transaction.object_store(Shelf::Media.name())?;
        let mut media = self.own_media(&store).await?;
        // Ids carry the time they were made.
        media.sort_by_key(|medium| medium.attachment);
        Ok(media)
    }

    /// The bytes of one; none where they are no longer here.
    ///
    /// # Errors
    /// [`Trouble::Damaged`] where they do not open.
    pub async fn medium_bytes(&self, attachment: AttachmentId) -> Result<Option<Vec<u8>>, Trouble> {
        self.bytes_as(&self.vault.own(), attachment).await
    }

    async fn bytes_as(
        &self,
        seal: &Seal,
        attachment: AttachmentId,
    ) -> Result<Option<Vec<u8>>, Trouble> {
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
        seal.unseal(&place, &sealed).await.map(Some)
    }

    /// Notes where one is. Nothing is noted of one that is no longer kept.
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

    /// What of a command was received goes once more, as far as its bytes are still here: the server may
    /// have lost it.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn offer_media_again(&self, of: CommandId) -> Result<(), Trouble> {
        let still_here = {
            let database = schema::open().await?;
            let transaction = reading(&database, Shelf::Media)?;
            let store = transaction.object_store(Shelf::Media.name())?;
            let keys = store.get_all_keys::<String>();
            let keys = keys.with_query::<String, _>(BYTES.0.to_owned()..BYTES.1.to_owned());
            let keys: Result<Vec<String>, _> = keys.primitive()?.await?.collect();
            keys?
        };
        let lost = |medium: &Medium| {
            let is_received = medium.place == MediumPlace::Received;
            medium.of == of && is_received && still_here.contains(&bytes_key(medium.attachment))
        };
        self.change_media(lost, |medium| medium.place = MediumPlace::Here)
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
        for medium in self
            .own_media(&store)
            .await?
            .into_iter()
            .filter(|it| gone(it))
        {
            remove(&store, medium.attachment)?;
        }
        drop(store);
        commit(transaction).await?;
        Ok(())
    }

    /// Takes those away that belong to nothing that is here, as far as `may_go` lets them. Items and drafts count
    /// whether they open or not.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn remove_stray_media(
        &self,
        may_go: impl Fn(&Medium) -> bool,
    ) -> Result<(), Trouble> {
        let database = schema::open().await?;
        let shelves = [Shelf::Items, Shelf::Drafts, Shelf::Media];
        let transaction = writing(&database, shelves)?;
        let mut named = HashSet::new();
        for shelf in [Shelf::Items, Shelf::Drafts] {
            let store = transaction.object_store(shelf.name())?;
            for key in store.get_all_keys::<String>().primitive()?.await? {
                let key = key?;
                // A space's part of a store has its name in front.
                named.insert(key.rsplit('/').next().unwrap_or(&key).to_owned());
            }
        }
        let store = transaction.object_store(Shelf::Media.name())?;
        let media = self.own_media(&store).await?.into_iter();
        for medium in media.filter(|it| !named.contains(&it.of.to_string()) && may_go(it)) {
            remove(&store, medium.attachment)?;
        }
        drop(store);
        commit(transaction).await?;
        Ok(())
    }

    /// Moves what is everybody's into the open space.
    pub(crate) async fn take_over_media(&self) -> Result<(), Trouble> {
        let everybodys = {
            let database = schema::open().await?;
            let transaction = reading(&database, Shelf::Media)?;
            let store = transaction.object_store(Shelf::Media.name())?;
            heads(&store).await?
        };
        for head in everybodys.into_iter().filter(|head| head.space.is_none()) {
            self.take_over_medium(head.medium.attachment).await?;
        }
        Ok(())
    }

    /// One of them, unless it went meanwhile.
    async fn take_over_medium(&self, attachment: AttachmentId) -> Result<(), Trouble> {
        let seal = self.vault.own();
        let key = bytes_key(attachment);
        let sealed = match self.bytes_as(&self.vault.common(), attachment).await {
            Ok(Some(bytes)) => Some(seal.seal(&Shelf::Media.place(&key), &bytes).await?),
            // There are none to move, or none that open.
            Ok(None) | Err(Trouble::Damaged) => None,
            Err(trouble) => return Err(trouble),
        };
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Media, Shelf::Keys])?;
        let store = transaction.object_store(Shelf::Media.name())?;
        let known = heads(&store).await?.into_iter();
        let mut known = known.filter(|head| head.space.is_none());
        let Some(known) = known.find(|head| head.medium.attachment == attachment) else {
            return Ok(());
        };
        seal.lie_beside(&self.vault, &transaction).await?;
        if let Some(sealed) = sealed {
            put_bytes(&store, key, sealed)?;
        }
        put(&store, &Head::new(known.medium, &seal))?;
        letters::take_over(&store, attachment, &seal).await?;
        drop(store);
        commit(transaction).await?;
        Ok(())
    }

    async fn own_media(&self, store: &ObjectStore<'_>) -> Result<Vec<Medium>, Trouble> {
        let own = self.vault.own();
        let heads = heads(store).await?.into_iter();
        let heads = heads.filter(|head| head.space.as_ref() == own.space());
        Ok(heads.map(|head| head.medium).collect())
    }

    async fn change_media(
        &self,
        which: impl Fn(&Medium) -> bool,
        change: impl Fn(&mut Medium),
    ) -> Result<(), Trouble> {
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Media])?;
        let store = transaction.object_store(Shelf::Media.name())?;
        let seal = self.vault.own();
        for mut medium in self
            .own_media(&store)
            .await?
            .into_iter()
            .filter(|it| which(it))
        {
            let of = medium.of;
            change(&mut medium);
            put(&store, &Head::new(medium.clone(), &seal))?;
            // A letter is for one command, and no longer needed where the server has answered.
            if medium.place != MediumPlace::Here || medium.of != of {
                letters::remove(&store, medium.attachment)?;
            }
        }
        drop(store);
        commit(transaction).await?;
        Ok(())
    }
}

/// What can be read without opening: what is known of one, and whose it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Head {
    #[serde(flatten)]
    medium: Medium,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    space: Option<SpaceId>,
}

impl Head {
    fn new(medium: Medium, seal: &Seal) -> Self {
        Self {
            medium,
            space: seal.space().cloned(),
        }
    }
}

/// Takes away what is in a space but the letters that will go. To be asked before its items are taken away.
pub(crate) async fn throw_away(
    transaction: &Transaction<'_>,
    space: &SpaceId,
) -> Result<(), Trouble> {
    let store = transaction.object_store(Shelf::Media.name())?;
    let heads = heads(&store).await?.into_iter();
    for head in heads.filter(|head| head.space.as_ref() == Some(space)) {
        remove_readable(&store, head.medium.attachment)?;
    }
    letters::throw_away(transaction, &store, space).await
}

/// Gives up what is held for words, and takes the bytes away of what the server has, whosever it is. Only the names are read: this is in the main
/// download, and what a medium is is not.
pub(crate) async fn make_room(transaction: &Transaction<'_>) -> Result<(), Trouble> {
    let store = transaction.object_store(Shelf::Media.name())?;
    store.delete(RESERVE).primitive()?;
    let range = HEADS.0.to_owned()..HEADS.1.to_owned();
    let found = store.get_all::<JsValue>().with_query::<String, _>(range);
    let found = records(found.primitive()?.await?).into_iter().flatten();
    for record in found {
        let head: Value = serde_json::from_str(&record.head).unwrap_or_default();
        if head["place"]["place"] == "received"
            && let Some(attachment) = head["attachment"].as_str()
        {
            let key = format!("{}{attachment}", BYTES.0);
            store.delete(key.as_str()).primitive()?;
        }
    }
    Ok(())
}

async fn has_reserve() -> Result<bool, Trouble> {
    let database = schema::open().await?;
    let transaction = reading(&database, Shelf::Media)?;
    let store = transaction.object_store(Shelf::Media.name())?;
    let keys = store.get_all_keys::<String>();
    let keys = keys.with_query::<String, _>(RESERVE.to_owned());
    Ok(keys.primitive()?.await?.next().is_some())
}

/// A record that is none is passed over: there are no bytes of it to send either.
async fn heads(store: &ObjectStore<'_>) -> Result<Vec<Head>, Trouble> {
    let range = HEADS.0.to_owned()..HEADS.1.to_owned();
    let found = store.get_all::<JsValue>().with_query::<String, _>(range);
    let found = records(found.primitive()?.await?).into_iter().flatten();
    let media = found.filter_map(|record| serde_json::from_str(&record.head).ok());
    Ok(media.collect())
}

fn put(store: &ObjectStore<'_>, head: &Head) -> Result<(), Trouble> {
    let key = head_key(head.medium.attachment);
    let head = serde_json::to_string(head).map_err(|error| Trouble::Failed(error.to_string()))?;
    let sealed = Uint8Array::new_with_length(0);
    let record = Record { head, sealed };
    store.put(record.to_js()).with_key(key).primitive()?;
    Ok(())
}

fn put_bytes(store: &ObjectStore<'_>, key: String, sealed: Uint8Array) -> Result<(), Trouble> {
    let head = String::new();
    let record = Record { head, sealed };
    store.put(record.to_js()).with_key(key).primitive()?;
    Ok(())
}

fn remove(store: &ObjectStore<'_>, attachment: AttachmentId) -> Result<(), Trouble> {
    letters::remove(store, attachment)?;
    remove_readable(store, attachment)
}

fn remove_readable(store: &ObjectStore<'_>, attachment: AttachmentId) -> Result<(), Trouble> {
    store.delete(head_key(attachment).as_str()).primitive()?;
    store.delete(bytes_key(attachment).as_str()).primitive()?;
    Ok(())
}
