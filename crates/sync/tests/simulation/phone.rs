//! A phone: what it stores, its tabs, and the driver that does what the outbox says.

use std::{collections::BTreeMap, time::Duration};

use chrono::DateTime;
use domain::{
    ids::{CaseId, CommandId},
    receipt::Receipt,
};
use sync::{
    Answer,
    outbox::{Activity, Item, Outbox, Outcome, Standing, Step},
};

use crate::{
    bug::Bug,
    chance::Chance,
    server::{Content, Message},
};

/// What the person has been told of an item, and will not forget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Saved,
    Received(Receipt),
    NeedsYou,
    /// Taken back before it left, or after the server had sent it back.
    Discarded {
        sent_back: bool,
    },
}

pub struct Phone {
    /// What survives everything but the person's own wish.
    pub stored: Vec<(Item, Content)>,
    pub tabs: Vec<Tab>,
    pub told: BTreeMap<CommandId, Told>,
    /// The first content an id was given.
    pub meant: BTreeMap<CommandId, Content>,
    /// Items made so far.
    made: u64,
    bug: Option<Bug>,
}

pub struct Tab {
    pub outbox: Outbox,
    /// The run's time when it was opened: its own clock begins there.
    opened: Duration,
    /// Requests of an earlier tab find nobody.
    pub name: u32,
    /// When it last read what the device stores.
    read: Duration,
    /// When it has something to do next, in the run's time.
    pub wakes: Option<Duration>,
}

/// What another tab stored before it was killed is found within this.
const READ_AGAIN: Duration = Duration::from_secs(15);

impl Tab {
    pub fn now(&self, now: Duration) -> Duration {
        now.saturating_sub(self.opened)
    }
}

/// A request that leaves a tab.
pub struct Request {
    pub tab: u32,
    /// Its number in the tab.
    pub number: u64,
    pub messages: Vec<Message>,
    pub patience: Duration,
}

impl Phone {
    pub fn new(bug: Option<Bug>) -> Self {
        Self {
            stored: Vec::new(),
            tabs: Vec::new(),
            told: BTreeMap::new(),
            meant: BTreeMap::new(),
            made: 0,
            bug,
        }
    }

    pub fn open_tab(&mut self, name: u32, now: Duration) {
        self.tabs.push(Tab {
            outbox: Outbox::restore(self.read_store().collect()),
            opened: now,
            name,
            read: now,
            wakes: None,
        });
    }

    /// One is enough: a server with many such faults is not what is looked for here.
    pub fn has_poison(&self) -> bool {
        let mut contents = self.stored.iter().map(|(_, content)| content);
        contents.any(|content| matches!(content, Content::Poison(_)))
    }

    fn read_store(&self) -> impl Iterator<Item = Item> {
        let forgets = self.bug == Some(Bug::TriedForgotten);
        let items = self.stored.iter().map(|(item, _)| item.clone());
        items.filter(move |item| !(forgets && item.standing == Standing::Tried))
    }

    /// The person taps "send". `dies` is whether the tab ends before the device has stored it.
    pub fn compose(
        &mut self,
        tab: usize,
        id: CommandId,
        content: Content,
        dies: bool,
        now: Duration,
    ) {
        self.put(tab, None, id, content, dies, now);
    }

    fn put(
        &mut self,
        tab: usize,
        replaces: Option<CommandId>,
        id: CommandId,
        content: Content,
        dies: bool,
        now: Duration,
    ) {
        let about = match content {
            Content::Note { case, .. } => Some(format!("case {case}")),
            _ => None,
        };
        self.made += 1;
        let item = Item {
            id,
            number: self.made,
            about,
            replaces,
            kept_at: DateTime::UNIX_EPOCH,
            bytes: 400,
            standing: Standing::Kept,
        };
        self.meant.entry(id).or_insert_with(|| content.clone());
        if dies {
            if self.bug == Some(Bug::SavedTooSoon) {
                self.told.insert(id, Told::Saved);
            }
            self.tabs.remove(tab);
            return;
        }
        self.stored.retain(|(stored, _)| stored.id != id);
        self.stored.push((item.clone(), content));
        self.told.insert(id, Told::Saved);
        let tab = &mut self.tabs[tab];
        let now = tab.now(now);
        tab.outbox.add(item, now);
    }

    /// Does what the tab's outbox says.
    pub fn pump(&mut self, tab: usize, now: Duration, chance: &mut Chance) -> Option<Request> {
        if now >= self.tabs[tab].read + READ_AGAIN && self.bug != Some(Bug::StoreNotReadAgain) {
            let items: Vec<Item> = self.read_store().collect();
            let tab = &mut self.tabs[tab];
            tab.read = now;
            for item in items {
                let own = tab.now(now);
                tab.outbox.add(item, own);
            }
        }
        let tab = &mut self.tabs[tab];
        if self.bug == Some(Bug::BlockedByRefusal)
            && tab
                .outbox
                .items()
                .any(|(item, _)| matches!(item.standing, Standing::NeedsYou { .. }))
        {
            return None;
        }
        let batch = match tab.outbox.next(tab.now(now)) {
            Step::Send(batch) => batch,
            Step::Wait(until) => {
                tab.wakes = Some(tab.opened + until);
                return None;
            }
            Step::Rest => {
                tab.wakes = None;
                return None;
            }
        };
        let mut ids = batch.ids;
        for id in ids.clone() {
            let stored = self.stored.iter_mut().find(|(item, _)| item.id == id);
            match stored {
                Some((item, _)) if item.standing == Standing::Kept => {
                    if self.bug != Some(Bug::TriedNotStored) {
                        item.standing = Standing::Tried;
                    }
                }
                // Another tab has its answer; it is sent all the same and answered the same.
                Some(_) => {}
                None => {
                    tab.outbox.forget(id);
                    ids.retain(|sent| *sent != id);
                }
            }
        }
        if ids.is_empty() {
            return None;
        }
        let messages = ids.iter().filter_map(|id| {
            let (_, content) = self.stored.iter().find(|(item, _)| item.id == *id)?;
            let fresh = self.bug == Some(Bug::FreshIdOnRetry);
            Some(Message {
                id: if fresh { CommandId(chance.uuid()) } else { *id },
                content: content.clone(),
            })
        });
        Some(Request {
            tab: tab.name,
            number: batch.request,
            messages: messages.collect(),
            patience: batch.patience,
        })
    }

    /// An answer comes to a tab that is still open. `dies` is whether it ends before the answer is
    /// stored.
    pub fn hear(
        &mut self,
        tab: u32,
        request: u64,
        outcome: Heard,
        dies: bool,
        now: Duration,
        chance: &mut Chance,
    ) {
        let Some(index) = self.tabs.iter().position(|known| known.name == tab) else {
            return;
        };
        if self.bug == Some(Bug::NeverAgain) && outcome == Heard::Outcome(Outcome::Nothing) {
            return;
        }
        let tab = &mut self.tabs[index];
        let own = tab.now(now);
        let outcome = match outcome {
            Heard::Outcome(outcome) => outcome,
            // What a portal answers is no answer of ours.
            Heard::Portal if self.bug != Some(Bug::PortalTakenForReceipt) => Outcome::Nothing,
            Heard::Portal => Outcome::Answers(portal_receipts(&tab.outbox, chance)),
        };
        if self.bug == Some(Bug::DroppedOnFailure) && matches!(outcome, Outcome::Failed { .. }) {
            let sending: Vec<CommandId> = sending(&tab.outbox).collect();
            self.stored.retain(|(item, _)| !sending.contains(&item.id));
        }
        let changed = tab.outbox.answered(request, outcome, own, chance);
        for item in changed {
            let position = self
                .stored
                .iter()
                .position(|(known, _)| known.id == item.id);
            let Some(position) = position else {
                // Another tab discarded it meanwhile.
                self.tabs[index].outbox.forget(item.id);
                continue;
            };
            if dies && self.bug != Some(Bug::ReceiptNotStored) {
                continue;
            }
            self.tell(&item);
            if dies {
                continue;
            }
            self.stored[position].0 = item.clone();
            if chance.percent(70) {
                for other in &mut self.tabs {
                    other.outbox.learn(item.id, item.standing.clone());
                }
            }
        }
        if dies {
            self.tabs.remove(index);
        }
    }

    fn tell(&mut self, item: &Item) {
        match &item.standing {
            Standing::Received { receipt } => {
                self.told.insert(item.id, Told::Received(receipt.clone()));
            }
            Standing::NeedsYou { .. } => {
                self.told.insert(item.id, Told::NeedsYou);
            }
            // Letters are sent by devices with spaces, which the model has not.
            Standing::Kept | Standing::Tried | Standing::Delivered => {}
        }
    }

    /// The person takes an item back, or makes another of one that was sent back.
    pub fn decide(
        &mut self,
        tab: usize,
        fresh: CommandId,
        edit: bool,
        now: Duration,
        chance: &mut Chance,
    ) {
        let tab_index = tab;
        let tab = &mut self.tabs[tab];
        let items: Vec<CommandId> = tab
            .outbox
            .items()
            .filter(|(item, _)| matches!(item.standing, Standing::Kept | Standing::NeedsYou { .. }))
            .map(|(item, _)| item.id)
            .collect();
        if items.is_empty() {
            return;
        }
        let id = items[chance.below(items.len())];
        // What the device stores is asked in the same transaction: another tab may have sent it.
        let stored = self.stored.iter().find(|(item, _)| item.id == id);
        let Some((stored, content)) = stored.cloned() else {
            tab.outbox.forget(id);
            return;
        };
        if self.bug != Some(Bug::DiscardedFromMemory) {
            if stored.standing == Standing::Tried {
                return;
            }
            tab.outbox.learn(id, stored.standing.clone());
        }
        let Ok(taken) = tab.outbox.discard(id) else {
            return;
        };
        let sent_back = matches!(taken.standing, Standing::NeedsYou { .. });
        self.stored.retain(|(item, _)| item.id != id);
        self.told.insert(id, Told::Discarded { sent_back });
        if edit && sent_back {
            let new = match content {
                Content::Refused(text) | Content::Poison(text) => Content::Register(text),
                other => other,
            };
            let keeps = self.bug == Some(Bug::EditedUnderOldId);
            let id_of_new = if keeps { id } else { fresh };
            self.put(tab_index, Some(id), id_of_new, new, false, now);
        }
    }
}

/// What comes back from a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    Outcome(Outcome),
    /// A captive portal's page, with status 200.
    Portal,
}

fn sending(outbox: &Outbox) -> impl Iterator<Item = CommandId> {
    outbox
        .items()
        .filter(|(_, activity)| *activity == Activity::Sending)
        .map(|(item, _)| item.id)
}

fn portal_receipts(outbox: &Outbox, chance: &mut Chance) -> Vec<(CommandId, Answer)> {
    let receipt = |case| Answer::Received {
        receipt: Receipt::Case { case },
    };
    sending(outbox)
        .map(|id| (id, receipt(CaseId(chance.uuid()))))
        .collect()
}
