//! Items of spaces: what goes while nobody can read it here, and what becomes of it.

use indexed_db_futures::{prelude::*, transaction::Transaction};
use js_sys::Uint8Array;
use sync::outbox::{Item, Reason, Standing};
use wasm_bindgen::JsValue;

use super::{
    carry,
    head::{Head, LetterState, Phase, head},
    put, put_content, put_letter, remove, sealed_item,
};
use crate::{
    Device, Shelf, SpaceId, Trouble,
    media::remove_letters_of,
    record::Record,
    schema::{self, commit, writing},
    shelf::records,
};

impl Device {
    /// Stores how far the letter of an item is, whose space is locked. False when the item is no longer there.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn store_letter(&self, item: &Item) -> Result<bool, Trouble> {
        let key = item.id.to_string();
        let database = schema::open().await?;
        let shelves = [Shelf::Items, Shelf::Contents, Shelf::Media, Shelf::Keys];
        let transaction = writing(&database, shelves)?;
        let items = transaction.object_store(Shelf::Items.name())?;
        let contents = transaction.object_store(Shelf::Contents.name())?;
        let keys = transaction.object_store(Shelf::Keys.name())?;
        let found: Option<JsValue> = items.get(key.as_str()).primitive()?.await?;
        let Some(found) = found else { return Ok(false) };
        let record = Record::of_js(&found)?;
        let mut head = Head::read(&record)?;
        let space = head
            .space
            .as_ref()
            .map(SpaceId::record_key)
            .unwrap_or_default();
        let space: Option<JsValue> = keys.get(space.as_str()).primitive()?.await?;
        let over = match &item.standing {
            Standing::Kept | Standing::Received { .. } => return Ok(false),
            // A server that fails has not judged it: it waits.
            Standing::Tried
            | Standing::NeedsYou {
                reason: Reason::Trouble { .. },
            } => None,
            Standing::Delivered => Some(LetterState::Delivered),
            Standing::NeedsYou { .. } => Some(LetterState::Closed),
        };
        match (over, space) {
            // Thrown away, or carried for another: there is nobody here who could open what is inside.
            (Some(over), None) => {
                carry::settle(&items, &contents, &head, over)?;
                if over == LetterState::Closed {
                    // Nothing follows what could not be read.
                    remove_letters_of(&transaction, item.id).await?;
                }
            }
            (over, _) => {
                head.phase = head.phase.max(Phase::Tried);
                head.letter = over.or(head.letter);
                put(&items, &head, record.sealed)?;
            }
        }
        drop((items, contents, keys));
        commit(transaction).await?;
        Ok(true)
    }

    /// Moves what was everybody's into the open space. False where another tab changed one meanwhile.
    pub(crate) async fn take_over_items(&self) -> Result<bool, Trouble> {
        let mut whole = true;
        for record in self.item_records().await?.into_iter().flatten() {
            let is_everybodys = Head::read(&record).is_ok_and(|head| head.space.is_none());
            if is_everybodys && let Ok(item) = self.opened(&record).await {
                whole &= self.take_over_item(&item).await?;
            }
        }
        Ok(whole)
    }

    async fn take_over_item(&self, item: &Item) -> Result<bool, Trouble> {
        let content = match self.content(item.id).await {
            Err(Trouble::Damaged) => None,
            content => content?,
        };
        let key = item.id.to_string();
        let seal = self.vault.own();
        let sealed = sealed_item(&seal, item).await?;
        let place = Shelf::Contents.place(&key);
        let content = match content {
            Some(content) => {
                let letter = match item.standing.is_waiting() {
                    true => self.letter_for(&seal, item, &content, None).await,
                    false => None,
                };
                Some((seal.seal(&place, content.as_bytes()).await?, letter))
            }
            None => None,
        };
        let database = schema::open().await?;
        let shelves = [Shelf::Items, Shelf::Contents, Shelf::Keys];
        let transaction = writing(&database, shelves)?;
        let items = transaction.object_store(Shelf::Items.name())?;
        let known = head(&items, &key).await?;
        let same = |known: &Head| known.space.is_none() && known.phase == Phase::of(&item.standing);
        if !known.as_ref().is_some_and(same) {
            return Ok(false);
        }
        seal.lie_beside(&self.vault, &transaction).await?;
        let contents = transaction.object_store(Shelf::Contents.name())?;
        let handed_over = known.is_some_and(|known| known.handed_over);
        let mut letter = None;
        if let Some((content, closed)) = content {
            put_content(&contents, &key, &seal, content)?;
            letter = closed;
        }
        let head = Head {
            handed_over,
            ..Head::new(item, &seal, letter.as_deref())
        };
        put(&items, &head, sealed)?;
        if let Some(letter) = letter {
            put_letter(&contents, &key, letter)?;
        }
        drop((items, contents));
        commit(transaction).await?;
        Ok(true)
    }
}

/// Takes everything of a space out of the outbox but letters that wait: those go.
pub(crate) async fn throw_away(
    transaction: &Transaction<'_>,
    space: &SpaceId,
) -> Result<(), Trouble> {
    let items = transaction.object_store(Shelf::Items.name())?;
    let contents = transaction.object_store(Shelf::Contents.name())?;
    let found = records(items.get_all::<JsValue>().primitive()?.await?);
    let heads = found.into_iter().flatten();
    let heads = heads.filter_map(|record| Head::read(&record).ok());
    for head in heads.filter(|head| head.space.as_ref() == Some(space)) {
        let key = head.id.to_string();
        if head.phase > Phase::Tried || head.letter != Some(LetterState::Waits) {
            remove(&items, &contents, &key)?;
            continue;
        }
        contents.delete(key.as_str()).primitive()?;
        put(&items, &head, Uint8Array::new_with_length(0))?;
    }
    Ok(())
}
