//! Sealed copies of what lies in spaces: they go while nobody here can open the readable ones.
//!
//! Of one too, what is known and its bytes are two records. One goes once its words were delivered.
//! It leaves when the server keeps what is in it, and with whatever its person takes away.

use std::collections::HashMap;

use domain::{
    division::CountyCode,
    ids::{AttachmentId, CommandId},
};
use indexed_db_futures::{object_store::ObjectStore, prelude::*, transaction::Transaction};
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use sync::{
    carry::CarriedMedium,
    upload::{Medium, MediumPlace},
};
use wasm_bindgen::JsValue;

use super::{head_key, heads};
use crate::{
    Device, Shelf, SpaceId, Trouble,
    items::{CARRIED, Words, words},
    record::Record,
    schema::{self, commit, reading, reading_both, writing},
    shelf::records,
    vault::Seal,
};

/// The keys of what is known; `0` is the character after `/`.
const LETTERS: (&str, &str) = ("letter/", "letter0");
/// Whose those are that were made for another phone of what is in no space: this phone sends the readable ones.
/// No space is called so.
const GIVEN: &str = "given";

fn letter_key(attachment: AttachmentId) -> String {
    format!("{}{attachment}", LETTERS.0)
}

fn closed_key(attachment: AttachmentId) -> String {
    format!("closed/{attachment}")
}

/// A sealed copy that may go now. Nothing more is known of it here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedMedium {
    /// Which.
    pub attachment: AttachmentId,
    /// The command whose filing names it.
    pub of: CommandId,
    /// How many bytes will be sent.
    pub bytes: u64,
}

/// The photos and recordings of spaces, as far as their sealed copies go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClosedMedia {
    /// Of locked spaces, and of those that were thrown away: what may go, oldest first.
    pub ready: Vec<ClosedMedium>,
    /// Of the same: what waits until its words are there.
    pub waiting: usize,
    /// Of locked spaces: what has no sealed copy and waits until its space is opened.
    pub locked: usize,
    /// Of the open one: what has none, by command.
    pub unsealed: HashMap<CommandId, usize>,
}

/// What is known of a letter.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Letter {
    attachment: AttachmentId,
    of: CommandId,
    bytes: u64,
    space: SpaceId,
    /// The server keeps it; its space learns this by asking, once it is open.
    #[serde(default)]
    kept: bool,
}

impl Device {
    /// Makes the sealed copies that are missing in the open space: of what follows words that go sealed too.
    /// Says how many did not fit; everything else is as it was.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn close_media(&self, county: &CountyCode) -> Result<usize, Trouble> {
        // What an official does goes under their own sign-in.
        if self.open_space().is_none() || self.open_pass().is_some() {
            return Ok(0);
        }
        let mut left_out = 0;
        for medium in self.unsealed().await? {
            match self.close_one(county, &medium).await {
                Err(Trouble::Full) => left_out += 1,
                // One that does not open cannot be closed either.
                Err(Trouble::Damaged) | Ok(()) => {}
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(left_out)
    }

    async fn close_one(&self, county: &CountyCode, medium: &Medium) -> Result<(), Trouble> {
        let seal = self.vault.own();
        let space = seal.space().cloned();
        let Some(plain) = self.bytes_as(&seal, medium.attachment).await? else {
            return Ok(());
        };
        let Some(closed) = self.close_medium(county, medium, &plain).await? else {
            return Ok(());
        };
        let letter = Letter {
            attachment: medium.attachment,
            of: medium.of,
            bytes: closed.len() as u64,
            space: space.clone().unwrap_or_else(|| SpaceId::of(GIVEN)),
            kept: false,
        };
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Media])?;
        let store = transaction.object_store(Shelf::Media.name())?;
        // It may have gone meanwhile, or have been named by another command.
        let known = heads(&store).await?.into_iter();
        let mut known = known.filter(|head| head.space == space);
        if known.any(|head| head.medium == *medium) {
            let head = String::new();
            let sealed = Uint8Array::from(closed.as_slice());
            let bytes = Record { head, sealed };
            let key = closed_key(medium.attachment);
            store.put(bytes.to_js()).with_key(key).primitive()?;
            put(&store, &letter)?;
        }
        drop(store);
        commit(transaction).await
    }

    /// What follows the words of an item, closed for another phone; the same each time, so that several phones may send
    /// it. Says beside how many there was no room to close.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn hand_over_media(
        &self,
        county: &CountyCode,
        of: CommandId,
    ) -> Result<(Vec<CarriedMedium>, usize), Trouble> {
        let media = self.media().await?.into_iter();
        let media = media.filter(|it| it.of == of && it.place == MediumPlace::Here);
        let (mut given, mut left_out) = (Vec::new(), 0);
        for medium in media {
            let attachment = medium.attachment;
            let mut closed = self.closed_bytes(attachment).await?;
            if closed.is_none() && self.open_pass().is_none() {
                match self.close_one(county, &medium).await {
                    Ok(()) | Err(Trouble::Full | Trouble::Damaged) => {}
                    Err(trouble) => return Err(trouble),
                }
                closed = self.closed_bytes(attachment).await?;
            }
            match closed {
                Some(closed) => given.push(CarriedMedium {
                    attachment,
                    of,
                    closed,
                }),
                None => left_out += 1,
            }
        }
        Ok((given, left_out))
    }

    /// Takes a photo or recording along that follows a carried letter. False where it is here already: nothing changes.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn carry_medium(&self, medium: &CarriedMedium) -> Result<bool, Trouble> {
        let attachment = medium.attachment;
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Media])?;
        let store = transaction.object_store(Shelf::Media.name())?;
        let known = letters(&store).await?;
        if is_readable(&store, attachment).await?
            || known.iter().any(|it| it.attachment == attachment)
        {
            return Ok(false);
        }
        let bytes = Record {
            head: String::new(),
            sealed: Uint8Array::from(medium.closed.as_slice()),
        };
        let key = closed_key(attachment);
        store.put(bytes.to_js()).with_key(key).primitive()?;
        let letter = Letter {
            attachment,
            of: medium.of,
            bytes: medium.closed.len() as u64,
            space: SpaceId::of(CARRIED),
            kept: false,
        };
        put(&store, &letter)?;
        drop(store);
        commit(transaction).await?;
        Ok(true)
    }

    /// What is carried here for others and has not gone, by the command it follows.
    pub(crate) async fn carried_media(&self) -> Result<HashMap<CommandId, usize>, Trouble> {
        let database = schema::open().await?;
        let transaction = reading(&database, Shelf::Media)?;
        let store = transaction.object_store(Shelf::Media.name())?;
        let known = letters(&store).await?.into_iter();
        let mut carried = HashMap::new();
        for letter in known.filter(|letter| letter.space == SpaceId::of(CARRIED)) {
            *carried.entry(letter.of).or_default() += 1;
        }
        Ok(carried)
    }

    /// What of the open space is to be sealed and is not.
    async fn unsealed(&self) -> Result<Vec<Medium>, Trouble> {
        let database = schema::open().await?;
        let transaction = reading_both(&database, [Shelf::Media, Shelf::Items])?;
        let Some(all) = All::read(&transaction).await? else {
            return Ok(Vec::new());
        };
        let open = self.open_space();
        let unsealed = all.unsealed().filter(|head| head.space == open);
        Ok(unsealed.map(|head| head.medium.clone()).collect())
    }

    /// How far the sealed copies are.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn closed_media(&self) -> Result<ClosedMedia, Trouble> {
        let all = {
            let database = schema::open().await?;
            let transaction = reading_both(&database, [Shelf::Media, Shelf::Items])?;
            All::read(&transaction).await?
        };
        let mut closed = ClosedMedia::default();
        let Some(all) = all else { return Ok(closed) };
        let open = self.open_space();
        for head in all.unsealed().filter(|head| head.space.is_some()) {
            match head.space == open {
                true => *closed.unsealed.entry(head.medium.of).or_default() += 1,
                false => closed.locked += 1,
            }
        }
        for letter in all.letters.iter().filter(|letter| !letter.kept) {
            // The readable one is sent.
            if Some(&letter.space) == open.as_ref() || letter.space == SpaceId::of(GIVEN) {
                continue;
            }
            match all.words.get(&letter.of) {
                // Words that were delivered for a space that was thrown away leave nothing behind.
                None | Some(Words::There) => closed.ready.push(ClosedMedium {
                    attachment: letter.attachment,
                    of: letter.of,
                    bytes: letter.bytes,
                }),
                Some(Words::Go) => closed.waiting += 1,
                Some(Words::Stay) => {}
            }
        }
        // Ids carry the time they were made.
        closed.ready.sort_by_key(|medium| medium.attachment);
        Ok(closed)
    }

    /// One as it is sent; none where it is no longer here.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn closed_bytes(&self, attachment: AttachmentId) -> Result<Option<Vec<u8>>, Trouble> {
        let database = schema::open().await?;
        let transaction = reading(&database, Shelf::Media)?;
        let store = transaction.object_store(Shelf::Media.name())?;
        let key = closed_key(attachment);
        let found: Option<JsValue> = store.get(key.as_str()).primitive()?.await?;
        let record = found.as_ref().map(Record::of_js).transpose()?;
        Ok(record.map(|record| record.sealed.to_vec()))
    }

    /// Takes a sealed copy away that has come to an end. That the server keeps it is remembered while
    /// the readable one is here.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn place_closed(
        &self,
        attachment: AttachmentId,
        place: MediumPlace,
    ) -> Result<(), Trouble> {
        let database = schema::open().await?;
        let transaction = writing(&database, [Shelf::Media])?;
        let store = transaction.object_store(Shelf::Media.name())?;
        let is_readable = is_readable(&store, attachment).await?;
        let known = letters(&store).await?.into_iter();
        let letter = known.into_iter().find(|it| it.attachment == attachment);
        remove(&store, attachment)?;
        if let Some(letter) = letter
            && is_readable
            && place == MediumPlace::Received
        {
            let kept = true;
            put(&store, &Letter { kept, ..letter })?;
        }
        drop(store);
        commit(transaction).await
    }
}

/// Everything that is known without opening anything.
struct All {
    media: Vec<super::Head>,
    letters: Vec<Letter>,
    words: HashMap<CommandId, Words>,
}

impl All {
    /// Nothing where there is neither a photo nor a letter of one, as on most phones.
    async fn read(transaction: &Transaction<'_>) -> Result<Option<Self>, Trouble> {
        let store = transaction.object_store(Shelf::Media.name())?;
        let (media, letters) = (heads(&store).await?, letters(&store).await?);
        if media.is_empty() && letters.is_empty() {
            return Ok(None);
        }
        let items = transaction.object_store(Shelf::Items.name())?;
        let words = words(&items).await?;
        Ok(Some(Self {
            media,
            letters,
            words,
        }))
    }

    /// What could go sealed, with words that do, and has no letter.
    fn unsealed(&self) -> impl Iterator<Item = &super::Head> {
        let here = self.media.iter();
        let here = here.filter(|head| head.medium.place == MediumPlace::Here);
        here.filter(|head| {
            let words = self.words.get(&head.medium.of);
            let id = head.medium.attachment;
            words.is_some_and(|words| *words != Words::Stay)
                && !self.letters.iter().any(|it| it.attachment == id)
        })
    }
}

/// Of one that was everybody's, and is in a space from now on.
pub(super) async fn take_over(
    store: &ObjectStore<'_>,
    attachment: AttachmentId,
    seal: &Seal,
) -> Result<(), Trouble> {
    let known = letters(store).await?.into_iter();
    let letter = known.into_iter().find(|it| it.attachment == attachment);
    if let (Some(letter), Some(space)) = (letter, seal.space().cloned()) {
        put(store, &Letter { space, ..letter })?;
    }
    Ok(())
}

/// Takes the letters of a space away that will never go. To be asked before its items are taken away.
pub(super) async fn throw_away(
    transaction: &Transaction<'_>,
    store: &ObjectStore<'_>,
    space: &SpaceId,
) -> Result<(), Trouble> {
    let items = transaction.object_store(Shelf::Items.name())?;
    let words = words(&items).await?;
    let of_space = letters(store).await?.into_iter();
    for letter in of_space.filter(|letter| letter.space == *space) {
        let goes = matches!(words.get(&letter.of), Some(Words::Go | Words::There));
        if letter.kept || !goes {
            remove(store, letter.attachment)?;
        }
    }
    Ok(())
}

/// Takes away what was to follow one command.
pub(crate) async fn remove_letters_of(
    transaction: &Transaction<'_>,
    of: CommandId,
) -> Result<(), Trouble> {
    let store = transaction.object_store(Shelf::Media.name())?;
    let letters = letters(&store).await?.into_iter();
    for letter in letters.filter(|letter| letter.of == of) {
        remove(&store, letter.attachment)?;
    }
    Ok(())
}

/// Whether one is here as it was taken.
async fn is_readable(store: &ObjectStore<'_>, attachment: AttachmentId) -> Result<bool, Trouble> {
    let key = head_key(attachment);
    let head: Option<JsValue> = store.get(key.as_str()).primitive()?.await?;
    Ok(head.is_some())
}

async fn letters(store: &ObjectStore<'_>) -> Result<Vec<Letter>, Trouble> {
    let range = LETTERS.0.to_owned()..LETTERS.1.to_owned();
    let found = store.get_all::<JsValue>().with_query::<String, _>(range);
    let found = records(found.primitive()?.await?).into_iter().flatten();
    let letters = found.filter_map(|record| serde_json::from_str(&record.head).ok());
    Ok(letters.collect())
}

fn put(store: &ObjectStore<'_>, letter: &Letter) -> Result<(), Trouble> {
    let head = serde_json::to_string(letter).map_err(|error| Trouble::Failed(error.to_string()))?;
    let sealed = Uint8Array::new_with_length(0);
    let record = Record { head, sealed };
    let key = letter_key(letter.attachment);
    store.put(record.to_js()).with_key(key).primitive()?;
    Ok(())
}

pub(super) fn remove(store: &ObjectStore<'_>, attachment: AttachmentId) -> Result<(), Trouble> {
    store.delete(letter_key(attachment).as_str()).primitive()?;
    store.delete(closed_key(attachment).as_str()).primitive()?;
    Ok(())
}
