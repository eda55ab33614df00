//! Letters in the hands of another phone: given to it here, or carried here for somebody else.
//!
//! A carried letter lies in the outbox like one whose space was thrown away: it goes, nothing in it can be read here,
//! and it leaves with the server's answer. A line beside it remembers that it was here.

use domain::ids::CommandId;
use indexed_db_futures::{object_store::ObjectStore, prelude::*};
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use sync::{
    letter::{Letter, Opens},
    outbox::Item,
};
use wasm_bindgen::JsValue;

use super::{
    COUNT,
    head::{Head, LetterState, Phase, head},
    put, put_letter, put_text, remove,
};
use crate::{
    Device, Shelf, SpaceId, Trouble,
    media::remove_letters_of,
    record::Record,
    schema::{self, commit, reading, writing},
    shelf::records,
};

/// Whose carried letters are: nobody's here. No space is called so.
pub(crate) const CARRIED: &str = "carried";
/// Among the contents. `0` is the character after `/`.
const NOTES: (&str, &str) = ("carried/", "carried0");
const PARTS: (&str, &str) = ("part/", "part0");

/// A letter of somebody else, as far as this device knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The command inside.
    pub id: CommandId,
    /// How far it is.
    pub fate: CarriedFate,
    /// Photos and recordings that follow it and have not gone.
    pub media: usize,
}

impl Carried {
    /// Whether something of it is still to go.
    pub fn is_here(&self) -> bool {
        self.fate == CarriedFate::Waits || self.media > 0
    }
}

/// What became of a carried letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CarriedFate {
    /// It waits, or its answer does.
    Waits,
    /// The server has answered for good; what, is not told here.
    Delivered,
    /// The server could not read it.
    NotTaken,
}

/// What this device remembers of a letter it carried.
#[derive(Serialize, Deserialize)]
struct Note {
    id: CommandId,
    #[serde(default)]
    not_taken: bool,
}

impl Device {
    /// The letter of an item that waits, to be given away. From then on the item may be at the server: it counts as
    /// tried. None where it has no letter: it is answered, its space is locked, it needs a code that is not here, or
    /// the server's key is not.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn hand_over(
        &self,
        item: &Item,
        opens: Option<Opens>,
    ) -> Result<Option<Letter>, Trouble> {
        // What an official does goes under their own sign-in.
        if self.open_pass().is_some() {
            return Ok(None);
        }
        let key = item.id.to_string();
        let lying = self.letter(item.id).await?;
        let letter = match &lying {
            Some(letter) => letter.clone(),
            None if item.about.is_some() && opens.is_none() => return Ok(None),
            None => {
                let Some(content) = self.content(item.id).await? else {
                    return Ok(None);
                };
                match self.close(item.id, &content, opens).await? {
                    Some(letter) => letter,
                    None => return Ok(None),
                }
            }
        };
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Items, Shelf::Contents])?;
        let items = transaction.object_store(Shelf::Items.name())?;
        let found: Option<JsValue> = items.get(key.as_str()).primitive()?.await?;
        let Some(found) = found else { return Ok(None) };
        let record = Record::of_js(&found)?;
        let mut head = Head::read(&record)?;
        if head.phase > Phase::Tried {
            return Ok(None);
        }
        head.phase = Phase::Tried;
        head.handed_over = true;
        put(&items, &head, record.sealed)?;
        let contents = transaction.object_store(Shelf::Contents.name())?;
        if lying.is_none() {
            // The same codes the next time they are shown.
            put_letter(&contents, &key, letter.clone())?;
        }
        drop((items, contents));
        commit(transaction).await?;
        let letter = serde_json::from_str(&letter).map_err(|_| Trouble::Damaged)?;
        Ok(Some(letter))
    }

    /// The items that were given to another phone.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn handed_over(&self) -> Result<Vec<CommandId>, Trouble> {
        let heads = self.heads().await?.into_iter();
        let heads = heads.filter(|head| head.handed_over);
        Ok(heads.map(|head| head.id).collect())
    }

    /// Takes a letter along. False where it is, or was, here already: nothing changes.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn carry(&self, letter: &Letter) -> Result<bool, Trouble> {
        let key = letter.letter.to_string();
        let json = serde_json::to_string(letter);
        let json = json.map_err(|error| Trouble::Failed(error.to_string()))?;
        let database = schema::open().await?;
        let shelves = [Shelf::Items, Shelf::Contents, Shelf::Counts];
        let transaction = writing(&database, shelves)?;
        let items = transaction.object_store(Shelf::Items.name())?;
        let contents = transaction.object_store(Shelf::Contents.name())?;
        let is_known = head(&items, &key).await?.is_some();
        let before = note(&contents, &key).await?;
        // One that was not taken may be tried again.
        if is_known || before.is_some_and(|note| !note.not_taken) {
            return Ok(false);
        }
        let counts = transaction.object_store(Shelf::Counts.name())?;
        let count: Option<f64> = counts.get(COUNT).primitive()?.await?;
        let number = count.unwrap_or_default() + 1.0;
        counts.put(number).with_key(COUNT).primitive()?;
        let head = Head {
            id: letter.letter,
            number: number as u64,
            phase: Phase::Kept,
            space: Some(SpaceId::of(CARRIED)),
            about: None,
            letter: Some(LetterState::Waits),
            letter_bytes: json.len(),
            handed_over: false,
            received_at: None,
        };
        put(&items, &head, Uint8Array::new_with_length(0))?;
        put_letter(&contents, &key, json)?;
        let note = Note {
            id: letter.letter,
            not_taken: false,
        };
        put_note(&contents, &note)?;
        drop((items, contents, counts));
        commit(transaction).await?;
        Ok(true)
    }

    /// The letters of others that this device carries or has carried, in the order they were made.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn carried(&self) -> Result<Vec<Carried>, Trouble> {
        let notes = self.texts(NOTES).await?.into_iter();
        let notes = notes.filter_map(|note| serde_json::from_str::<Note>(&note).ok());
        let heads = self.heads().await?;
        let waits = |id| heads.iter().any(|head| head.id == id && head.is_carried());
        let media = self.carried_media().await?;
        let carried = notes.map(|Note { id, not_taken }| Carried {
            id,
            media: media.get(&id).copied().unwrap_or_default(),
            fate: match (waits(id), not_taken) {
                (true, _) => CarriedFate::Waits,
                (false, false) => CarriedFate::Delivered,
                (false, true) => CarriedFate::NotTaken,
            },
        });
        Ok(carried.collect())
    }

    /// Forgets those that wait no longer.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn forget_carried(&self) -> Result<(), Trouble> {
        let done = self.carried().await?.into_iter();
        let done = done.filter(|carried| !carried.is_here());
        let keys: Vec<String> = done.map(|carried| note_key(carried.id)).collect();
        self.remove_contents(&keys).await
    }

    /// Carries a letter and what follows it no longer. Its own phone still has it.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn put_carried_down(&self, id: CommandId) -> Result<(), Trouble> {
        let key = id.to_string();
        let database = schema::open().await?;
        let shelves = [Shelf::Items, Shelf::Contents, Shelf::Media];
        let transaction = writing(&database, shelves)?;
        let items = transaction.object_store(Shelf::Items.name())?;
        let contents = transaction.object_store(Shelf::Contents.name())?;
        let known = head(&items, &key).await?;
        if known.as_ref().is_some_and(Head::is_carried) {
            remove(&items, &contents, &key)?;
        }
        // What has an item of its own here is not carried.
        if known.is_none_or(|head| head.is_carried()) {
            remove_letters_of(&transaction, id).await?;
        }
        contents.delete(note_key(id).as_str()).primitive()?;
        drop((items, contents));
        commit(transaction).await
    }

    /// Keeps a part of a letter until the others come.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn keep_part(&self, number: &str, part: usize, text: &str) -> Result<(), Trouble> {
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Contents])?;
        let contents = transaction.object_store(Shelf::Contents.name())?;
        let key = format!("{}{number}/{part:02}", PARTS.0);
        put_text(&contents, &key, text.to_owned())?;
        drop(contents);
        commit(transaction).await
    }

    /// The parts that wait for others, those of one letter beside each other.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn parts(&self) -> Result<Vec<String>, Trouble> {
        self.texts(PARTS).await
    }

    /// Lets go of the parts of one letter, whichever are here.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn remove_parts(&self, number: &str) -> Result<(), Trouble> {
        let parts = 1..=sync::carry::MOST_PARTS;
        let keys = parts.map(|part| format!("{}{number}/{part:02}", PARTS.0));
        self.remove_contents(&keys.collect::<Vec<_>>()).await
    }

    pub(super) async fn heads(&self) -> Result<Vec<Head>, Trouble> {
        let records = self.item_records().await?.into_iter().flatten();
        Ok(records.filter_map(|it| Head::read(&it).ok()).collect())
    }

    async fn texts(&self, (from, to): (&str, &str)) -> Result<Vec<String>, Trouble> {
        let database = schema::open().await?;
        let transaction = reading(&database, Shelf::Contents)?;
        let contents = transaction.object_store(Shelf::Contents.name())?;
        let found = contents.get_all::<JsValue>();
        let found = found.with_query::<String, _>(from.to_owned()..to.to_owned());
        let found = records(found.primitive()?.await?).into_iter().flatten();
        Ok(found.map(|record| record.head).collect())
    }

    async fn remove_contents(&self, keys: &[String]) -> Result<(), Trouble> {
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Contents])?;
        let contents = transaction.object_store(Shelf::Contents.name())?;
        for key in keys {
            contents.delete(key.as_str()).primitive()?;
        }
        drop(contents);
        commit(transaction).await
    }
}

impl Head {
    pub(super) fn is_carried(&self) -> bool {
        self.space == Some(SpaceId::of(CARRIED))
    }
}

/// Takes a letter out whose answer is there, and notes where the server could not read it.
pub(super) fn settle(
    items: &ObjectStore<'_>,
    contents: &ObjectStore<'_>,
    head: &Head,
    over: LetterState,
) -> Result<(), Trouble> {
    remove(items, contents, &head.id.to_string())?;
    if head.is_carried() && over == LetterState::Closed {
        let note = Note {
            id: head.id,
            not_taken: true,
        };
        put_note(contents, &note)?;
    }
    Ok(())
}

fn note_key(id: CommandId) -> String {
    format!("{}{id}", NOTES.0)
}

async fn note(contents: &ObjectStore<'_>, id: &str) -> Result<Option<Note>, Trouble> {
    let key = format!("{}{id}", NOTES.0);
    let found: Option<JsValue> = contents.get(key.as_str()).primitive()?.await?;
    let record = found.as_ref().map(Record::of_js).transpose()?;
    Ok(record.and_then(|record| serde_json::from_str(&record.head).ok()))
}

fn put_note(contents: &ObjectStore<'_>, note: &Note) -> Result<(), Trouble> {
    let json = serde_json::to_string(note).map_err(|error| Trouble::Failed(error.to_string()))?;
    put_text(contents, &note_key(note.id), json)
}
