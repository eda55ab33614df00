//! A space stays open in one tab across its pages, for as long as somebody looks.
//!
//! The key lies in the database wrapped under one that only the tab has (in its session storage), and that
//! under the device's: neither half opens anything alone, and the tab's goes with the tab.

use indexed_db_futures::{KeyRange, prelude::*};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::Storage;

use crate::{
    Device, Pass, Shelf, SpaceId, Trouble, cipher,
    record::Record,
    schema::{self, commit, writing},
    shelf::records,
};

/// So long after the last look a space is locked, by the device's clock.
const LASTS_MS: u64 = 600_000;
/// By so much a network sets a clock back without anybody noticing.
const CORRECTED_MS: u64 = 60_000;
/// Among the keys. `0` is the character after `/`.
const RECORDS: (&str, &str) = ("turn/", "turn0");
/// In the tab's session storage.
const TAB: &str = "space";

/// The tab's half. Written plainly: every page reads it, and the main download carries what reads it.
struct Half {
    turn: String,
    key: Vec<u8>,
}

impl Half {
    fn written(&self) -> String {
        let key: String = self.key.iter().map(|byte| char::from(*byte)).collect();
        format!("{} {key}", self.turn)
    }

    fn read(text: &str) -> Option<Self> {
        let (turn, key) = text.split_once(' ')?;
        let key = key.chars().map(|it| u8::try_from(u32::from(it)).ok());
        Some(Self {
            turn: turn.to_owned(),
            key: key.collect::<Option<_>>()?,
        })
    }
}

struct Head {
    turn: String,
    space: SpaceId,
    until_ms: u64,
}

impl Head {
    /// An official's lasts no longer than their pass.
    fn new(turn: String, space: SpaceId, pass: Option<&Pass>) -> Self {
        let until_ms = now_ms() + LASTS_MS;
        Self {
            turn,
            space,
            until_ms: pass.map_or(until_ms, |pass| until_ms.min(pass.until_ms)),
        }
    }

    fn written(&self) -> String {
        format!("{} {} {}", self.turn, self.space, self.until_ms)
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        Some(Self {
            turn: parts.next()?.to_owned(),
            space: SpaceId::of(parts.next()?),
            until_ms: parts.next()?.parse().ok()?,
        })
    }

    /// A clock that was set back by more than a correction keeps nothing open.
    fn is_over(&self) -> bool {
        let now = now_ms();
        !(now..=now + LASTS_MS + CORRECTED_MS).contains(&self.until_ms)
    }
}

fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

impl Device {
    /// Keeps the space that was just opened with `raw` open in this tab. Where the tab keeps nothing it is
    /// open in this page only.
    pub(crate) async fn begin_turn(
        &self,
        space: &SpaceId,
        raw: &[u8],
        pass: Option<&Pass>,
    ) -> Result<(), Trouble> {
        let Some(tab) = tab() else { return Ok(()) };
        let key = cipher::random::<32>()?;
        let turn = uuid::Uuid::now_v7().to_string();
        let place = Shelf::Keys.place(&turn_key(&turn));
        let with = cipher::key_of(&key).await?;
        let inner = cipher::seal(&with, &place, raw).await?.to_vec();
        let sealed = self.vault.common().seal(&place, &inner).await?;
        put(&Head::new(turn.clone(), space.clone(), pass), sealed).await?;
        let half = Half {
            turn,
            key: key.to_vec(),
        };
        let _ = tab.set_item(TAB, &half.written());
        Ok(())
    }

    /// Goes on with the turn of this tab: what the page before had open. Turns that are over go.
    pub(crate) async fn resume_turn(&self) -> Result<(), Trouble> {
        let Some(half) = half() else { return Ok(()) };
        let Some((head, sealed)) = turn(&half.turn).await? else {
            return self.turn_is_over(&half.turn).await;
        };
        let place = Shelf::Keys.place(&turn_key(&half.turn));
        let inner = self.vault.common().unseal(&place, &sealed).await?;
        let with = cipher::key_of(&half.key).await?;
        let raw = cipher::unseal(&with, &place, &Uint8Array::from(inner.as_slice())).await?;
        self.set_open(&head.space, &raw).await
    }

    /// Somebody looks: the turn goes on. False when it was over, and the space is locked now.
    pub async fn go_on(&self) -> bool {
        if self.open_space().is_none() {
            return true;
        }
        if self.open_pass().is_some_and(|pass| pass.is_over()) {
            let turn = half().map(|half| half.turn).unwrap_or_default();
            let _ = self.turn_is_over(&turn).await;
            return false;
        }
        let Some(half) = half() else {
            // It is being opened just now, or the tab keeps nothing: it is open in this page only.
            return true;
        };
        // Where the storage fails just now nothing is known to be over.
        let goes_on = extend(&half.turn, self.open_pass().as_ref()).await;
        if goes_on == Ok(false) {
            let _ = self.turn_is_over(&half.turn).await;
        }
        goes_on != Ok(false)
    }

    /// Nobody looked for long. Another tab's turn goes on.
    async fn turn_is_over(&self, turn: &str) -> Result<(), Trouble> {
        self.lock();
        end(turn_key(turn)).await
    }

    /// Locks what is open in this tab at once, and in every other when it is looked at next.
    pub async fn end_turn(&self) {
        self.lock();
        let _ = end(RECORDS.0.to_owned()..RECORDS.1.to_owned()).await;
    }
}

/// Somebody looks: in one transaction, so that one which another tab has ended stays ended.
async fn extend(name: &str, pass: Option<&Pass>) -> Result<bool, Trouble> {
    let database = schema::open().await?;
    let transaction = writing(&database, [Shelf::Keys])?;
    let store = transaction.object_store(Shelf::Keys.name())?;
    let key = turn_key(name);
    let found: Option<JsValue> = store.get(key.as_str()).primitive()?.await?;
    let record = found.as_ref().map(Record::of_js).transpose()?;
    let head = record.as_ref().and_then(|record| Head::read(&record.head));
    let (Some(Record { sealed, .. }), Some(head)) = (record, head.filter(|it| !it.is_over()))
    else {
        return Ok(false);
    };
    let head = Head::new(head.turn, head.space, pass).written();
    let record = Record { head, sealed };
    store.put(record.to_js()).with_key(key).primitive()?;
    drop(store);
    commit(transaction).await?;
    Ok(true)
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
        let Some(head) = Head::read(&record.head) else {
            continue;
        };
        if head.is_over() {
            store.delete(turn_key(&head.turn).as_str()).primitive()?;
        } else if head.turn == name {
            ours = Some((head, record.sealed));
        }
    }
    drop(store);
    commit(transaction).await?;
    Ok(ours)
}

async fn put(head: &Head, sealed: Uint8Array) -> Result<(), Trouble> {
    let key = turn_key(&head.turn);
    let head = head.written();
    let database = schema::open().await?;
    let transaction = writing(&database, [Shelf::Keys])?;
    let store = transaction.object_store(Shelf::Keys.name())?;
    let record = Record { head, sealed };
    store.put(record.to_js()).with_key(key).primitive()?;
    drop(store);
    commit(transaction).await?;
    Ok(())
}

/// A tab's half opens nothing after that.
async fn end(turns: impl Into<KeyRange<String>>) -> Result<(), Trouble> {
    if let Some(tab) = tab() {
        let _ = tab.remove_item(TAB);
    }
    let database = schema::open().await?;
    let transaction = writing(&database, [Shelf::Keys])?;
    let store = transaction.object_store(Shelf::Keys.name())?;
    store.delete(turns).primitive()?;
    drop(store);
    commit(transaction).await?;
    Ok(())
}

fn turn_key(turn: &str) -> String {
    format!("{}{turn}", RECORDS.0)
}

fn half() -> Option<Half> {
    Half::read(&tab()?.get_item(TAB).ok()??)
}

fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
