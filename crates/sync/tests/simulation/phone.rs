//! A phone: what it stores, its tabs, and the driver that does what the outbox says.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use chrono::DateTime;
use domain::{
    ids::{CaseId, CommandId},
    receipt::Receipt,
};
use sync::{
    Answer,
    outbox::{Activity, Batch, Item, Outbox, Outcome, Standing, Step},
};

use crate::{
    bug::Bug,
    chance::Chance,
    closed,
    device::{Device, Phase, Space, Whose},
    server::{Content, Message, Posted},
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
    /// Its space was thrown away, and the letter goes.
    LetterLeft,
}

pub struct Phone {
    /// What survives everything but the person's own wish.
    pub device: Device,
    pub tabs: Vec<Tab>,
    /// Whose each item is, and since when where that was everybody's before.
    pub owners: BTreeMap<CommandId, (Whose, Duration)>,
    /// Since the truths were looked at last, something may have come on a screen.
    pub shows_more: bool,
    /// Said to somebody whose it is not.
    pub betrayed: Option<String>,
    pub told: BTreeMap<CommandId, Told>,
    /// The first content an id was given.
    pub meant: BTreeMap<CommandId, Content>,
    pub(crate) bug: Option<Bug>,
}

pub struct Tab {
    pub outbox: Outbox,
    /// The space that is open in it.
    pub open: Option<Space>,
    /// It was locked from another tab: when somebody looks at it next, it is.
    pub turn_is_over: bool,
    /// Items of locked spaces: they go as letters.
    letters: BTreeSet<CommandId>,
    /// Everybody's, while a space is open: they go, and are not the space's to see.
    others: BTreeSet<CommandId>,
    /// The run's time when it was opened: its own clock begins there.
    opened: Duration,
    /// Requests of an earlier tab find nobody.
    pub name: u32,
    /// When it last read what the device stores.
    pub read: Duration,
    /// When it has something to do next, in the run's time.
    pub wakes: Option<Duration>,
}

/// What another tab stored before it was killed is found within this.
const READ_AGAIN: Duration = Duration::from_secs(15);

impl Tab {
    pub fn now(&self, now: Duration) -> Duration {
        now.saturating_sub(self.opened)
    }

    /// The run's time when its clock began.
    pub fn opened(&self) -> Duration {
        self.opened
    }

    /// What is on its screen.
    pub fn shown(&self) -> impl Iterator<Item = &Item> {
        let items = self.outbox.items().map(|(item, _)| item);
        items.filter(|item| self.shows(item.id))
    }

    fn shows(&self, id: CommandId) -> bool {
        !self.letters.contains(&id) && !self.others.contains(&id)
    }

    pub fn whose(&self) -> Whose {
        self.open.map_or(Whose::Everybody, Whose::Space)
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
            device: Device::new(bug),
            tabs: Vec::new(),
            owners: BTreeMap::new(),
            shows_more: false,
            betrayed: None,
            told: BTreeMap::new(),
            meant: BTreeMap::new(),
            bug,
        }
    }

    pub fn open_tab(&mut self, name: u32, now: Duration) {
        self.tabs.push(Tab {
            outbox: Outbox::restore(Vec::new()),
            open: None,
            turn_is_over: false,
            letters: BTreeSet::new(),
            others: BTreeSet::new(),
            opened: now,
            name,
            read: now,
            wakes: None,
        });
        self.read(self.tabs.len() - 1, now);
    }

    /// One is enough: a server with many such faults is not what is looked for here.
    pub fn has_poison(&self) -> bool {
        let mut records = self.device.records.values();
        records.any(|record| match (&record.sealed, &record.closed) {
            (Some((_, content)), _) => matches!(content, Content::Poison(_)),
            (None, Some(letter)) => {
                matches!(closed::open(letter), Some((Content::Poison(_), _)))
            }
            (None, None) => false,
        })
    }

    /// The tab reads what is stored: other tabs write there too, and spaces are opened and locked.
    pub fn read(&mut self, tab: usize, now: Duration) {
        self.shows_more = true;
        let tab = &mut self.tabs[tab];
        let kept = self.device.items(tab.open);
        if tab
            .open
            .is_some_and(|open| !self.device.spaces.contains(&open))
        {
            // Another tab threw it away.
            tab.open = None;
        }
        tab.read = now;
        let own = tab.now(now);
        let ids = |items: &[Item]| items.iter().map(|item| item.id).collect();
        let letters: BTreeSet<CommandId> = ids(&kept.letters);
        let before = std::mem::replace(&mut tab.letters, letters);
        if self.bug != Some(Bug::OthersShown) {
            tab.others = ids(&kept.others);
        }
        let readable = kept.items.into_iter().chain(kept.others);
        let mut kept: Vec<Item> = readable.chain(kept.letters).collect();
        kept.sort_unstable_by_key(|item| item.id);
        // Of one whose space was opened or locked meanwhile another side is known now.
        let turned = |id| before.contains(&id) != tab.letters.contains(&id);
        let known = tab.outbox.items();
        let mut known: Vec<(CommandId, bool)> = known
            .map(|(item, _)| (item.id, item.standing.is_waiting()))
            .collect();
        known.retain(|(id, _)| {
            let stays = !turned(*id) && kept.binary_search_by_key(id, |item| item.id).is_ok();
            if !stays {
                tab.outbox.forget(*id);
            }
            stays
        });
        known.sort_unstable();
        for item in kept {
            match known.binary_search_by_key(&item.id, |(id, _)| *id) {
                Err(_) => tab.outbox.add(item, own),
                Ok(at) if known[at].1 && item.standing != Standing::Kept => {
                    tab.outbox.learn(item.id, item.standing);
                }
                Ok(_) => {}
            }
        }
    }

    /// The person taps "send". `dies` is whether the tab ends before the device has stored it.
    pub fn compose(
        &mut self,
        tab: usize,
        id: CommandId,
        content: Content,
        code: bool,
        dies: bool,
        now: Duration,
    ) {
        self.put(tab, None, id, content, code, dies, now);
    }

    #[expect(clippy::too_many_arguments, reason = "what one tap brings")]
    fn put(
        &mut self,
        tab: usize,
        replaces: Option<CommandId>,
        id: CommandId,
        content: Content,
        code: bool,
        dies: bool,
        now: Duration,
    ) {
        let about = match content {
            Content::Note { case, .. } => Some(format!("case {case}")),
            _ => None,
        };
        let item = Item {
            id,
            number: self.device.count(),
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
        let tab = &mut self.tabs[tab];
        if !self.device.keep(&item, content, code, tab.open) {
            return;
        }
        self.shows_more = true;
        self.owners.insert(id, (tab.whose(), Duration::ZERO));
        self.told.insert(id, Told::Saved);
        let now = tab.now(now);
        tab.outbox.add(item, now);
    }

    /// Does what the tab's outbox says.
    pub fn pump(&mut self, tab: usize, now: Duration, chance: &mut Chance) -> Option<Request> {
        if now >= self.tabs[tab].read + READ_AGAIN && self.bug != Some(Bug::StoreNotReadAgain) {
            self.read(tab, now);
        }
        let index = tab;
        let tab = &mut self.tabs[index];
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
        let messages = self.leaving(index, &batch, chance);
        (!messages.is_empty()).then(|| Request {
            tab: self.tabs[index].name,
            number: batch.request,
            messages,
            patience: batch.patience,
        })
    }

    /// Notes that the items leave, and finds what they say. What is no longer there, or can be read no longer, is
    /// forgotten.
    fn leaving(&mut self, tab: usize, batch: &Batch, chance: &mut Chance) -> Vec<Message> {
        let tab = &mut self.tabs[tab];
        for item in &batch.first_time {
            if tab.letters.contains(&item.id) {
                self.device.store_letter(item);
                continue;
            }
            // Another tab may have its answer; it is sent all the same and answered the same.
            let kept = self.device.record(item.id);
            let kept = kept.is_some_and(|record| record.phase == Phase::Kept);
            if kept && self.bug != Some(Bug::TriedNotStored) {
                self.device.store(item, tab.open);
            }
        }
        let mut messages = Vec::new();
        for id in &batch.ids {
            let posted = match tab.letters.contains(id) {
                true => {
                    let letter = self.device.record(*id);
                    let letter = letter.and_then(|record| record.closed.clone());
                    letter.map(Posted::Letter)
                }
                false => {
                    let content = self.device.content(*id, tab.open);
                    content.ok().flatten().cloned().map(Posted::Readable)
                }
            };
            let Some(posted) = posted else {
                tab.outbox.forget(*id);
                continue;
            };
            let fresh = match posted {
                Posted::Readable(_) => Bug::FreshIdOnRetry,
                Posted::Letter(_) => Bug::LetterUnderFreshId,
            };
            messages.push(match self.bug == Some(fresh) {
                true => posted.under(chance.command()),
                false => posted.under(*id),
            });
        }
        messages
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
            for id in sending {
                self.device.remove(id);
            }
        }
        let changed = tab.outbox.answered(request, outcome, own, chance);
        for item in changed {
            if dies {
                // Its person is told, and the tab ends before it is stored.
                if self.bug == Some(Bug::ReceiptNotStored) && self.tabs[index].shows(item.id) {
                    self.tell(index, &item);
                }
                continue;
            }
            let tab = &mut self.tabs[index];
            if tab.letters.contains(&item.id) {
                self.device.store_letter(&item);
                tab.outbox.forget(item.id);
                continue;
            }
            if !self.device.store(&item, tab.open) {
                // Another tab discarded it meanwhile, or its space is locked.
                tab.outbox.forget(item.id);
                continue;
            }
            if tab.shows(item.id) {
                self.tell(index, &item);
            }
            if chance.percent(70) {
                let others = self.tabs.iter_mut();
                for other in others.filter(|tab| !tab.letters.contains(&item.id)) {
                    other.outbox.learn(item.id, item.standing.clone());
                }
            }
        }
        if dies {
            self.tabs.remove(index);
        }
    }

    /// Whoever looks at the tab reads what became of an item.
    fn tell(&mut self, tab: usize, item: &Item) {
        let told = match &item.standing {
            Standing::Received { receipt } => Told::Received(receipt.clone()),
            Standing::NeedsYou { .. } => Told::NeedsYou,
            // Of a letter nobody is told.
            Standing::Kept | Standing::Tried | Standing::Delivered => return,
        };
        let (whose, owner) = (self.tabs[tab].whose(), self.owners.get(&item.id));
        if owner.is_none_or(|(owner, _)| *owner != whose) {
            self.betrayed = Some(format!("{told:?} of {owner:?} was said to {whose:?}"));
        }
        self.told.insert(item.id, told);
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
            .shown()
            .filter(|item| matches!(item.standing, Standing::Kept | Standing::NeedsYou { .. }))
            .map(|item| item.id)
            .collect();
        if items.is_empty() {
            return;
        }
        let id = items[chance.below(items.len())];
        // What the device stores is asked in the same transaction: another tab may have sent it.
        let stored = self.device.record(id);
        let sealed = stored.and_then(|record| Some((record.phase, record.sealed.clone()?)));
        let known = tab.shown().find(|item| item.id == id);
        let known = known.map(|item| item.standing.clone());
        let (Some((phase, (stored, content))), Some(known)) = (sealed, known) else {
            tab.outbox.forget(id);
            return;
        };
        let from_memory = self.bug == Some(Bug::DiscardedFromMemory);
        // A receipt is not put away by who takes back what the screen still says is to be put right.
        if !from_memory && (phase == Phase::Tried || phase == Phase::Received) {
            return;
        }
        let standing = if from_memory { known } else { stored.standing };
        tab.outbox.forget(id);
        let sent_back = matches!(standing, Standing::NeedsYou { .. });
        self.device.remove(id);
        self.told.insert(id, Told::Discarded { sent_back });
        if edit && sent_back {
            let new = match content {
                Content::Refused(text) | Content::Poison(text) => Content::Register(text),
                other => other,
            };
            let keeps = self.bug == Some(Bug::EditedUnderOldId);
            let id_of_new = if keeps { id } else { fresh };
            self.put(tab_index, Some(id), id_of_new, new, false, false, now);
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
