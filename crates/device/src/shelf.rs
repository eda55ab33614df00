//! The stores, and reading and writing whole records of them.

use indexed_db_futures::prelude::*;
use wasm_bindgen::JsValue;

use crate::{
    Device, SpaceId, Trouble,
    record::Record,
    schema::{self, commit, reading, writing},
    vault::Seal,
};

/// Among the screens: what a registration is filled in from.
const CHOICES: &str = "choices";
/// Among the screens of each space, and of everybody: which of the server's databases knows what was sent from here.
pub const EPOCH: &str = "mine/epoch";

/// A store of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Keys of this device.
    Keys,
    /// Counts, such as that of the items made here.
    Counts,
    /// The outbox: how far each item is.
    Items,
    /// The outbox: what each item says.
    Contents,
    /// What is being typed.
    Drafts,
    /// Screens as they were last seen, by the address of their question.
    Views,
    /// One's own registrations and matters.
    Own,
    /// Photos and recordings that wait.
    Media,
    /// Synced lists, many rows to a record.
    Packs,
    /// How far each list is synced.
    Cursors,
}

/// A record that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved {
    /// Its key.
    pub key: String,
    /// What it says.
    pub content: String,
}

impl Shelf {
    pub(crate) const ALL: [Self; 10] = [
        Self::Keys,
        Self::Counts,
        Self::Items,
        Self::Contents,
        Self::Drafts,
        Self::Views,
        Self::Own,
        Self::Media,
        Self::Packs,
        Self::Cursors,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::Counts => "counts",
            Self::Items => "items",
            Self::Contents => "contents",
            Self::Drafts => "drafts",
            Self::Views => "views",
            Self::Own => "own",
            Self::Media => "media",
            Self::Packs => "packs",
            Self::Cursors => "cursors",
        }
    }

    /// The stores of which each space has a part: everything in the first three, and of the screens those
    /// of one's own matter and of the office.
    pub(crate) const IN_PARTS: [Self; 4] = [Self::Drafts, Self::Own, Self::Packs, Self::Views];

    /// Whether a record is somebody's, and not everybody's.
    pub(crate) fn is_somebodys(self, key: &str) -> bool {
        match self {
            Self::Drafts | Self::Own | Self::Packs => true,
            Self::Views => key.starts_with("mine") || key.starts_with("office/"),
            _ => false,
        }
    }

    /// For a transaction that writes here: the keys lie beside.
    fn with_keys(self) -> Vec<Self> {
        match self {
            Self::Keys => vec![self],
            _ => vec![self, Self::Keys],
        }
    }

    /// Where a record lies: it opens nowhere else.
    pub(crate) fn place(self, key: &str) -> String {
        format!("{}/{key}", self.name())
    }
}

impl Device {
    /// Stores a record durably.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn put(&self, shelf: Shelf, key: &str, content: &str) -> Result<(), Trouble> {
        self.put_as(&self.seal_for(shelf, key), shelf, key, content)
            .await
    }

    pub(crate) async fn put_as(
        &self,
        seal: &Seal,
        shelf: Shelf,
        key: &str,
        content: &str,
    ) -> Result<(), Trouble> {
        let sealed = seal.seal(&shelf.place(key), content.as_bytes()).await?;
        let head = serde_json::to_string(key).unwrap_or_default();
        let record = Record { head, sealed };
        let database = schema::open().await?;
        let transaction = writing(&database, shelf.with_keys())?;
        seal.lie_beside(&self.vault, &transaction).await?;
        let store = transaction.object_store(shelf.name())?;
        let key = seal.stored_key(key);
        store.put(record.to_js()).with_key(key).primitive()?;
        drop(store);
        commit(transaction).await?;
        Ok(())
    }

    /// Reads one record; none where there is none.
    ///
    /// # Errors
    /// [`Trouble::Damaged`] where it does not open.
    pub async fn get(&self, shelf: Shelf, key: &str) -> Result<Option<String>, Trouble> {
        let seal = self.seal_for(shelf, key);
        let stored_key = seal.stored_key(key);
        let found: Option<JsValue> = {
            let database = schema::open().await?;
            let transaction = reading(&database, shelf)?;
            let store = transaction.object_store(shelf.name())?;
            store.get(stored_key.as_str()).primitive()?.await?
        };
        let Some(found) = found else { return Ok(None) };
        let record = Record::of_js(&found)?;
        Ok(Some(text(&seal, shelf, key, &record).await?))
    }

    /// Every record that opens, of whoever's turn it is. One that does not is left where it is.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn all(&self, shelf: Shelf) -> Result<Vec<Shelved>, Trouble> {
        let seal = self.vault.own();
        let found = part_of(shelf, &seal).await?;
        let mut opened = Vec::new();
        for record in found.iter().flatten() {
            let Ok(key) = serde_json::from_str::<String>(&record.head) else {
                continue;
            };
            if let Ok(content) = text(&seal, shelf, &key, record).await {
                opened.push(Shelved { key, content });
            }
        }
        Ok(opened)
    }

    /// Takes a record away. None there is none to take.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn remove(&self, shelf: Shelf, key: &str) -> Result<(), Trouble> {
        self.remove_as(&self.seal_for(shelf, key), shelf, key).await
    }

    pub(crate) async fn remove_as(
        &self,
        seal: &Seal,
        shelf: Shelf,
        key: &str,
    ) -> Result<(), Trouble> {
        let database = schema::open().await?;
        let transaction = writing(&database, [shelf])?;
        let store = transaction.object_store(shelf.name())?;
        let key = seal.stored_key(key);
        store.delete(key.as_str()).primitive()?;
        drop(store);
        commit(transaction).await?;
        Ok(())
    }

    /// Lets go of everything the network can give again, of what says that it is here, and of the photos the
    /// server has. What a registration is filled in from stays: a full phone without a network needs it. So does
    /// which database knows what was sent: nothing else tells that it was restored from a copy.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn make_room(&self) -> Result<(), Trouble> {
        let database = schema::open().await?;
        let shelves = [Shelf::Views, Shelf::Packs, Shelf::Cursors];
        let transaction = writing(&database, shelves.into_iter().chain([Shelf::Media]))?;
        for shelf in shelves {
            let store = transaction.object_store(shelf.name())?;
            for key in store.get_all_keys::<String>().primitive()?.await? {
                let key = key?;
                if key != CHOICES && !key.ends_with(EPOCH) {
                    store.delete(key.as_str()).primitive()?;
                }
            }
        }
        crate::media::make_room(&transaction).await?;
        commit(transaction).await?;
        Ok(())
    }

    /// Moves what was everybody's in one store into the open space, record by record: each is in one or the
    /// other. False where another tab changed one meanwhile.
    pub(crate) async fn take_over_shelf(&self, shelf: Shelf) -> Result<bool, Trouble> {
        let (common, own) = (self.vault.common(), self.vault.own());
        let mut whole = true;
        for record in part_of(shelf, &common).await?.into_iter().flatten() {
            let Ok(key) = serde_json::from_str::<String>(&record.head) else {
                continue;
            };
            if !shelf.is_somebodys(&key) {
                continue;
            }
            // One that does not open is left where it is.
            let Ok(content) = text(&common, shelf, &key, &record).await else {
                continue;
            };
            let sealed = own.seal(&shelf.place(&key), content.as_bytes()).await?;
            let database = schema::open().await?;
            let transaction = writing(&database, shelf.with_keys())?;
            own.lie_beside(&self.vault, &transaction).await?;
            let store = transaction.object_store(shelf.name())?;
            let now: Option<JsValue> = store.get(key.as_str()).primitive()?.await?;
            let now = now.and_then(|now| Record::of_js(&now).ok());
            if now.is_none_or(|now| now.sealed.to_vec() != record.sealed.to_vec()) {
                whole = false;
                continue;
            }
            let head = record.head;
            store
                .put(Record { head, sealed }.to_js())
                .with_key(own.stored_key(&key))
                .primitive()?;
            store.delete(key.as_str()).primitive()?;
            drop(store);
            commit(transaction).await?;
        }
        Ok(whole)
    }

    /// Whose a record is that lies in its store under a key of its own.
    fn seal_for(&self, shelf: Shelf, key: &str) -> Seal {
        match shelf.is_somebodys(key) {
            true => self.vault.own(),
            false => self.vault.common(),
        }
    }
}

/// What a store holds for one space, or for everybody.
async fn part_of(shelf: Shelf, seal: &Seal) -> Result<Vec<Result<Record, Trouble>>, Trouble> {
    let database = schema::open().await?;
    let transaction = reading(&database, shelf)?;
    let store = transaction.object_store(shelf.name())?;
    let found = store.get_all::<JsValue>();
    let found = found.with_query::<String, _>(SpaceId::range(seal.space()));
    Ok(records(found.primitive()?.await?))
}

pub(crate) async fn text(
    seal: &Seal,
    shelf: Shelf,
    key: &str,
    record: &Record,
) -> Result<String, Trouble> {
    let plain = seal.unseal(&shelf.place(key), &record.sealed).await?;
    String::from_utf8(plain).map_err(|_| Trouble::Damaged)
}

/// Reads what the database gave; a record that is none stays an error in its place.
pub(crate) fn records(
    found: impl Iterator<Item = indexed_db_futures::Result<JsValue>>,
) -> Vec<Result<Record, Trouble>> {
    found
        .map(|value| Record::of_js(&value.map_err(Trouble::from)?))
        .collect()
}
