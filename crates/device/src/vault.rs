//! The keys of this device, and whose records each seals.
//!
//! The device's own key keeps what is stored from somebody who copies the browser's files, not from
//! somebody who holds the unlocked phone. On a phone that several people use, each may have a
//! [space](crate::space): a key of its own that a PIN opens, and that is in no page's memory before.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use indexed_db_futures::{database::Database, prelude::*, transaction::Transaction};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CryptoKey;

use crate::{
    Shelf, SpaceId, Trouble,
    cipher::{self, Bytes},
    pass::Pass,
    record::Record,
    schema::{commit, reading, writing},
};

/// The key's own place.
const DEVICE_KEY: &str = "device";
/// That of its name.
const KEY_NAME: &str = "device name";

#[derive(Debug)]
pub(crate) struct Vault {
    device: RefCell<DeviceKey>,
    /// The space that was opened in this page.
    open: RefCell<Option<Rc<OpenSpace>>>,
    /// The space that was open in this page was locked: what is still written there is nobody's.
    left: Cell<bool>,
}

/// The device's own key. Two keys cannot be compared, so each has a name; those of earlier builds have none.
#[derive(Clone, Debug)]
struct DeviceKey {
    key: CryptoKey,
    name: Option<String>,
}

/// A space whose key is in memory.
#[derive(Debug)]
pub(crate) struct OpenSpace {
    pub(crate) id: SpaceId,
    pub(crate) key: CryptoKey,
    /// As it lies among the keys.
    pub(crate) record: Record,
}

/// Whose records, with the key that seals them.
#[derive(Clone, Debug)]
pub(crate) struct Seal {
    space: Option<Rc<OpenSpace>>,
    key: CryptoKey,
    /// Nothing is stored with it.
    nobodys: bool,
}

impl Vault {
    /// Finds the key, or makes it. Of two tabs that make one, the first to store it wins.
    pub(crate) async fn open(database: &Database) -> Result<Self, Trouble> {
        let device = match device_key(&reading(database, Shelf::Keys)?).await? {
            Some(known) => known,
            None => {
                let fresh = DeviceKey {
                    key: cipher::fresh_key(Bytes::Hidden).await?,
                    name: Some(uuid::Uuid::now_v7().to_string()),
                };
                let transaction = writing(database, [Shelf::Keys])?;
                let other = device_key(&transaction).await?;
                let device = other.unwrap_or(fresh);
                put(&transaction, &device)?;
                commit(transaction).await?;
                device
            }
        };
        Ok(Self {
            device: RefCell::new(device),
            open: RefCell::default(),
            left: Cell::default(),
        })
    }

    /// For what belongs to the device and everybody who holds it.
    pub(crate) fn common(&self) -> Seal {
        Seal {
            space: None,
            key: self.device.borrow().key.clone(),
            nobodys: false,
        }
    }

    /// For what somebody makes now: theirs where a space is open.
    pub(crate) fn own(&self) -> Seal {
        match &*self.open.borrow() {
            None => Seal {
                nobodys: self.left.get(),
                ..self.common()
            },
            Some(space) => Seal {
                key: space.key.clone(),
                space: Some(space.clone()),
                nobodys: false,
            },
        }
    }

    /// For what is there already.
    ///
    /// # Errors
    /// [`Trouble::Locked`]: its space is not open.
    pub(crate) fn of(&self, space: Option<&SpaceId>) -> Result<Seal, Trouble> {
        let own = self.own();
        match space {
            None => Ok(self.common()),
            Some(id) if own.space() == Some(id) => Ok(own),
            Some(_) => Err(Trouble::Locked),
        }
    }

    /// What lies among the keys of the open space has changed.
    pub(crate) fn renew_record(&self, record: Record) {
        let mut open = self.open.borrow_mut();
        if let Some(space) = open.take() {
            *open = Some(Rc::new(OpenSpace {
                id: space.id.clone(),
                key: space.key.clone(),
                record,
            }));
        }
    }

    pub(crate) fn set_open(&self, space: Option<OpenSpace>) {
        self.open.replace(space.map(Rc::new));
        self.left.set(false);
    }

    /// What the page of the space that was open still writes is not everybody's.
    pub(crate) fn leave(&self) {
        let was_open = self.open.take().is_some();
        self.left.set(was_open || self.left.get());
    }
}

impl Seal {
    /// The space; none for what is everybody's.
    pub(crate) fn space(&self) -> Option<&SpaceId> {
        self.space.as_ref().map(|space| &space.id)
    }

    /// The pass of an official's space.
    pub(crate) fn pass(&self) -> Option<Pass> {
        Pass::of(&self.space.as_ref()?.record)
    }

    /// A key in a store of which each space has a part of its own.
    pub(crate) fn stored_key(&self, key: &str) -> String {
        match self.space() {
            None => key.to_owned(),
            Some(id) => format!("{}{key}", id.prefix()),
        }
    }

    /// Puts the key beside what is stored in the same transaction: the storage may have been cleared
    /// since this page was opened. A space that another tab threw away meanwhile is not put back. Where another page
    /// has made a new key since, nothing is stored under the old one: the new one is used from then on.
    pub(crate) async fn lie_beside(
        &self,
        vault: &Vault,
        transaction: &Transaction<'_>,
    ) -> Result<(), Trouble> {
        if self.nobodys {
            return Err(Trouble::Locked);
        }
        let known = device_key(transaction).await?;
        if let Some(space) = &self.space {
            let keys = transaction.object_store(Shelf::Keys.name())?;
            let name = space.id.record_key();
            let there: Option<JsValue> = keys.get(name.as_str()).primitive()?.await?;
            if there.is_none() {
                if known.is_some() {
                    return Err(Trouble::Locked);
                }
                keys.put(space.record.to_js()).with_key(name).primitive()?;
            }
        }
        match known {
            Some(known) => {
                if known.name != vault.device.borrow().name {
                    vault.device.replace(known);
                    return Err(Trouble::Failed("the storage was made anew".to_owned()));
                }
                Ok(())
            }
            None => put(transaction, &vault.device.borrow()),
        }
    }

    /// Seals `plain` for one place: moved to another, it does not open.
    pub(crate) async fn seal(&self, place: &str, plain: &[u8]) -> Result<Uint8Array, Trouble> {
        cipher::seal(&self.key, place, plain).await
    }

    /// # Errors
    /// [`Trouble::Damaged`]: it is not what was sealed for this place under this key.
    pub(crate) async fn unseal(&self, place: &str, whole: &Uint8Array) -> Result<Vec<u8>, Trouble> {
        cipher::unseal(&self.key, place, whole).await
    }
}

async fn device_key(transaction: &Transaction<'_>) -> Result<Option<DeviceKey>, Trouble> {
    let store = transaction.object_store(Shelf::Keys.name())?;
    let key: Option<JsValue> = store.get(DEVICE_KEY).primitive()?.await?;
    let name: Option<JsValue> = store.get(KEY_NAME).primitive()?.await?;
    Ok(key.map(|key| DeviceKey {
        key: key.unchecked_into(),
        name: name.and_then(|name| name.as_string()),
    }))
}

fn put(transaction: &Transaction<'_>, device: &DeviceKey) -> Result<(), Trouble> {
    let store = transaction.object_store(Shelf::Keys.name())?;
    let key: &JsValue = device.key.as_ref();
    store.put(key.clone()).with_key(DEVICE_KEY).primitive()?;
    if let Some(name) = &device.name {
        store
            .put(JsValue::from_str(name))
            .with_key(KEY_NAME)
            .primitive()?;
    }
    Ok(())
}
