//! What is known of an item without opening it: tabs agree on it inside one transaction.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::ids::CommandId;
use indexed_db_futures::{object_store::ObjectStore, prelude::*};
use serde::{Deserialize, Serialize};
use sync::{
    letter::hidden_name,
    outbox::{Item, Standing},
};
use wasm_bindgen::JsValue;

use super::Kept;
use crate::{SpaceId, Trouble, record::Record, shelf::records, vault::Seal};

/// What is known of an item without opening it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) id: CommandId,
    pub(super) number: u64,
    pub(super) phase: Phase,
    /// Whose it is; everybody's without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) space: Option<SpaceId>,
    /// What it is about, in a space: a name that says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) about: Option<String>,
    /// Of one that lies here in a letter too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) letter: Option<LetterState>,
    /// Bytes of the letter.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) letter_bytes: usize,
    /// Another phone was given its letter: the server may have it from there.
    #[serde(default, skip_serializing_if = "is_not")]
    pub(super) handed_over: bool,
    /// When its receipt was stored, by the device's clock. Builds before did not note it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) received_at: Option<DateTime<Utc>>,
}

fn is_not(it: &bool) -> bool {
    !it
}

fn is_zero(bytes: &usize) -> bool {
    *bytes == 0
}

/// How far a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LetterState {
    Waits,
    /// The server has answered for good; the answer is told to whoever sends it readable.
    Delivered,
    /// The server has no key for it.
    Closed,
}

/// The names of [`Standing`], in the order in which one follows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Phase {
    Kept,
    Tried,
    NeedsYou,
    Received,
}

/// How far the words of a photo are, for what is to follow them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Words {
    /// They go, also while their space is locked.
    Go,
    /// The server has answered for good.
    There,
    /// They need their person first.
    Stay,
}

impl Phase {
    pub(super) fn of(standing: &Standing) -> Self {
        match standing {
            Standing::Kept => Self::Kept,
            Standing::Tried => Self::Tried,
            Standing::NeedsYou { .. } => Self::NeedsYou,
            Standing::Received { .. } => Self::Received,
            // Only of letters: what is inside was tried.
            Standing::Delivered => Self::Tried,
        }
    }

    /// Whether this may be stored over `before`. A receipt stays; what needs its person may be tried
    /// again; nothing else goes back.
    pub(super) fn follows(self, before: Self) -> bool {
        self >= before || (self, before) == (Self::Tried, Self::NeedsYou)
    }
}

impl Kept {
    pub(super) fn add_locked(&mut self, record: &Record) {
        let Ok(head) = Head::read(record) else {
            self.damaged += 1;
            return;
        };
        if head.phase > Phase::Tried || head.letter == Some(LetterState::Delivered) {
            return;
        }
        if head.letter != Some(LetterState::Waits) {
            self.locked += 1;
            return;
        }
        self.letters.push(Item {
            id: head.id,
            number: head.number,
            about: head.about,
            replaces: None,
            kept_at: DateTime::UNIX_EPOCH,
            bytes: head.letter_bytes,
            standing: match head.phase {
                Phase::Kept => Standing::Kept,
                _ => Standing::Tried,
            },
        });
    }
}

impl Head {
    pub(super) fn new(item: &Item, seal: &Seal, letter: Option<&str>) -> Self {
        let space = seal.space().cloned();
        let about = item.about.as_deref().zip(space.as_ref());
        Self {
            id: item.id,
            number: item.number,
            phase: Phase::of(&item.standing),
            about: about.map(|(about, space)| hidden_name(&space.to_string(), about)),
            space,
            letter: letter.map(|_| LetterState::Waits),
            letter_bytes: letter.map_or(0, str::len),
            handed_over: false,
            received_at: None,
        }
    }

    fn words(&self) -> Words {
        match (self.phase, self.letter) {
            (Phase::NeedsYou, _) => Words::Stay,
            (Phase::Received, _) | (_, Some(LetterState::Delivered)) => Words::There,
            (_, Some(LetterState::Waits)) => Words::Go,
            (_, None | Some(LetterState::Closed)) => Words::Stay,
        }
    }

    pub(super) fn read(record: &Record) -> Result<Self, Trouble> {
        serde_json::from_str(&record.head).map_err(|_| Trouble::Damaged)
    }
}

pub(super) async fn head(items: &ObjectStore<'_>, key: &str) -> Result<Option<Head>, Trouble> {
    let found: Option<JsValue> = items.get(key).primitive()?.await?;
    let head = found.map(|found| Head::read(&Record::of_js(&found)?));
    head.transpose()
}

/// Of every item, how far its words are.
pub(crate) async fn words(items: &ObjectStore<'_>) -> Result<HashMap<CommandId, Words>, Trouble> {
    let found = records(items.get_all::<JsValue>().primitive()?.await?);
    let heads = found.into_iter().flatten();
    let heads = heads.filter_map(|record| Head::read(&record).ok());
    Ok(heads.map(|head| (head.id, head.words())).collect())
}
