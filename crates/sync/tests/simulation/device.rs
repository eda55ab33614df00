//! What a phone stores and who may read it, by the rules of `crates/device`: each item under the key of its
//! space, its letter beside it, and a head that every tab can read.

use std::{collections::BTreeMap, rc::Rc};

use chrono::DateTime;
use domain::ids::CommandId;
use sync::{
    letter::{Letter, hidden_name},
    outbox::{Item, Standing},
};

use crate::{bug::Bug, closed, server::Content};

/// Names a space.
pub type Space = u32;

/// Whose a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Everybody,
    Space(Space),
    /// Somebody's of another phone.
    Carried,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterState {
    Waits,
    Delivered,
    /// The server did not take it.
    Closed,
}

/// In the order in which one follows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    Kept,
    Tried,
    NeedsYou,
    Received,
}

impl Phase {
    fn of(standing: &Standing) -> Self {
        match standing {
            Standing::Kept => Self::Kept,
            Standing::Tried | Standing::Delivered => Self::Tried,
            Standing::NeedsYou { .. } => Self::NeedsYou,
            Standing::Received { .. } => Self::Received,
        }
    }

    fn follows(self, before: Self) -> bool {
        self >= before || (self, before) == (Self::Tried, Self::NeedsYou)
    }
}

#[derive(Clone, Debug)]
pub struct Record {
    pub id: CommandId,
    number: u64,
    pub phase: Phase,
    pub whose: Whose,
    /// In a space a name that says nothing.
    about: Option<String>,
    pub letter: Option<LetterState>,
    /// Under the key of its space: nothing of what is carried, or was thrown away.
    pub sealed: Option<(Item, Content)>,
    /// The code of what it is about lies on the phone.
    code: bool,
    pub closed: Option<Rc<Letter>>,
}

/// What a tab finds.
#[derive(Default)]
pub struct Kept {
    pub items: Vec<Item>,
    pub others: Vec<Item>,
    pub letters: Vec<Item>,
}

pub struct Device {
    pub records: BTreeMap<CommandId, Record>,
    pub spaces: Vec<Space>,
    /// Whether the server's key for letters has come.
    pub knows_key: bool,
    counted: u64,
    bug: Option<Bug>,
}

impl Device {
    pub fn new(bug: Option<Bug>) -> Self {
        Self {
            records: BTreeMap::new(),
            spaces: Vec::new(),
            knows_key: true,
            counted: 0,
            bug,
        }
    }

    pub fn record(&self, id: CommandId) -> Option<&Record> {
        self.records.get(&id)
    }

    fn record_mut(&mut self, id: CommandId) -> Option<&mut Record> {
        self.records.get_mut(&id)
    }

    pub fn count(&mut self) -> u64 {
        self.counted += 1;
        self.counted
    }

    /// What is made now is that of the open space. False where this was thrown away meanwhile.
    pub fn keep(&mut self, item: &Item, content: Content, code: bool, open: Option<Space>) -> bool {
        if !self.is_there(open) {
            return false;
        }
        let whose = open.map_or(Whose::Everybody, Whose::Space);
        let mut record = Record {
            id: item.id,
            number: item.number,
            phase: Phase::of(&item.standing),
            whose,
            about: None,
            letter: None,
            sealed: Some((item.clone(), content)),
            code,
            closed: None,
        };
        self.move_to(&mut record, whose, code);
        self.records.insert(item.id, record);
        true
    }

    fn is_there(&self, open: Option<Space>) -> bool {
        open.is_none_or(|open| self.spaces.contains(&open))
    }

    /// Into a space, with a letter beside it where it waits and where it can have one.
    fn move_to(&self, record: &mut Record, whose: Whose, code: bool) {
        record.whose = whose;
        let (Whose::Space(space), Some((item, content))) = (whose, &record.sealed) else {
            return;
        };
        let about = item.about.as_deref();
        record.about = about.map(|about| hidden_name(&space.to_string(), about));
        if item.standing.is_waiting() && (about.is_none() || code) && self.knows_key {
            record.closed = Some(Rc::new(closed::close(item.id, content, code)));
            record.letter = Some(LetterState::Waits);
        }
    }

    pub fn items(&self, open: Option<Space>) -> Kept {
        let forgets = self.bug == Some(Bug::TriedForgotten);
        let mut kept = Kept::default();
        for record in self.records.values() {
            if forgets && record.phase == Phase::Tried {
                continue;
            }
            match (record.whose, &record.sealed) {
                (Whose::Everybody, Some((item, _))) if open.is_some() => {
                    if item.standing.is_waiting() && item.about.is_none() {
                        kept.others.push(record.opened(item));
                    }
                }
                (Whose::Everybody, Some((item, _))) => kept.items.push(record.opened(item)),
                (Whose::Space(space), Some((item, _))) if open == Some(space) => {
                    kept.items.push(record.opened(item));
                }
                _ => kept.letters.extend(record.as_letter()),
            }
        }
        kept
    }

    /// What an item says. The outer error: its space is locked.
    pub fn content(&self, id: CommandId, open: Option<Space>) -> Result<Option<&Content>, ()> {
        match self.record(id) {
            Some(record) if !record.opens_to(open) => Err(()),
            Some(record) => Ok(record.sealed.as_ref().map(|(_, content)| content)),
            None => Ok(None),
        }
    }

    /// Stores how far an item is, where its space is open, and no other tab knows more.
    pub fn store(&mut self, item: &Item, open: Option<Space>) -> bool {
        let (phase, bug) = (Phase::of(&item.standing), self.bug);
        let is_there = self.is_there(open);
        let Some(record) = self.record_mut(item.id) else {
            return false;
        };
        let writes = record.whose == Whose::Everybody || is_there;
        if !record.opens_to(open) || !writes || !phase.follows(record.phase) {
            return false;
        }
        if bug == Some(Bug::ReceiptInOpenSpace) {
            record.whose = open.map_or(Whose::Everybody, Whose::Space);
        }
        record.phase = phase;
        if !item.standing.is_waiting() {
            record.closed = None;
            record.letter = None;
        }
        if let Some((sealed, _)) = &mut record.sealed {
            *sealed = item.clone();
        }
        true
    }

    /// Stores how far a letter is. One that nobody here could open leaves with its answer.
    pub fn store_letter(&mut self, item: &Item) {
        let over = match &item.standing {
            Standing::Kept | Standing::Received { .. } => return,
            Standing::Tried => None,
            Standing::Delivered => Some(LetterState::Delivered),
            Standing::NeedsYou { .. } => Some(LetterState::Closed),
        };
        let taken = self.bug == Some(Bug::DeliveredTakenForReceived);
        let spaces = self.spaces.clone();
        let Some(record) = self.record_mut(item.id) else {
            return;
        };
        let has_person = matches!(record.whose, Whose::Space(space) if spaces.contains(&space));
        if over.is_some() && (!has_person || taken) {
            return self.remove(item.id);
        }
        record.phase = record.phase.max(Phase::Tried);
        record.letter = over.or(record.letter);
    }

    pub fn remove(&mut self, id: CommandId) {
        self.records.remove(&id);
    }

    /// Moves what was everybody's into a space.
    pub fn take_over(&mut self, space: Space) {
        let mut records = std::mem::take(&mut self.records);
        for record in records.values_mut() {
            if record.whose == Whose::Everybody {
                // No code is at hand there.
                self.move_to(record, Whose::Space(space), false);
            }
        }
        self.records = records;
    }

    /// Letters that wait stay, and go.
    pub fn throw_away(&mut self, space: Space) {
        self.spaces.retain(|known| *known != space);
        let all = self.bug == Some(Bug::LettersThrownAway);
        self.records
            .retain(|_, it| it.whose != Whose::Space(space) || (it.letter_waits() && !all));
        for record in self.records.values_mut() {
            if record.whose == Whose::Space(space) {
                record.sealed = None;
            }
        }
    }

    /// The letter of an item, for another phone: from then on it may be at the server.
    pub fn hand_over(&mut self, id: CommandId, open: Option<Space>) -> Option<Rc<Letter>> {
        let still_kept = self.bug == Some(Bug::HandedOverStillKept);
        let knows_key = self.knows_key;
        let record = self.record_mut(id)?;
        if !record.opens_to(open) || record.phase > Phase::Tried {
            return None;
        }
        let (item, content) = record.sealed.as_ref()?;
        if record.closed.is_none() {
            if !knows_key || (item.about.is_some() && !record.code) {
                return None;
            }
            record.closed = Some(Rc::new(closed::close(id, content, record.code)));
        }
        if !still_kept {
            record.phase = Phase::Tried;
        }
        record.closed.clone()
    }

    /// Takes a letter along, where it is not here already.
    pub fn carry(&mut self, letter: Letter) {
        if self.record(letter.letter).is_some() {
            return;
        }
        let number = self.count();
        let record = Record {
            id: letter.letter,
            number,
            phase: Phase::Kept,
            whose: Whose::Carried,
            about: None,
            letter: Some(LetterState::Waits),
            sealed: None,
            code: false,
            closed: Some(Rc::new(letter)),
        };
        self.records.insert(record.id, record);
    }
}

impl Record {
    fn opens_to(&self, open: Option<Space>) -> bool {
        match self.whose {
            Whose::Everybody => true,
            Whose::Space(space) => open == Some(space),
            Whose::Carried => false,
        }
    }

    pub fn letter_waits(&self) -> bool {
        self.phase <= Phase::Tried && self.letter == Some(LetterState::Waits)
    }

    /// Its letter may have left while its space was locked.
    fn opened(&self, item: &Item) -> Item {
        let mut item = item.clone();
        if self.phase == Phase::Tried && item.standing == Standing::Kept {
            item.standing = Standing::Tried;
        }
        item
    }

    /// Nothing is known of it but its order.
    fn as_letter(&self) -> Option<Item> {
        self.letter_waits().then(|| Item {
            id: self.id,
            number: self.number,
            about: self.about.clone(),
            replaces: None,
            kept_at: DateTime::UNIX_EPOCH,
            bytes: self.closed.as_ref().map_or(0, |it| it.closed.len()),
            standing: match self.phase {
                Phase::Kept => Standing::Kept,
                _ => Standing::Tried,
            },
        })
    }
}
