//! Spaces: on a phone that several people use, each has what is theirs to themselves.
//!
//! A space has a key of its own. It lies here wrapped twice: under a slow hash of its PIN, and that under
//! the device's key, which no script can read. So the PIN alone opens nothing elsewhere, and the files
//! alone are not searched for the PIN. Six digits are a lock on a drawer, not a safe: who can run scripts
//! in this browser profile tries a million of them in days.
//!
//! An open space is open in one tab, while somebody looks ([`crate::turn`]).

use std::fmt;

use indexed_db_futures::{object_store::ObjectStore, prelude::*};
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wasm_bindgen::JsValue;

use crate::{
    Device, Shelf, Trouble,
    cipher::{self, Bytes},
    pass::Pass,
    record::Record,
    schema::{self, commit, reading, writing},
    shelf::records,
    vault::OpenSpace,
};

/// Rounds of PBKDF2 for a new space: a third of a second on a computer, a second or two on a cheap phone.
const ROUNDS: u32 = 600_000;
const SALT_BYTES: usize = 16;
/// Wrong PINs before one has to wait, longer each time.
const FREE_TRIES: u32 = 5;
const FIRST_WAIT_MS: f64 = 30_000.0;
const LONGEST_WAIT_MS: f64 = 3_600_000.0;
/// By the device's clock.
const TAKES_OVER_FOR_MS: f64 = 600_000.0;
/// Among the keys. `0` is the character after `/`.
const RECORDS: (&str, &str) = ("space/", "space0");
/// Before the keys of a space's records; nothing else begins with it, and it comes after everything else.
const MARK: &str = "~";

/// Names a space on this device.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SpaceId(String);

/// A space as everybody who holds the phone may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Space {
    /// Which.
    pub id: SpaceId,
    /// What its person calls it.
    pub name: String,
    /// An official's, and as long as this lasts.
    pub pass: Option<Pass>,
}

/// What became of a PIN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Opening {
    /// The space is open in this page.
    Opened,
    /// Another PIN opens it.
    WrongPin,
    /// An official's, whose sign-in is over: first they sign in anew, with a network.
    PassOver,
    /// Too many were wrong: none is looked at before this long.
    Wait {
        /// Seconds.
        seconds: u32,
    },
}

/// The readable part of a space's record.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Head {
    id: SpaceId,
    name: String,
    salt: Vec<u8>,
    rounds: u32,
    /// Wrong PINs in a row.
    #[serde(default)]
    wrong: u32,
    /// By the device's clock: whoever sets it forward waits less. It is a brake, not a lock.
    #[serde(default)]
    closed_until_ms: f64,
    /// What was everybody's is to become this one's, and may not be yet.
    #[serde(default)]
    takes_over: bool,
    /// An official's, and as long as this lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pass: Option<Pass>,
}

impl Head {
    /// Whether what is everybody's becomes this one's: only soon after it was made. Later it may be another's.
    fn is_taking_over(&self) -> bool {
        let made = Uuid::parse_str(&self.id.0)
            .ok()
            .and_then(|id| id.get_timestamp());
        let made_ms = made.map_or(0.0, |made| made.to_unix().0 as f64 * 1000.0);
        let since_ms = js_sys::Date::now() - made_ms;
        self.takes_over && since_ms.abs() < TAKES_OVER_FOR_MS
    }
}

impl SpaceId {
    pub(crate) fn of(id: &str) -> Self {
        Self(id.to_owned())
    }

    pub(crate) fn record_key(&self) -> String {
        format!("{}{}", RECORDS.0, self.0)
    }

    /// Before each key of its part of a store.
    pub(crate) fn prefix(&self) -> String {
        format!("{MARK}{}/", self.0)
    }

    /// The keys of one part of a store.
    pub(crate) fn range(space: Option<&Self>) -> std::ops::Range<String> {
        match space {
            None => String::new()..MARK.to_owned(),
            Some(id) => id.prefix()..format!("{MARK}{}0", id.0),
        }
    }
}

impl fmt::Display for SpaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Device {
    /// The spaces of this device, in the order they were made.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn spaces(&self) -> Result<Vec<Space>, Trouble> {
        let found = {
            let database = schema::open().await?;
            let transaction = reading(&database, Shelf::Keys)?;
            let store = transaction.object_store(Shelf::Keys.name())?;
            heads(&store).await?
        };
        let spaces = found.into_iter();
        let spaces = spaces.map(|Head { id, name, pass, .. }| Space { id, name, pass });
        Ok(spaces.collect())
    }

    /// The one that is open in this page.
    pub fn open_space(&self) -> Option<SpaceId> {
        self.vault.own().space().cloned()
    }

    /// Makes a space, opens it, and moves into it what was everybody's.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn make_space(&self, name: &str, pin: &str) -> Result<SpaceId, Trouble> {
        self.make(name, pin, None).await
    }

    /// Makes an official's space, which opens as long as the pass lasts, and opens it. It takes nothing of what
    /// was everybody's.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn make_office_space(
        &self,
        name: &str,
        pin: &str,
        pass: Pass,
    ) -> Result<SpaceId, Trouble> {
        self.make(name, pin, Some(pass)).await
    }

    /// The official signed in anew: their space opens until then.
    ///
    /// # Errors
    /// There is no such space, or no storage.
    pub async fn renew_pass(&self, id: &SpaceId, until_ms: u64) -> Result<(), Trouble> {
        let (mut head, sealed) = self.space_record(id).await?;
        if let Some(pass) = &mut head.pass {
            pass.renew(until_ms);
        }
        let record = self.put_head(&head, sealed).await?;
        if self.open_space().as_ref() == Some(id) {
            self.vault.renew_record(record);
        }
        Ok(())
    }

    async fn make(&self, name: &str, pin: &str, pass: Option<Pass>) -> Result<SpaceId, Trouble> {
        let fresh = cipher::fresh_key(Bytes::ToWrap).await?;
        let raw = cipher::bytes_of(&fresh).await?;
        let head = Head {
            // Ids carry the time they were made.
            id: SpaceId(Uuid::now_v7().to_string()),
            name: name.to_owned(),
            salt: cipher::random::<SALT_BYTES>()?.to_vec(),
            rounds: ROUNDS,
            wrong: 0,
            closed_until_ms: 0.0,
            takes_over: pass.is_none(),
            pass,
        };
        let place = Shelf::Keys.place(&head.id.record_key());
        let of_pin = cipher::key_of_pin(pin, &head.salt, head.rounds).await?;
        let inner = cipher::seal(&of_pin, &place, &raw).await?.to_vec();
        let sealed = self.vault.common().seal(&place, &inner).await?;
        let record = record(&head, sealed)?;
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Keys])?;
        let common = self.vault.common();
        common.lie_beside(&self.vault, &transaction).await?;
        put(
            &transaction.object_store(Shelf::Keys.name())?,
            &head.id,
            &record,
        )?;
        commit(transaction).await?;
        let id = head.id.clone();
        if let Err(trouble) = self.open_now(head, record, &raw).await {
            // It is said that there is none, so there is none.
            let _ = self.throw_away(&id).await;
            return Err(trouble);
        }
        Ok(id)
    }

    /// Opens a space in this page.
    ///
    /// # Errors
    /// There is no such space, or no storage.
    pub async fn open_with_pin(&self, id: &SpaceId, pin: &str) -> Result<Opening, Trouble> {
        let (mut head, sealed) = self.space_record(id).await?;
        let now = js_sys::Date::now();
        let left = head.closed_until_ms - now;
        // A clock that was set back keeps nobody out for longer than the longest wait.
        if left > 0.0 && left <= LONGEST_WAIT_MS {
            return Ok(Opening::Wait {
                seconds: (left / 1000.0).ceil() as u32,
            });
        }
        if let Some(pass) = &mut head.pass {
            if pass.is_over() {
                return Ok(Opening::PassOver);
            }
            pass.seen();
        }
        // Counted before it is looked at: a page that is closed in between has tried.
        head.wrong += 1;
        if head.wrong >= FREE_TRIES {
            let doubled = FIRST_WAIT_MS * f64::from(1_u32 << (head.wrong - FREE_TRIES).min(10));
            head.closed_until_ms = now + doubled.min(LONGEST_WAIT_MS);
        }
        self.put_head(&head, sealed.clone()).await?;
        let place = Shelf::Keys.place(&id.record_key());
        let inner = self.vault.common().unseal(&place, &sealed).await?;
        let of_pin = cipher::key_of_pin(pin, &head.salt, head.rounds).await?;
        let inner = Uint8Array::from(inner.as_slice());
        let raw = match cipher::unseal(&of_pin, &place, &inner).await {
            Ok(raw) => raw,
            Err(Trouble::Damaged) => return Ok(Opening::WrongPin),
            Err(trouble) => return Err(trouble),
        };
        head.wrong = 0;
        head.closed_until_ms = 0.0;
        let record = self.put_head(&head, sealed).await?;
        self.open_now(head, record, &raw).await?;
        Ok(Opening::Opened)
    }

    async fn open_now(&self, head: Head, record: Record, raw: &[u8]) -> Result<(), Trouble> {
        let (id, until) = (head.id.clone(), head.pass.clone());
        let key = cipher::key_of(raw).await?;
        let space = || OpenSpace {
            id: id.clone(),
            key: key.clone(),
            record: record.clone(),
        };
        self.vault.set_open(Some(space()));
        // What is not moved now stays everybody's, and follows when the space is opened again soon. What can be
        // fetched again makes room for what is moved.
        if head.is_taking_over()
            && self.take_over(space(), head.clone()).await == Err(Trouble::Full)
            && self.make_room().await.is_ok()
        {
            let _ = self.take_over(space(), head).await;
        }
        if let Err(trouble) = self.begin_turn(&id, raw, until.as_ref()).await {
            // It is said that it did not open, so it is not open: nothing would lock it after a time. The page goes
            // on with what is everybody's.
            self.vault.set_open(None);
            return Err(trouble);
        }
        Ok(())
    }

    /// Opens one whose key is at hand.
    pub(crate) async fn set_open(&self, id: &SpaceId, raw: &[u8]) -> Result<(), Trouble> {
        let space = OpenSpace {
            id: id.clone(),
            key: cipher::key_of(raw).await?,
            record: raw_record(id).await?,
        };
        self.vault.set_open(Some(space));
        Ok(())
    }

    pub(crate) fn lock(&self) {
        self.vault.leave();
    }

    /// Throws a space away with everything that can be read in it. What waits in a closed letter stays and
    /// goes.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn throw_away(&self, id: &SpaceId) -> Result<(), Trouble> {
        let database = schema::open().await?;
        let shelves = Shelf::IN_PARTS.into_iter();
        let shelves = shelves.chain([Shelf::Items, Shelf::Contents, Shelf::Media, Shelf::Keys]);
        let transaction = writing(&database, shelves)?;
        for shelf in Shelf::IN_PARTS {
            let store = transaction.object_store(shelf.name())?;
            let keys = store.get_all_keys::<String>();
            let keys = keys.with_query::<String, _>(SpaceId::range(Some(id)));
            let keys: Vec<String> = keys.primitive()?.await?.collect::<Result<_, _>>()?;
            for key in keys {
                store.delete(key.as_str()).primitive()?;
            }
        }
        // How far their words are tells which letters of photos stay.
        crate::media::throw_away(&transaction, id).await?;
        crate::items::throw_away(&transaction, id).await?;
        let keys = transaction.object_store(Shelf::Keys.name())?;
        keys.delete(id.record_key().as_str()).primitive()?;
        drop(keys);
        commit(transaction).await?;
        if self.open_space().as_ref() == Some(id) {
            self.end_turn().await;
            // The page goes on with what is everybody's.
            self.vault.set_open(None);
        }
        Ok(())
    }

    /// Moves what was everybody's into a space. What a page that ends leaves behind is moved when the space
    /// is opened next.
    async fn take_over(&self, space: OpenSpace, mut head: Head) -> Result<(), Trouble> {
        let sealed = space.record.sealed.clone();
        self.vault.set_open(Some(space));
        let mut whole = true;
        for shelf in Shelf::IN_PARTS {
            whole &= self.take_over_shelf(shelf).await?;
        }
        whole &= self.take_over_items().await?;
        self.take_over_media().await?;
        // What changed in another tab meanwhile follows when the space is opened next.
        head.takes_over = !whole;
        let record = self.put_head(&head, sealed).await?;
        self.vault.renew_record(record);
        Ok(())
    }

    async fn space_record(&self, id: &SpaceId) -> Result<(Head, Uint8Array), Trouble> {
        let record = raw_record(id).await?;
        let head = serde_json::from_str(&record.head).map_err(|_| Trouble::Damaged)?;
        Ok((head, record.sealed))
    }

    /// Notes what changed of a space that is still there.
    async fn put_head(&self, head: &Head, sealed: Uint8Array) -> Result<Record, Trouble> {
        let record = record(head, sealed)?;
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Keys])?;
        let store = transaction.object_store(Shelf::Keys.name())?;
        let known: Option<JsValue> = store
            .get(head.id.record_key().as_str())
            .primitive()?
            .await?;
        known.ok_or(Trouble::Damaged)?;
        put(&store, &head.id, &record)?;
        drop(store);
        commit(transaction).await?;
        Ok(record)
    }
}

async fn raw_record(id: &SpaceId) -> Result<Record, Trouble> {
    let database = schema::open().await?;
    let transaction = reading(&database, Shelf::Keys)?;
    let store = transaction.object_store(Shelf::Keys.name())?;
    let found: Option<JsValue> = store.get(id.record_key().as_str()).primitive()?.await?;
    Record::of_js(&found.ok_or(Trouble::Damaged)?)
}

async fn heads(store: &ObjectStore<'_>) -> Result<Vec<Head>, Trouble> {
    let range = RECORDS.0.to_owned()..RECORDS.1.to_owned();
    let found = store.get_all::<JsValue>().with_query::<String, _>(range);
    let found = records(found.primitive()?.await?).into_iter().flatten();
    Ok(found
        .filter_map(|record| serde_json::from_str(&record.head).ok())
        .collect())
}

fn record(head: &Head, sealed: Uint8Array) -> Result<Record, Trouble> {
    let head = serde_json::to_string(head).map_err(|error| Trouble::Failed(error.to_string()))?;
    Ok(Record { head, sealed })
}

fn put(store: &ObjectStore<'_>, id: &SpaceId, record: &Record) -> Result<(), Trouble> {
    store
        .put(record.to_js())
        .with_key(id.record_key())
        .primitive()?;
    Ok(())
}
