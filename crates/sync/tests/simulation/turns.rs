//! Whose turn it is at a phone of several people: spaces that are made, opened, locked and thrown away.

use std::{rc::Rc, time::Duration};

use domain::ids::CommandId;
use sync::letter::Letter;

use crate::{
    bug::Bug,
    device::{Space, Whose},
    phone::{Phone, Told},
};

impl Phone {
    /// Somebody looks at a tab, or turns away from it. What was locked meanwhile is locked first.
    pub fn look(&mut self, tab: usize, visible: bool, now: Duration) {
        if visible {
            self.look_here(tab, now);
        }
        let tab = &mut self.tabs[tab];
        let own = tab.now(now);
        tab.outbox.set_visible(visible, own);
    }

    /// Somebody does something in a tab.
    pub fn look_here(&mut self, tab: usize, now: Duration) {
        if self.tabs[tab].turn_is_over {
            self.turned(tab, None, now);
        }
    }

    /// Makes a space, opens it and moves into it what was everybody's.
    pub fn make_space(&mut self, tab: usize, space: Space, now: Duration) {
        self.device.spaces.push(space);
        self.device.take_over(space);
        for (owner, since) in self.owners.values_mut() {
            if *owner == Whose::Everybody {
                (*owner, *since) = (Whose::Space(space), now);
            }
        }
        self.turned(tab, Some(space), now);
    }

    /// The right PIN was given.
    pub fn open_space(&mut self, tab: usize, space: Space, now: Duration) {
        self.turned(tab, Some(space), now);
    }

    /// Locks what is open in this tab at once, and in every other when it is looked at next.
    pub fn lock(&mut self, tab: usize, now: Duration) {
        for other in &mut self.tabs {
            other.turn_is_over = other.open.is_some();
        }
        self.turned(tab, None, now);
    }

    /// Throws a space away. Its person was told that what waits as a letter goes, and that nothing else stays.
    pub fn throw_away(&mut self, tab: usize, space: Space, now: Duration) {
        let records = self.device.records.values();
        for record in records.filter(|record| record.whose == Whose::Space(space)) {
            match record.letter_waits() {
                true => self.told.insert(record.id, Told::LetterLeft),
                false => self.told.remove(&record.id),
            };
        }
        self.device.throw_away(space);
        match self.tabs[tab].open == Some(space) {
            true => self.lock(tab, now),
            false => self.read(tab, now),
        }
    }

    /// Another's turn: the outbox is that of the space that was opened or locked.
    fn turned(&mut self, tab: usize, open: Option<Space>, now: Duration) {
        let locks = self.tabs[tab].open.is_some() && open.is_none();
        self.shows_more = true;
        self.tabs[tab].open = open;
        self.tabs[tab].turn_is_over = false;
        if !(locks && self.bug == Some(Bug::LockedStillShown)) {
            self.read(tab, now);
        }
    }

    /// The letter of an item on the tab's screen, for another phone.
    pub fn hand_over(&mut self, tab: usize, id: CommandId, now: Duration) -> Option<Rc<Letter>> {
        let letter = self.device.hand_over(id, self.tabs[tab].open);
        self.read(tab, now);
        letter
    }
}
