//! The outbox as it is stored: how far each item is, and beside it what it says.
//!
//! How far an item is can be read without opening it, so that two tabs agree on it inside one
//! transaction: encryption cannot be waited for there.

use chrono::{DateTime, Utc};
use domain::ids::CommandId;
use indexed_db_futures::{object_store::ObjectStore, prelude::*};
use serde::{Deserialize, Serialize};
use sync::outbox::{Item, NotNow, Standing};
use wasm_bindgen::JsValue;

use crate::{
    Device, Shelf, Trouble,
    record::Record,
    schema::{self, reading, writing},
    shelf::records,
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
}

/// The outbox as the device has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The items that open, in no order.
    pub items: Vec<Item>,
    /// How many records do not open: set aside, and said.
    pub damaged: usize,
}

/// What is known of an item without opening it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Head {
    id: CommandId,
    number: u64,
    phase: Phase,
}

/// The names of [`Standing`], in the order in which one follows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Phase {
    Kept,
    Tried,
    NeedsYou,
    Received,
}

impl Phase {
    fn of(standing: &Standing) -> Self {
        match standing {
            Standing::Kept => Self::Kept,
            Standing::Tried => Self::Tried,
            Standing::NeedsYou { .. } => Self::NeedsYou,
            Standing::Received { .. } => Self::Received,
        }
    }

    /// Whether this may be stored over `before`. A receipt stays; what needs its person may be tried
    /// again; nothing else goes back.
    fn follows(self, before: Self) -> bool {
        self >= before || (self, before) == (Self::Tried, Self::NeedsYou)
    }
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
        let sealed = self.sealed_item(&item).await?;
        let place = Shelf::Contents.place(&key);
        let content = self.vault.seal(&place, new.content.as_bytes()).await?;
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
                self.vault.lie_beside(&transaction)?;
                put(&items, &item, sealed)?;
                let record = Record {
                    head: String::new(),
                    sealed: content,
                };
                let contents = transaction.object_store(Shelf::Contents.name())?;
                contents
                    .put(record.to_js())
                    .with_key(key.as_str())
                    .primitive()?;
                drop((counts, contents, items));
                transaction.commit().await?;
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
        let found = {
            let database = schema::open().await?;
            let transaction = reading(&database, Shelf::Items)?;
            let store = transaction.object_store(Shelf::Items.name())?;
            records(store.get_all::<JsValue>().primitive()?.await?)
        };
        let mut kept = Kept::default();
        for record in found {
            let opened = match record {
                Ok(record) => self.opened(&record).await,
                Err(trouble) => Err(trouble),
            };
            match opened {
                Ok(item) => kept.items.push(item),
                Err(_) => kept.damaged += 1,
            }
        }
        Ok(kept)
    }

    /// What an item says, as it is posted.
    ///
    /// # Errors
    /// It does not open, or there is no storage.
    pub async fn content(&self, id: CommandId) -> Result<Option<String>, Trouble> {
        self.get(Shelf::Contents, &id.to_string()).await
    }

    /// Stores how far an item is, durably. False when it is no longer there, or when another tab knows
    /// more: then nothing was stored.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn store(&self, item: &Item) -> Result<bool, Trouble> {
        let phase = Phase::of(&item.standing);
        self.put_over(item, |known| phase.follows(known)).await
    }

    /// Stores an item over one that is there and that it may follow.
    async fn put_over(
        &self,
        item: &Item,
        may: impl FnOnce(Phase) -> bool,
    ) -> Result<bool, Trouble> {
        let key = item.id.to_string();
        let sealed = self.sealed_item(item).await?;
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Items, Shelf::Keys])?;
        let items = transaction.object_store(Shelf::Items.name())?;
        let known = head(&items, &key).await?;
        let follows = known.is_some_and(|known| may(known.phase));
        if follows {
            self.vault.lie_beside(&transaction)?;
            put(&items, item, sealed)?;
            drop(items);
            transaction.commit().await?;
        }
        Ok(follows)
    }

    /// Notes that an item which was received goes once more: the server may have lost it. False where it
    /// is not, or no longer, one that was received.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn offer_again(&self, item: &Item) -> Result<bool, Trouble> {
        let from = |known: Phase| known == Phase::Received;
        self.put_over(item, from).await
    }

    /// Takes an item away that never left the device or that the server sent back. Whether it was sent
    /// is asked in the same transaction: another tab may have sent it.
    ///
    /// # Errors
    /// There is no storage. The inner error says why it stays.
    pub async fn discard(&self, id: CommandId) -> Result<Result<(), NotNow>, Trouble> {
        let key = id.to_string();
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Items, Shelf::Contents])?;
        let items = transaction.object_store(Shelf::Items.name())?;
        let known = head(&items, &key).await?;
        match known.map(|known| known.phase) {
            None => return Ok(Err(NotNow::Unknown)),
            Some(Phase::Tried) => return Ok(Err(NotNow::Sent)),
            // A receipt may be put away: the server has the item.
            Some(Phase::Kept | Phase::NeedsYou | Phase::Received) => {}
        }
        items.delete(key.as_str()).primitive()?;
        let contents = transaction.object_store(Shelf::Contents.name())?;
        contents.delete(key.as_str()).primitive()?;
        drop((items, contents));
        transaction.commit().await?;
        Ok(Ok(()))
    }

    async fn sealed_item(&self, item: &Item) -> Result<js_sys::Uint8Array, Trouble> {
        let place = Shelf::Items.place(&item.id.to_string());
        let json = serde_json::to_vec(item).map_err(|error| Trouble::Failed(error.to_string()))?;
        self.vault.seal(&place, &json).await
    }

    async fn opened(&self, record: &Record) -> Result<Item, Trouble> {
        let head: Head = serde_json::from_str(&record.head).map_err(|_| Trouble::Damaged)?;
        let json = self
            .text(Shelf::Items, &head.id.to_string(), record)
            .await?;
        let item: Item = serde_json::from_str(&json).map_err(|_| Trouble::Damaged)?;
        Ok(Item {
            number: head.number,
            ..item
        })
    }
}

async fn head(items: &ObjectStore<'_>, key: &str) -> Result<Option<Head>, Trouble> {
    let found: Option<JsValue> = items.get(key).primitive()?.await?;
    let head = found.map(|found| {
        let head = Record::of_js(&found)?.head;
        serde_json::from_str(&head).map_err(|_| Trouble::Damaged)
    });
    head.transpose()
}

fn put(items: &ObjectStore<'_>, item: &Item, sealed: js_sys::Uint8Array) -> Result<(), Trouble> {
    let head = Head {
        id: item.id,
        number: item.number,
        phase: Phase::of(&item.standing),
    };
    let head = serde_json::to_string(&head).map_err(|error| Trouble::Failed(error.to_string()))?;
    let record = Record { head, sealed };
    items
        .put(record.to_js())
        .with_key(item.id.to_string())
        .primitive()?;
    Ok(())
}
