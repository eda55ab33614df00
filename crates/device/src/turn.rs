//! A space stays open in one tab across its pages, for as long as somebody looks.
//!
//! The key lies in the database wrapped under one that only the tab has (in its session storage), and that
//! under the device's: neither half opens anything alone, and the tab's goes with the tab.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use indexed_db_futures::prelude::*;
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::Storage;

use crate::{
    Device, Shelf, SpaceId, Trouble, cipher,
    record::Record,
    schema::{self, writing},
    shelf::records,
};

/// So long after the last look a space is locked, by the device's clock.
const LASTS_MS: f64 = 600_000.0;
/// Among the keys. `0` is the character after `/`.
const RECORDS: (&str, &str) = ("turn/", "turn0");
/// In the tab's session storage.
const TAB: &str = "space";

/// The tab's half.
#[derive(Serialize, Deserialize)]
struct Half {
    turn: String,
    key: String,
}

#[derive(Serialize, Deserialize)]
struct Head {
    turn: String,
    space: SpaceId,
    until_ms: f64,
}

impl Head {
    /// A clock that was set back keeps nothing open for longer than a turn lasts.
    fn is_over(&self) -> bool {
        !(0.0..=LASTS_MS).contains(&(self.until_ms - js_sys::Date::now()))
    }
}

impl Device {
    /// Keeps the space that was just opened with `raw` open in this tab. Where the tab keeps nothing it is
    /// open in this page only.
    pub(crate) async fn begin_turn(&self, space: &SpaceId, raw: &[u8]) -> Result<(), Trouble> {
        let Some(tab) = tab() else { return Ok(()) };
        let key = cipher::random::<32>()?;
        let turn = uuid::Uuid::now_v7().to_string();
        let place = Shelf::Keys.place(&turn_key(&turn));
        let with = cipher::key_of(&key).await?;
        let inner = cipher::seal(&with, &place, raw).await?.to_vec();
        let sealed = self.vault.common().seal(&place, &inner).await?;
        let head = Head {
            turn: turn.clone(),
            space: space.clone(),
            until_ms: js_sys::Date::now() + LASTS_MS,
        };
        put(&head, sealed).await?;
        let half = Half {
            turn,
            key: STANDARD.encode(key),
        };
        if let Ok(half) = serde_json::to_string(&half) {
            let _ = tab.set_item(TAB, &half);
        }
        Ok(())
    }

    /// Goes on with the turn of this tab: what the page before had open. Turns that are over go.
    pub(crate) async fn resume_turn(&self) -> Result<(), Trouble> {
        let Some(half) = half() else { return Ok(()) };
        let Some((head, sealed)) = turn(&half.turn).await? else {
            return end(&half.turn).await;
        };
        let place = Shelf::Keys.place(&turn_key(&half.turn));
        let key = STANDARD.decode(&half.key).map_err(|_| Trouble::Damaged)?;
        let inner = self.vault.common().unseal(&place, &sealed).await?;
        let with = cipher::key_of(&key).await?;
        let raw = cipher::unseal(&with, &place, &Uint8Array::from(inner.as_slice())).await?;
        self.set_open(&head.space, &raw).await
    }

    /// Somebody looks: the turn goes on. False when it was over, and the space is locked now.
    pub async fn go_on(&self) -> bool {
        if self.open_space().is_none() {
            return true;
        }
        let going = match half() {
            None => Ok(None),
            Some(half) => turn(&half.turn).await,
        };
        match going {
            Ok(Some((mut head, sealed))) => {
                head.until_ms = js_sys::Date::now() + LASTS_MS;
                put(&head, sealed).await.is_ok()
            }
            _ => {
                self.end_turn().await;
                false
            }
        }
    }

    /// Locks what is open in this tab.
    pub async fn end_turn(&self) {
        self.lock();
        if let Some(half) = half() {
            let _ = end(&half.turn).await;
        }
    }
}

/// One that is not over.
async fn turn(name: &str) -> Result<Option<(Head, Uint8Array)>, Trouble> {
    let database = schema::open().await?;
    let transaction = writing(&database, [Shelf::Keys])?;
    let store = transaction.object_store(Shelf::Keys.name())?;
    let range = RECORDS.0.to_owned()..RECORDS.1.to_owned();
    let found = store.get_all::<JsValue>().with_query::<String, _>(range);
    let found = records(found.primitive()?.await?).into_iter().flatten();
    let mut ours = None;
    for record in found {
        let Ok(head) = serde_json::from_str::<Head>(&record.head) else {
            continue;
        };
        if head.is_over() {
            store.delete(turn_key(&head.turn).as_str()).primitive()?;
        } else if head.turn == name {
            ours = Some((head, record.sealed));
        }
    }
    drop(store);
    transaction.commit().await?;
    Ok(ours)
}

async fn put(head: &Head, sealed: Uint8Array) -> Result<(), Trouble> {
    let key = turn_key(&head.turn);
    let head = serde_json::to_string(head).map_err(|error| Trouble::Failed(error.to_string()))?;
    let database = schema::open().await?;
    let transaction = writing(&database, [Shelf::Keys])?;
    let store = transaction.object_store(Shelf::Keys.name())?;
    let record = Record { head, sealed };
    store.put(record.to_js()).with_key(key).primitive()?;
    drop(store);
    transaction.commit().await?;
    Ok(())
}

async fn end(turn: &str) -> Result<(), Trouble> {
    if let Some(tab) = tab() {
        let _ = tab.remove_item(TAB);
    }
    let database = schema::open().await?;
    let transaction = writing(&database, [Shelf::Keys])?;
    let store = transaction.object_store(Shelf::Keys.name())?;
    store.delete(turn_key(turn).as_str()).primitive()?;
    drop(store);
    transaction.commit().await?;
    Ok(())
}

fn turn_key(turn: &str) -> String {
    format!("{}{turn}", RECORDS.0)
}

fn half() -> Option<Half> {
    let half = tab()?.get_item(TAB).ok()??;
    serde_json::from_str(&half).ok()
}

fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
