//! Lists of many rows: some hundred of them to a record, and the whole replaced at once.

use indexed_db_futures::prelude::*;
use wasm_bindgen::JsValue;

use crate::{
    Device, Shelf, Trouble,
    record::Record,
    schema::{self, commit, reading, writing},
    shelf::{records, text},
    vault::Seal,
};

const SHELF: Shelf = Shelf::Packs;

impl Device {
    /// Replaces a list of whoever's turn it is: all of it, or nothing when it does not fit.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn put_packs(&self, list: &str, packs: &[String]) -> Result<(), Trouble> {
        let seal = self.vault.own();
        let mut sealed = Vec::with_capacity(packs.len());
        for (place, pack) in packs.iter().enumerate() {
            let key = key(list, place);
            let head = serde_json::to_string(&key).unwrap_or_default();
            let closed = seal.seal(&SHELF.place(&key), pack.as_bytes()).await?;
            sealed.push((
                seal.stored_key(&key),
                Record {
                    head,
                    sealed: closed,
                },
            ));
        }
        let database = schema::open().await?;
        let transaction = writing(&database, [SHELF, Shelf::Keys])?;
        seal.lie_beside(&self.vault, &transaction).await?;
        let store = transaction.object_store(SHELF.name())?;
        let keys = store.get_all_keys::<String>();
        let keys = keys.with_query::<String, _>(range(&seal, list));
        let keys: Vec<String> = keys.primitive()?.await?.collect::<Result<_, _>>()?;
        for key in keys {
            store.delete(key.as_str()).primitive()?;
        }
        for (key, record) in sealed {
            store.put(record.to_js()).with_key(key).primitive()?;
        }
        drop(store);
        commit(transaction).await
    }

    /// Replaces one pack of a list; the others stay as they are.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn put_pack(&self, list: &str, place: usize, pack: &str) -> Result<(), Trouble> {
        self.put(SHELF, &key(list, place), pack).await
    }

    /// One pack of a list; none where there is none in its place.
    ///
    /// # Errors
    /// [`Trouble::Damaged`] where it does not open.
    pub async fn pack(&self, list: &str, place: usize) -> Result<Option<String>, Trouble> {
        self.get(SHELF, &key(list, place)).await
    }

    /// The packs of a list in their order; none where there is no such list.
    ///
    /// # Errors
    /// [`Trouble::Damaged`] where one does not open: the list is asked for anew.
    pub async fn packs(&self, list: &str) -> Result<Vec<String>, Trouble> {
        let seal = self.vault.own();
        let found = {
            let database = schema::open().await?;
            let transaction = reading(&database, SHELF)?;
            let store = transaction.object_store(SHELF.name())?;
            let found = store.get_all::<JsValue>();
            let found = found.with_query::<String, _>(range(&seal, list));
            records(found.primitive()?.await?)
        };
        let mut packs = Vec::with_capacity(found.len());
        for (place, record) in found.into_iter().enumerate() {
            packs.push(text(&seal, SHELF, &key(list, place), &record?).await?);
        }
        Ok(packs)
    }
}

/// Keys are in the order of their places.
fn key(list: &str, place: usize) -> String {
    format!("{list}/{place:05}")
}

/// `0` is the character after `/`.
fn range(seal: &Seal, list: &str) -> std::ops::Range<String> {
    seal.stored_key(&format!("{list}/"))..seal.stored_key(&format!("{list}0"))
}
