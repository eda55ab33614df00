//! Photos, which follow their words: on the phones, on their way in pieces, and at the server.
//!
//! A picture is its length and a mark; what arrives is a list of pieces, each with the mark of what it is a piece of.
//! So pieces of two pictures, a piece twice and a piece left out are told from a whole one, as decoding would.
//! Everything here happens by a chance of its own: a run without photos is the same run.

mod server;
mod truths;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use domain::ids::{AttachmentId, CommandId};
use sync::{
    Answer,
    upload::{Heard, MediumPlace, Step, Transfer},
};

use server::Staged;

use crate::{
    bug::Bug,
    chance::Chance,
    device::{LetterState, Phase, Record, Space, Whose},
    phone::{Phone, Tab, Told},
    server::{Content, Tables},
};

/// So many on a phone at most: all of them are to go within the quiet minute.
const MOST: usize = 4;
const PATIENCE: Duration = Duration::from_secs(12);

/// Which bytes go: as they were taken, or the sealed copy, which is another upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sent {
    Readable(AttachmentId),
    Closed(AttachmentId),
}

/// One as its person has it.
struct Medium {
    of: CommandId,
    whose: Whose,
    place: MediumPlace,
}

/// A sealed copy. Of everybody's there are some for other phones only: here the readable one goes.
#[derive(Clone)]
struct Closed {
    of: CommandId,
    whose: Whose,
    mark: u64,
    /// The server has it; its space asks for itself.
    kept: bool,
}

/// What lies on one phone.
#[derive(Default)]
struct Shelf {
    media: BTreeMap<AttachmentId, Medium>,
    closed: BTreeMap<AttachmentId, Closed>,
    /// What its person was told is saved; the others were told that the sealed copy goes.
    told: BTreeMap<AttachmentId, bool>,
}

struct Flight {
    arrives: Duration,
    phone: usize,
    tab: u32,
    sent: Sent,
    step: Step,
    what: What,
}

enum What {
    /// A piece of what has this mark, for the words of this command, and whether its answer comes back.
    Asks(CommandId, u64, bool),
    Hears(Heard),
}

/// How a request fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Good,
    LosesAnswers,
    /// Something between answers instead, or nobody does.
    Broken,
}

pub struct Photos {
    chance: Chance,
    shelves: Vec<Shelf>,
    /// Length and mark of each picture.
    pictures: BTreeMap<AttachmentId, (u64, u64)>,
    /// What each command names.
    named: BTreeMap<CommandId, Vec<AttachmentId>>,
    staged: BTreeMap<Sent, Staged>,
    /// What the server keeps, in the order it came.
    kept: Vec<AttachmentId>,
    transfers: BTreeMap<(u32, Sent), Transfer>,
    /// One request of a tab at a time.
    busy: BTreeSet<u32>,
    flights: Vec<Flight>,
    marks: u64,
    wakes: Option<Duration>,
    faults: bool,
    bug: Option<Bug>,
}

impl Photos {
    pub fn new(seed: u64, phones: usize, bug: Option<Bug>) -> Self {
        Self {
            chance: Chance::new(seed.rotate_left(32) ^ 0x5eed),
            shelves: (0..phones).map(|_| Shelf::default()).collect(),
            pictures: BTreeMap::new(),
            named: BTreeMap::new(),
            staged: BTreeMap::new(),
            kept: Vec::new(),
            transfers: BTreeMap::new(),
            busy: BTreeSet::new(),
            flights: Vec::new(),
            marks: 0,
            wakes: None,
            faults: true,
            bug,
        }
    }

    /// Something was saved: sometimes with photos, which were saved before.
    pub fn are_taken(&mut self, at: usize, phone: &Phone, of: CommandId, content: &Content) {
        let has_photos = matches!(content, Content::Register(_) | Content::Refused(_));
        let is_saved = phone.told.get(&of) == Some(&Told::Saved);
        let Some((whose, _)) = phone.owners.get(&of).filter(|_| has_photos && is_saved) else {
            return;
        };
        if self.named.contains_key(&of) || !self.chance.percent(30) {
            return;
        }
        for _ in 0..1 + self.chance.below(2) {
            if self.shelves[at].told.len() >= MOST {
                return;
            }
            let attachment = AttachmentId(self.chance.uuid());
            let length = 20_000 + self.chance.below(180_000) as u64;
            let picture = (length, self.mark());
            self.pictures.insert(attachment, picture);
            self.named.entry(of).or_default().push(attachment);
            let medium = Medium {
                of,
                whose: *whose,
                place: MediumPlace::Here,
            };
            self.shelves[at].media.insert(attachment, medium);
            self.shelves[at].told.insert(attachment, true);
        }
    }

    fn mark(&mut self) -> u64 {
        self.marks += 1;
        self.marks
    }

    /// What its person took back takes its photos along; what was put right hands them on.
    pub fn follow_a_decision(&mut self, at: usize, phone: &Phone) {
        let shelf = &mut self.shelves[at];
        let mut gone = Vec::new();
        for (attachment, medium) in &mut shelf.media {
            if !matches!(phone.told.get(&medium.of), Some(Told::Discarded { .. })) {
                continue;
            }
            let records = phone.device.records.values();
            let mut items = records.filter_map(|record| record.sealed.as_ref());
            let again = items.find(|(item, _)| item.replaces == Some(medium.of));
            shelf.closed.remove(attachment);
            match again {
                Some((item, _)) => {
                    self.named.entry(item.id).or_default().push(*attachment);
                    medium.of = item.id;
                    if self.bug == Some(Bug::PhotosNotHandedOn) {
                        gone.push((*attachment, false));
                    }
                }
                None => gone.push((*attachment, true)),
            }
        }
        for (attachment, is_known) in gone {
            shelf.media.remove(&attachment);
            if is_known {
                shelf.told.remove(&attachment);
            }
        }
    }

    pub fn move_into(&mut self, at: usize, space: Space) {
        let shelf = &mut self.shelves[at];
        let everybodys = |whose: &Whose| *whose == Whose::Everybody;
        let media = shelf.media.values_mut().map(|it| &mut it.whose);
        let closed = shelf.closed.values_mut().map(|it| &mut it.whose);
        for whose in media.chain(closed).filter(|whose| everybodys(whose)) {
            *whose = Whose::Space(space);
        }
    }

    /// Before its items go. Its person is told that what is sealed goes, if its words do, and nothing else stays.
    pub fn throw_away(&mut self, at: usize, phone: &Phone, space: Space) {
        let shelf = &mut self.shelves[at];
        let of_space: Vec<AttachmentId> = shelf
            .media
            .iter()
            .filter(|(_, medium)| medium.whose == Whose::Space(space))
            .map(|(attachment, _)| *attachment)
            .collect();
        for attachment in of_space {
            shelf.media.remove(&attachment);
            let closed = shelf.closed.get(&attachment);
            let goes = closed.is_some_and(|closed| {
                !closed.kept && words(phone, closed.of).is_none_or(|words| words != Words::Stay)
            });
            let with_it = self.bug == Some(Bug::PhotoLettersThrownAway);
            if !goes || with_it {
                shelf.closed.remove(&attachment);
            }
            match goes {
                true => shelf.told.insert(attachment, false),
                false => shelf.told.remove(&attachment),
            };
        }
    }

    /// With its letter: the sealed copies, the same each time.
    pub fn hand_over(&mut self, from: usize, to: usize, of: CommandId) {
        if !self.chance.percent(70) {
            return;
        }
        let here = |medium: &Medium| medium.of == of && medium.place == MediumPlace::Here;
        let media = self.shelves[from].media.iter();
        let media: Vec<(AttachmentId, Whose)> = media
            .filter(|(_, medium)| here(medium))
            .map(|(attachment, medium)| (*attachment, medium.whose))
            .collect();
        for (attachment, whose) in media {
            self.close(from, attachment, of, whose);
            let copy = self.shelves[from].closed[&attachment].clone();
            let other = &mut self.shelves[to];
            if !other.media.contains_key(&attachment) {
                other.closed.entry(attachment).or_insert(Closed {
                    whose: Whose::Carried,
                    kept: false,
                    ..copy
                });
            }
        }
    }

    fn close(&mut self, at: usize, attachment: AttachmentId, of: CommandId, whose: Whose) {
        let mark = self.mark();
        let closed = &mut self.shelves[at].closed;
        closed.entry(attachment).or_insert(Closed {
            of,
            whose,
            mark,
            kept: false,
        });
    }

    /// What lies in spaces that are open is sealed beside.
    pub fn are_closed(&mut self, at: usize, phone: &Phone) {
        let open: Vec<Whose> = phone.tabs.iter().map(Tab::whose).collect();
        let media = self.shelves[at].media.iter();
        let missing: Vec<(AttachmentId, CommandId, Whose)> = media
            .filter(|(attachment, medium)| {
                let goes = words(phone, medium.of).is_some_and(|words| words != Words::Stay);
                matches!(medium.whose, Whose::Space(_))
                    && open.contains(&medium.whose)
                    && medium.place == MediumPlace::Here
                    && goes
                    && !self.shelves[at].closed.contains_key(attachment)
            })
            .map(|(attachment, medium)| (*attachment, medium.of, medium.whose))
            .collect();
        for (attachment, of, whose) in missing {
            // There may be no room for it.
            if self.chance.percent(80) {
                self.close(at, attachment, of, whose);
            }
        }
    }

    /// Each tab sends a piece of something, or waits.
    pub fn are_sent(&mut self, at: usize, phone: &Phone, way: Way, now: Duration) {
        for tab in &phone.tabs {
            if self.busy.contains(&tab.name) {
                continue;
            }
            for (sent, of, mark) in self.ready(at, phone, tab) {
                let attachment = match sent {
                    Sent::Readable(id) | Sent::Closed(id) => id,
                };
                let length = self.pictures[&attachment].0;
                let transfer = self.transfers.entry((tab.name, sent));
                let transfer = transfer.or_insert_with(|| Transfer::new(length));
                match transfer.next(tab.now(now)) {
                    Step::Wait(until) => self.wake(tab.opened() + until),
                    step => {
                        self.busy.insert(tab.name);
                        let asks = What::Asks(of, mark, true);
                        self.depart((at, tab.name, sent, step), asks, way, now);
                        break;
                    }
                }
            }
        }
    }

    fn wake(&mut self, at: Duration) {
        self.wakes = Some(self.wakes.map_or(at, |known| known.min(at)));
    }

    /// What may go from a tab: its words are there.
    fn ready(&self, at: usize, phone: &Phone, tab: &Tab) -> Vec<(Sent, CommandId, u64)> {
        let shelf = &self.shelves[at];
        let received = |of: CommandId| {
            let record = phone.device.records.get(&of);
            record.is_some_and(|record| record.phase == Phase::Received)
        };
        let readable = shelf.media.iter().filter(|(_, medium)| {
            let here = medium.place == MediumPlace::Here;
            here && medium.whose == tab.whose() && received(medium.of)
        });
        let readable = readable.map(|(id, medium)| {
            let mark = self.pictures[id].1;
            (Sent::Readable(*id), medium.of, mark)
        });
        let closed = shelf.closed.iter().filter(|(_, closed)| {
            let locked = closed.whose != tab.whose() && closed.whose != Whose::Everybody;
            let there = words(phone, closed.of).is_none_or(|words| words == Words::There);
            locked && there && !closed.kept
        });
        let closed = closed.map(|(id, closed)| (Sent::Closed(*id), closed.of, closed.mark));
        readable.chain(closed).collect()
    }

    fn depart(
        &mut self,
        (phone, tab, sent, step): (usize, u32, Sent, Step),
        asks: What,
        way: Way,
        now: Duration,
    ) {
        let quick = now + Duration::from_millis(30 + self.chance.below(400) as u64);
        let lost = now + PATIENCE;
        let fails = self.faults && self.chance.percent(5);
        let flight = |arrives, what| Flight {
            arrives,
            phone,
            tab,
            sent,
            step,
            what,
        };
        let nothing = || What::Hears(Heard::Nothing);
        match (way, asks) {
            (Way::Broken, _) => self.flights.push(flight(quick, nothing())),
            (Way::Good, asks) if !fails => self.flights.push(flight(quick, asks)),
            (_, What::Asks(of, mark, _)) => {
                // It arrives, perhaps when it was given up, and nobody hears of it.
                let late = Duration::from_secs(self.chance.below(30) as u64);
                let arrives = if fails { lost + late } else { quick };
                let asks = What::Asks(of, mark, false);
                self.flights.push(flight(arrives, asks));
                self.flights.push(flight(lost, nothing()));
            }
            (_, hears) => self.flights.push(flight(quick, hears)),
        }
    }

    /// What is on its way and due.
    pub fn arrive(
        &mut self,
        phones: &[Phone],
        tables: &Tables,
        now: Duration,
    ) -> Result<(), String> {
        loop {
            let flights = self.flights.iter().enumerate();
            let due = flights.filter(|(_, flight)| flight.arrives <= now);
            let Some((first, _)) = due.min_by_key(|(_, flight)| flight.arrives) else {
                return Ok(());
            };
            let flight = self.flights.swap_remove(first);
            match flight.what {
                What::Asks(of, mark, comes) => {
                    let heard = self.serve(tables, flight.sent, of, mark, flight.step)?;
                    if comes {
                        let arrives = now + Duration::from_millis(30);
                        let what = What::Hears(heard);
                        self.flights.push(Flight {
                            arrives,
                            what,
                            ..flight
                        });
                    }
                }
                What::Hears(heard) => self.hear(phones, &flight, heard, now),
            }
        }
    }

    fn hear(&mut self, phones: &[Phone], flight: &Flight, heard: Heard, now: Duration) {
        self.busy.remove(&flight.tab);
        let tabs = &phones[flight.phone].tabs;
        let Some(tab) = tabs.iter().find(|tab| tab.name == flight.tab) else {
            return;
        };
        let key = (flight.tab, flight.sent);
        let own = tab.now(now);
        let Some(transfer) = self.transfers.get_mut(&key) else {
            return;
        };
        let mut over = transfer.heard(flight.step, heard, own, true, &mut self.chance);
        let (Sent::Readable(id) | Sent::Closed(id)) = flight.sent;
        let gone_too_soon = self.bug == Some(Bug::PhotoGoneAtLastPiece);
        if gone_too_soon && heard == Heard::Offset(self.pictures[&id].0) {
            over = Some(MediumPlace::Received);
        }
        let dies = self.faults && self.chance.percent(4);
        if let Some(place) = over.filter(|_| !dies) {
            self.transfers.remove(&key);
            self.place(flight.phone, flight.sent, place);
        }
    }

    fn place(&mut self, at: usize, sent: Sent, place: MediumPlace) {
        let shelf = &mut self.shelves[at];
        match sent {
            Sent::Readable(id) => {
                if let Some(medium) = shelf.media.get_mut(&id) {
                    medium.place = place;
                    shelf.closed.remove(&id);
                }
            }
            Sent::Closed(id) => {
                let is_readable = shelf.media.contains_key(&id);
                if place == MediumPlace::Received && is_readable {
                    shelf
                        .closed
                        .entry(id)
                        .and_modify(|closed| closed.kept = true);
                } else {
                    shelf.closed.remove(&id);
                }
            }
        }
    }

    pub fn faults_end(&mut self) {
        self.faults = false;
    }

    pub fn next_happening(&mut self) -> Option<Duration> {
        let flights = self.flights.iter().map(|flight| flight.arrives);
        flights.chain(self.wakes.take()).min()
    }
}

fn is_received(tables: &Tables, of: CommandId) -> bool {
    let answer = tables.answers.get(&of).map(|(.., answer)| answer);
    matches!(answer, Some(Answer::Received { .. }))
}

/// How far the words of a photo are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Words {
    Go,
    There,
    Stay,
}

fn words(phone: &Phone, of: CommandId) -> Option<Words> {
    let Record { phase, letter, .. } = phone.device.records.get(&of)?;
    Some(match (phase, letter) {
        (Phase::NeedsYou, _) => Words::Stay,
        (Phase::Received, _) | (_, Some(LetterState::Delivered)) => Words::There,
        (_, Some(LetterState::Waits)) => Words::Go,
        (_, None | Some(LetterState::Closed)) => Words::Stay,
    })
}
