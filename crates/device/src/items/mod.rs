//! The outbox as it is stored: how far each item is, and beside it what it says.
//!
//! How far an item is can be read without opening it, so that two tabs agree on it inside one
//! transaction: encryption cannot be waited for there.

mod carry;
mod head;
mod letters;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::ids::CommandId;
use indexed_db_futures::{object_store::ObjectStore, prelude::*};
use js_sys::Uint8Array;
use sync::{
    letter::Opens,
    outbox::{Item, NotNow, Standing},
};
use wasm_bindgen::JsValue;

pub(crate) use carry::CARRIED;
pub use carry::{Carried, CarriedFate};
use head::{Head, Phase, head};
pub(crate) use head::{Words, words};
pub(crate) use letters::throw_away;

use crate::{
    Device, Shelf, SpaceId, Trouble,
    media::remove_letters_of,
    record::Record,
    schema::{self, commit, reading, writing},
    shelf::{records, text},
    vault::Seal,
};

const COUNT: &str = "items";

/// What a person has just sent.
#[derive(Clone, Debug)]
pub struct NewItem {
    /// The command's id.
    pub id: CommandId,
    /// What it is about: items about the same keep their order.
    pub about: Option<String>,
    /// The item it was made of.
    pub replaces: Option<CommandId>,
    /// When it was tapped, by the device's clock.
    pub kept_at: DateTime<Utc>,
    /// The envelope, as it will be posted.
    pub content: String,
    /// What opens the matter it is about, should it have to go in a letter.
    pub opens: Option<Opens>,
}

/// The outbox as the device has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The items that open, in no order.
    pub items: Vec<Item>,
    /// What waits and is everybody's while a space is open: it goes, and is not the space's to see. What acts on
    /// one's own matter needs the code that lies beside it, and waits.
    pub others: Vec<Item>,
    /// What waits in spaces that are locked and can go in a letter. Nothing is known of them but their order.
    pub letters: Vec<Item>,
    /// What waits in locked spaces until these are opened.
    pub locked: usize,
    /// How many records do not open: set aside, and said.
    pub damaged: usize,
}

impl Device {
    /// Stores an item with its content, durably. The same id again is the item that is there.
    ///
    /// # Errors
    /// There is no room, or no storage; nothing was stored.
    pub async fn keep(&self, new: NewItem) -> Result<Item, Trouble> {
        let key = new.id.to_string();
        let mut item = Item {
            id: new.id,
            // Counted when it is stored.
            number: 0,
            about: new.about,
            replaces: new.replaces,
            kept_at: new.kept_at,
            bytes: new.content.len(),
            standing: Standing::Kept,
        };
        let seal = self.vault.own();
        let sealed = sealed_item(&seal, &item).await?;
        let place = Shelf::Contents.place(&key);
        let content = seal.seal(&place, new.content.as_bytes()).await?;
        let letter = self.letter_for(&seal, &item, &new.content, new.opens).await;
        {
            let database = schema::open().await?;
            let shelves = [Shelf::Items, Shelf::Contents, Shelf::Counts, Shelf::Keys];
            let transaction = writing(&database, shelves)?;
            let items = transaction.object_store(Shelf::Items.name())?;
            if head(&items, &key).await?.is_none() {
                let counts = transaction.object_store(Shelf::Counts.name())?;
                let count: Option<f64> = counts.get(COUNT).primitive()?.await?;
                let number = count.unwrap_or_default() + 1.0;
                counts.put(number).with_key(COUNT).primitive()?;
                item.number = number as u64;
                seal.lie_beside(&self.vault, &transaction).await?;
                let head = Head::new(&item, &seal, letter.as_deref());
                put(&items, &head, sealed)?;
                let contents = transaction.object_store(Shelf::Contents.name())?;
                put_content(&contents, &key, &seal, content)?;
                if let Some(letter) = letter {
                    put_letter(&contents, &key, letter)?;
                }
                drop((counts, contents, items));
                commit(transaction).await?;
                return Ok(item);
            }
        }
        let kept = self.items().await?.items;
        let mut kept = kept.into_iter();
        kept.find(|known| known.id == item.id)
            .ok_or(Trouble::Damaged)
    }

    /// The whole outbox.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn items(&self) -> Result<Kept, Trouble> {
        let found = self.item_records().await?;
        let mut kept = Kept::default();
        let open = self.open_space();
        for record in found {
            let head = record.as_ref().ok().map(Head::read);
            let space = head.and_then(Result::ok).and_then(|head| head.space);
            let opened = match &record {
                Ok(record) => self.opened(record).await,
                Err(trouble) => Err(trouble.clone()),
            };
            match (opened, record) {
                (Ok(item), _) if space == open => kept.items.push(item),
                (Ok(item), _) => {
                    if item.standing.is_waiting() && item.about.is_none() {
                        kept.others.push(item);
                    }
                }
                (Err(Trouble::Locked), Ok(record)) => kept.add_locked(&record),
                (Err(_), _) => kept.damaged += 1,
            }
        }
        Ok(kept)
    }

    async fn item_records(&self) -> Result<Vec<Result<Record, Trouble>>, Trouble> {
        let database = schema::open().await?;
        let transaction = reading(&database, Shelf::Items)?;
        let store = transaction.object_store(Shelf::Items.name())?;
        Ok(records(store.get_all::<JsValue>().primitive()?.await?))
    }

    /// Stores a record where an item lies: in its space, or with what is everybody's.
    ///
    /// # Errors
    /// The item's space is locked; there is no room, or no storage.
    pub async fn put_with(
        &self,
        item: CommandId,
        shelf: Shelf,
        key: &str,
        content: &str,
    ) -> Result<(), Trouble> {
        let seal = self.seal_of(item).await?;
        self.put_as(&seal, shelf, key, content).await
    }

    /// Takes a record away from where an item lies.
    ///
    /// # Errors
    /// The item's space is locked, or there is no storage.
    pub async fn remove_with(
        &self,
        item: CommandId,
        shelf: Shelf,
        key: &str,
    ) -> Result<(), Trouble> {
        let seal = self.seal_of(item).await?;
        self.remove_as(&seal, shelf, key).await
    }

    async fn seal_of(&self, item: CommandId) -> Result<Seal, Trouble> {
        let space = self.space_of(&item.to_string()).await?;
        self.vault.of(space.as_ref())
    }

    /// What an item says, as it is posted.
    ///
    /// # Errors
    /// It does not open, or there is no storage.
    pub async fn content(&self, id: CommandId) -> Result<Option<String>, Trouble> {
        let key = id.to_string();
        let Some(record) = self.content_record(&key).await? else {
            return Ok(None);
        };
        // The head names the space; none is everybody's.
        let space = serde_json::from_str::<SpaceId>(&record.head).ok();
        let seal = self.vault.of(space.as_ref())?;
        text(&seal, Shelf::Contents, &key, &record).await.map(Some)
    }

    /// The letter that stands in for an item while its space is locked, as it is posted.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn letter(&self, id: CommandId) -> Result<Option<String>, Trouble> {
        let record = self.content_record(&letter_key(&id.to_string())).await?;
        Ok(record.map(|record| record.head))
    }

    async fn content_record(&self, key: &str) -> Result<Option<Record>, Trouble> {
        let database = schema::open().await?;
        let transaction = reading(&database, Shelf::Contents)?;
        let store = transaction.object_store(Shelf::Contents.name())?;
        let found: Option<JsValue> = store.get(key).primitive()?.await?;
        found.as_ref().map(Record::of_js).transpose()
    }

    /// Stores how far an item is, durably. False when it is no longer there, or when another tab knows
    /// more: then nothing was stored.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn store(&self, item: &Item) -> Result<bool, Trouble> {
        let phase = Phase::of(&item.standing);
        self.put_over(item, None, |known| phase.follows(known))
            .await
    }

    /// As [`Device::store`], and from now on the item says this.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn store_as(&self, item: &Item, content: &str) -> Result<bool, Trouble> {
        let phase = Phase::of(&item.standing);
        self.put_over(item, Some(content), |known| phase.follows(known))
            .await
    }

    /// Stores an item over one that is there and that it may follow.
    async fn put_over(
        &self,
        item: &Item,
        content: Option<&str>,
        may: impl FnOnce(Phase) -> bool,
    ) -> Result<bool, Trouble> {
        let key = item.id.to_string();
        // Of a space that was locked meanwhile it can be stored no more; it is asked for again.
        let seal = self.vault.of(self.space_of(&key).await?.as_ref())?;
        let sealed = sealed_item(&seal, item).await?;
        let content = match content {
            None => None,
            Some(content) => {
                let place = Shelf::Contents.place(&key);
                Some(seal.seal(&place, content.as_bytes()).await?)
            }
        };
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Items, Shelf::Contents, Shelf::Keys])?;
        let items = transaction.object_store(Shelf::Items.name())?;
        let Some(known) = head(&items, &key).await? else {
            return Ok(false);
        };
        let follows = known.space.as_ref() == seal.space() && may(known.phase);
        if follows {
            seal.lie_beside(&self.vault, &transaction).await?;
            let phase = Phase::of(&item.standing);
            let mut head = Head { phase, ..known };
            head.received_at = match phase {
                Phase::Received => head.received_at.or_else(|| Some(now())),
                _ => None,
            };
            let contents = transaction.object_store(Shelf::Contents.name())?;
            if let Some(content) = content {
                put_content(&contents, &key, &seal, content)?;
            }
            if !item.standing.is_waiting() {
                contents.delete(letter_key(&key).as_str()).primitive()?;
                // Should it be sent again, nothing of it waits that could go while its space is locked.
                head.letter = None;
            }
            put(&items, &head, sealed)?;
            drop((items, contents));
            commit(transaction).await?;
        }
        Ok(follows)
    }

    /// When the receipts of this device came, by its clock; none of those that builds before have stored.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn received_at(&self) -> Result<HashMap<CommandId, DateTime<Utc>>, Trouble> {
        let heads = self.heads().await?.into_iter();
        Ok(heads
            .filter_map(|head| Some((head.id, head.received_at?)))
            .collect())
    }

    async fn space_of(&self, key: &str) -> Result<Option<SpaceId>, Trouble> {
        let database = schema::open().await?;
        let transaction = reading(&database, Shelf::Items)?;
        let items = transaction.object_store(Shelf::Items.name())?;
        Ok(head(&items, key).await?.and_then(|head| head.space))
    }

    /// Notes that an item which was received goes once more: the server may have lost it. False where it
    /// is not, or no longer, one that was received.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn offer_again(&self, item: &Item) -> Result<bool, Trouble> {
        let from = |known: Phase| known == Phase::Received;
        self.put_over(item, None, from).await
    }

    /// Takes an item away that never left the device or that the server sent back; also one that was received,
    /// where whoever takes it away knows of its receipt. How far it is, is asked in the same transaction: another tab
    /// may have sent it.
    ///
    /// # Errors
    /// There is no storage. The inner error says why it stays.
    pub async fn discard(
        &self,
        id: CommandId,
        knows_receipt: bool,
    ) -> Result<Result<(), NotNow>, Trouble> {
        let key = id.to_string();
        let database = schema::open().await?;
        let shelves = [Shelf::Items, Shelf::Contents, Shelf::Media];
        let transaction = writing(&database, shelves)?;
        let items = transaction.object_store(Shelf::Items.name())?;
        let known = head(&items, &key).await?;
        match known.as_ref().map(|known| known.phase) {
            None => return Ok(Err(NotNow::Unknown)),
            Some(Phase::Tried) => return Ok(Err(NotNow::Sent)),
            Some(Phase::Received) if !knows_receipt => return Ok(Err(NotNow::Sent)),
            Some(Phase::Kept | Phase::NeedsYou | Phase::Received) => {}
        }
        let contents = transaction.object_store(Shelf::Contents.name())?;
        remove(&items, &contents, &key)?;
        remove_letters_of(&transaction, id).await?;
        drop((items, contents));
        commit(transaction).await?;
        Ok(Ok(()))
    }

    async fn opened(&self, record: &Record) -> Result<Item, Trouble> {
        let head = Head::read(record)?;
        let seal = self.vault.of(head.space.as_ref())?;
        if record.sealed.length() == 0 {
            // Its space was thrown away; the letter goes.
            return Err(Trouble::Locked);
        }
        let json = text(&seal, Shelf::Items, &head.id.to_string(), record).await?;
        let item: Item = serde_json::from_str(&json).map_err(|_| Trouble::Damaged)?;
        // Its letter may have left, or have been delivered, while the space was locked.
        let before = matches!(item.standing, Standing::Kept | Standing::Delivered);
        let left = head.phase == Phase::Tried && before;
        let standing = if left { Standing::Tried } else { item.standing };
        Ok(Item {
            number: head.number,
            standing,
            ..item
        })
    }

    /// What waits in a space is closed for the server too, where its key is known: it goes while the space
    /// is locked.
    async fn letter_for(
        &self,
        seal: &Seal,
        item: &Item,
        content: &str,
        opens: Option<Opens>,
    ) -> Option<String> {
        seal.space()?;
        // What an official does goes under their own sign-in.
        if seal.pass().is_some() {
            return None;
        }
        if item.about.is_some() && opens.is_none() {
            return None;
        }
        self.close(item.id, content, opens).await.ok().flatten()
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default()
}

fn letter_key(id: &str) -> String {
    format!("letter/{id}")
}

async fn sealed_item(seal: &Seal, item: &Item) -> Result<Uint8Array, Trouble> {
    let place = Shelf::Items.place(&item.id.to_string());
    let json = serde_json::to_vec(item).map_err(|error| Trouble::Failed(error.to_string()))?;
    seal.seal(&place, &json).await
}

fn put(items: &ObjectStore<'_>, head: &Head, sealed: Uint8Array) -> Result<(), Trouble> {
    let key = head.id.to_string();
    let head = serde_json::to_string(head).map_err(|error| Trouble::Failed(error.to_string()))?;
    let record = Record { head, sealed };
    items.put(record.to_js()).with_key(key).primitive()?;
    Ok(())
}

/// The head names the space; that of what is everybody's is empty.
fn put_content(
    contents: &ObjectStore<'_>,
    key: &str,
    seal: &Seal,
    sealed: Uint8Array,
) -> Result<(), Trouble> {
    let space = seal.space().map(serde_json::to_string);
    let head = space.and_then(Result::ok).unwrap_or_default();
    let record = Record { head, sealed };
    contents.put(record.to_js()).with_key(key).primitive()?;
    Ok(())
}

/// A letter is closed already: it lies here as it is posted.
fn put_letter(contents: &ObjectStore<'_>, key: &str, letter: String) -> Result<(), Trouble> {
    put_text(contents, &letter_key(key), letter)
}

/// Of what says nothing to whoever reads it here.
fn put_text(contents: &ObjectStore<'_>, key: &str, text: String) -> Result<(), Trouble> {
    let sealed = Uint8Array::new_with_length(0);
    let record = Record { head: text, sealed };
    contents.put(record.to_js()).with_key(key).primitive()?;
    Ok(())
}

fn remove(items: &ObjectStore<'_>, contents: &ObjectStore<'_>, key: &str) -> Result<(), Trouble> {
    items.delete(key).primitive()?;
    contents.delete(key).primitive()?;
    contents.delete(letter_key(key).as_str()).primitive()?;
    Ok(())
}
