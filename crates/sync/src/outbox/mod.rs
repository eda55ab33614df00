//! What a person sent, on its way from the device to the server.
//!
//! Pure: a driver tells it what happened and does what it says; phones, tablets and the simulation
//! (`tests/simulation`) run the same. An item goes through
//!
//! ```text
//! kept → tried → received
//!             ↘ needs you → again (same id) | a new item that replaces it | discarded
//! ```
//!
//! under one id, until there is an answer. One request is on its way at a time. Items about the same
//! thing go in their order; no other item waits for one that fails. What is stored is never more than
//! what is known: an item is *tried* before its request leaves, and *received* when its receipt came.
//!
//! `now` is the time since the driver started, by a clock that only goes forward. A device's calendar
//! may be years off, so nothing here depends on it.

mod entry;
mod item;
mod line;
#[cfg(test)]
mod tests;

use std::{collections::HashSet, time::Duration};

use domain::{given::Dice, ids::CommandId};

use crate::{Answer, pause};
use entry::{Entry, chosen};
use line::Line;

pub use item::{Item, Reason, Standing};

/// How long a request may take beside its bytes. With the longest pause it stays below a minute.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// What a second-generation network carries up in a second (20 kbit/s).
pub(crate) const SLOWEST_BYTES_A_SECOND: usize = 2500;
/// Items in one request.
pub const MOST_ITEMS: usize = 50;
/// Failures with one item between which others were served, after which it needs its person.
const MOST_FAILURES: u32 = 5;

/// The items of one device, and when they go.
#[derive(Debug)]
pub struct Outbox {
    /// In the order they were made.
    entries: Vec<Entry>,
    line: Line,
    on_its_way: Option<OnItsWay>,
    requests: u64,
    visible: bool,
}

#[derive(Debug)]
struct OnItsWay {
    request: u64,
    ids: Vec<CommandId>,
    /// Those that had never left before.
    first_time: Vec<CommandId>,
}

/// What the driver does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send these.
    Send(Batch),
    /// Ask again at this time, or when something happens.
    Wait(Duration),
    /// Nothing waits, or a request is on its way.
    Rest,
}

/// The items of one request, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The request's number, for [`Outbox::answered`].
    pub request: u64,
    /// Which.
    pub ids: Vec<CommandId>,
    /// Those to store as [`Standing::Tried`], durably, before the request leaves. Where that fails, it does not
    /// leave: [`Outcome::NotSent`].
    pub first_time: Vec<Item>,
    /// After this the request counts as lost: [`Outcome::Nothing`].
    pub patience: Duration,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server's answers. An item without one is sent again.
    Answers(Vec<(CommandId, Answer)>),
    /// No answer in time, a cut, or something that is not of our server (a captive portal's page).
    Nothing,
    /// It did not leave: it could not be noted that it would, or what it needs first could not be reached.
    NotSent,
    /// The server asks to come later (429, 503).
    Busy {
        /// Its `Retry-After`, in seconds.
        after_seconds: Option<u32>,
    },
    /// The server failed with what was sent, or did not read it (another status).
    Failed {
        /// The HTTP status.
        status: u16,
    },
}

/// What an item does at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Its request is on its way.
    Sending,
    /// It waits for one about the same thing that was made before it.
    Behind,
    /// It goes at this time, or when the network is back.
    Waits(Duration),
    /// The server has answered.
    Over,
}

/// Why an item cannot be discarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// It was sent: the server may have it, and taking it back is another act.
    Sent,
    /// There is no such item.
    Unknown,
}

impl Outbox {
    /// From what the device kept.
    pub fn restore(mut items: Vec<Item>) -> Self {
        items.sort_by_key(|item| item.number);
        Self {
            entries: items.into_iter().map(|item| Entry::new(item, 0)).collect(),
            line: Line::default(),
            on_its_way: None,
            requests: 0,
            visible: true,
        }
    }

    /// An item that is new here, once it is stored durably: it is tried at once. The same id twice is one
    /// item.
    pub fn add(&mut self, item: Item, now: Duration) {
        if self.entry(item.id).is_none() {
            // Another tab may have stored it before what is known here.
            let later = |entry: &Entry| entry.item.number > item.number;
            let position = self.entries.iter().position(later);
            let position = position.unwrap_or(self.entries.len());
            self.entries
                .insert(position, Entry::new(item, self.requests));
            self.line.regained(now);
        }
    }

    /// What another tab or the service worker learned of an item. An answer stays the answer.
    pub fn learn(&mut self, id: CommandId, standing: Standing) {
        if let Some(entry) = self.entry(id)
            && entry.item.standing.is_waiting()
        {
            entry.item.standing = standing;
        }
    }

    /// Another tab discarded it: it is neither sent nor answered here. A request of which every item is
    /// forgotten needs no answer.
    pub fn forget(&mut self, id: CommandId) {
        self.entries.retain(|entry| entry.item.id != id);
        if let Some(sent) = &mut self.on_its_way {
            sent.ids.retain(|sent| *sent != id);
        }
        self.on_its_way.take_if(|sent| sent.ids.is_empty());
    }

    /// These do not leave with the request that was begun: they are as they were before, and go with
    /// another. A request of which every item is left out needs no answer.
    pub fn leave_out(&mut self, ids: &[CommandId]) {
        let Some(sent) = &mut self.on_its_way else {
            return;
        };
        sent.ids.retain(|sent| !ids.contains(sent));
        let (stay, leave) = sent.first_time.iter().partition(|id| ids.contains(id));
        sent.first_time = leave;
        self.on_its_way.take_if(|sent| sent.ids.is_empty());
        self.never_left(stay);
    }

    fn never_left(&mut self, ids: Vec<CommandId>) {
        for id in ids {
            if let Some(entry) = self.entry(id)
                && entry.item.standing == Standing::Tried
            {
                entry.item.standing = Standing::Kept;
            }
        }
    }

    /// What to do now.
    pub fn next(&mut self, now: Duration) -> Step {
        if self.on_its_way.is_some() {
            return Step::Rest;
        }
        let opens = self.line.opens();
        let heads: Vec<&Entry> = self.heads().collect();
        let Some(earliest) = heads.iter().map(|head| head.opens()).min() else {
            return Step::Rest;
        };
        let earliest = earliest.max(opens);
        if earliest > now {
            return Step::Wait(earliest);
        }
        let ids = chosen(&heads, now, self.line.budget());
        Step::Send(self.begin(ids))
    }

    fn begin(&mut self, ids: Vec<CommandId>) -> Batch {
        let mut first_time = Vec::new();
        let mut bytes = 0;
        for id in &ids {
            let Some(entry) = self.entry(*id) else {
                continue;
            };
            bytes += entry.item.bytes;
            if entry.item.standing == Standing::Kept {
                entry.item.standing = Standing::Tried;
                first_time.push(entry.item.clone());
            }
        }
        self.requests += 1;
        let request = self.requests;
        self.on_its_way = Some(OnItsWay {
            request,
            ids: ids.clone(),
            first_time: first_time.iter().map(|item| item.id).collect(),
        });
        Batch {
            request,
            ids,
            first_time,
            patience: PATIENCE + Duration::from_secs((bytes / SLOWEST_BYTES_A_SECOND) as u64),
        }
    }

    /// A request's end. Gives the items whose standing changed, to be stored. Answers that come after
    /// the request was given up are answers; anything else that comes then says nothing. Nor does the answer
    /// to a request say anything of an item that was forgotten and added since.
    pub fn answered(
        &mut self,
        request: u64,
        outcome: Outcome,
        now: Duration,
        dice: &mut dyn Dice,
    ) -> Vec<Item> {
        let sent = self.on_its_way.take_if(|sent| sent.request == request);
        let (ids, first_time) = sent.map(|sent| (sent.ids, sent.first_time)).unzip();
        match (outcome, ids) {
            (Outcome::Answers(answers), ids) => {
                self.heard(now);
                let known: HashSet<CommandId> = answers.iter().map(|(id, _)| *id).collect();
                let ids = ids.unwrap_or_default().into_iter();
                let unanswered = ids.filter(|id| !known.contains(id)).map(|id| (id, None));
                let answers = answers.into_iter().map(|(id, answer)| (id, Some(answer)));
                answers
                    .chain(unanswered)
                    .filter_map(|(id, answer)| self.settle(request, id, answer, now, dice))
                    .collect()
            }
            (_, None) => Vec::new(),
            (Outcome::Nothing, Some(ids)) => {
                self.line.broke(now, self.visible, dice);
                for id in ids {
                    if let Some(entry) = self.entry(id) {
                        entry.troubles = entry.troubles.saturating_add(1);
                    }
                }
                Vec::new()
            }
            (Outcome::NotSent, Some(_)) => {
                self.line.broke(now, self.visible, dice);
                self.never_left(first_time.unwrap_or_default());
                Vec::new()
            }
            (Outcome::Busy { after_seconds }, Some(_)) => {
                self.line.busy(after_seconds, now, self.visible, dice);
                Vec::new()
            }
            (Outcome::Failed { status }, Some(ids)) => self.failed(&ids, status, now, dice),
        }
    }

    fn settle(
        &mut self,
        request: u64,
        id: CommandId,
        answer: Option<Answer>,
        now: Duration,
        dice: &mut dyn Dice,
    ) -> Option<Item> {
        let visible = self.visible;
        let entry = self.entry(id).filter(|entry| entry.hears(request))?;
        let asked = match answer {
            Some(Answer::TryLater { after_seconds }) => pause::asked_for(after_seconds),
            _ => Duration::ZERO,
        };
        match answer.and_then(Standing::of) {
            Some(standing) => {
                entry.item.standing = standing;
                Some(entry.item.clone())
            }
            None => {
                entry.troubles = entry.troubles.saturating_add(1);
                entry.quiet_until = now + asked;
                entry.not_before = now + asked.max(pause::after(entry.troubles, visible, dice));
                None
            }
        }
    }

    /// Of several one is to blame: they go in halves. One alone waits longer each time, and needs its
    /// person once the server has served others between its failures.
    fn failed(
        &mut self,
        ids: &[CommandId],
        status: u16,
        now: Duration,
        dice: &mut dyn Dice,
    ) -> Vec<Item> {
        let (visible, heard) = (self.visible, self.line.heard);
        self.line.failing(now);
        let [id] = ids else {
            for id in ids {
                if let Some(entry) = self.entry(*id) {
                    entry.company = (ids.len() / 2).max(1);
                }
            }
            return Vec::new();
        };
        let Some(entry) = self.entry(*id) else {
            return Vec::new();
        };
        let before = entry.failed_at.replace(now);
        let serves_others = before.is_some_and(|before| heard.is_some_and(|heard| heard > before));
        entry.company = 1;
        entry.troubles = entry.troubles.saturating_add(1);
        entry.not_before = now + pause::after(entry.troubles, visible, dice);
        if !serves_others {
            self.line.failed(now, visible, dice);
            return Vec::new();
        }
        entry.to_blame += 1;
        if entry.to_blame < MOST_FAILURES || !entry.item.standing.is_waiting() {
            return Vec::new();
        }
        entry.item.standing = Standing::NeedsYou {
            reason: Reason::Trouble { status },
        };
        vec![entry.item.clone()]
    }

    /// Another request of this device was answered by our server.
    pub fn heard(&mut self, now: Duration) {
        let nobody_is_to_blame = self.line.answered(now);
        for entry in self.entries.iter_mut().filter(|_| nobody_is_to_blame) {
            entry.company = MOST_ITEMS;
            entry.failed_at = None;
        }
    }

    /// The network is back.
    pub fn regained(&mut self, now: Duration) {
        self.line.regained(now);
        for entry in &mut self.entries {
            entry.not_before = entry.not_before.min(now);
        }
    }

    /// Whether somebody looks. Looking again sends at once.
    pub fn set_visible(&mut self, visible: bool, now: Duration) {
        if visible && !self.visible {
            self.regained(now);
        }
        self.visible = visible;
    }

    /// The person asks to send now.
    pub fn send_now(&mut self, now: Duration) {
        self.regained(now);
        self.line.asked(now);
        for entry in &mut self.entries {
            entry.quiet_until = entry.quiet_until.min(now);
        }
    }

    /// An item that was sent back, as it is to be stored to go again under its own id, where
    /// [`Reason::may_be_repeated`]. It goes once that is stored, and told by [`Outbox::renew`].
    pub fn again(&self, id: CommandId) -> Option<Item> {
        let mut items = self.entries.iter().map(|entry| &entry.item);
        let item = items.find(|item| item.id == id)?;
        match &item.standing {
            Standing::NeedsYou { reason } if reason.may_be_repeated() => Some(tried(item)),
            _ => None,
        }
    }

    /// The server's database was restored from a copy: what it received of late may be gone. Everything that
    /// was received goes once more, under its own id; where the server still has it, it says so. Gives the
    /// items as they are to be stored, each of which then goes by [`Outbox::renew`].
    pub fn offer_again(&self) -> Vec<Item> {
        let items = self.entries.iter().map(|entry| &entry.item);
        let received = items.filter(|item| matches!(item.standing, Standing::Received { .. }));
        received.map(tried).collect()
    }

    /// What had been answered is stored as it is now: here or in another tab it goes again, and that tab may
    /// have heard more of it.
    pub fn renew(&mut self, item: Item) {
        if let Some(entry) = self.entry(item.id) {
            entry.renew(item);
        }
    }

    /// Every item with what it does, in the order they were made.
    pub fn items(&self) -> impl Iterator<Item = (&Item, Activity)> {
        let heads: HashSet<CommandId> = self.heads().map(|head| head.item.id).collect();
        let sent = self.on_its_way.as_ref();
        let sent = move |id| sent.is_some_and(|sent| sent.ids.contains(id));
        self.entries.iter().map(move |entry| {
            let activity = if !entry.item.standing.is_waiting() {
                Activity::Over
            } else if sent(&entry.item.id) {
                Activity::Sending
            } else if !heads.contains(&entry.item.id) {
                Activity::Behind
            } else {
                Activity::Waits(entry.opens().max(self.line.opens()))
            };
            (&entry.item, activity)
        })
    }

    /// How many wait to be sent or answered.
    pub fn waiting(&self) -> usize {
        let waiting = self.entries.iter();
        waiting
            .filter(|entry| entry.item.standing.is_waiting())
            .count()
    }

    /// The first waiting item about each thing.
    fn heads(&self) -> impl Iterator<Item = &Entry> {
        let mut seen = HashSet::new();
        self.entries
            .iter()
            .filter(|entry| entry.item.standing.is_waiting())
            .filter(move |entry| match &entry.item.about {
                Some(about) => seen.insert(about.as_str()),
                None => true,
            })
    }

    fn entry(&mut self, id: CommandId) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.item.id == id)
    }
}

/// The same, as one that may be at the server.
fn tried(item: &Item) -> Item {
    Item {
        standing: Standing::Tried,
        ..item.clone()
    }
}
