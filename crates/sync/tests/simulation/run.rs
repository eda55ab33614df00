//! One run: phones, a server, and everything that goes wrong between them.

use std::{rc::Rc, time::Duration};

use domain::ids::CommandId;
use sync::outbox::Outcome;

use crate::{
    bug::Bug,
    chance::Chance,
    closed,
    phone::{Heard, Phone, Request},
    photos::{Photos, Way},
    server::{Content, Message, Posted, Served, Server, Tables},
    truths,
};

const STEPS: usize = 120;
/// Truth 8: after the faults the outboxes are empty within this.
const QUIET: Duration = Duration::from_secs(60);
const LONGEST_QUIET_STEP: Duration = Duration::from_secs(5);

/// How a phone's network is at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Network {
    Good,
    /// Requests arrive, answers do not.
    LosesAnswers,
    /// Nothing arrives.
    Gone,
    /// A captive portal answers everything with its own page.
    Portal,
    /// Something before the server asks to come later.
    Busy,
    /// Something before the server fails.
    Failing,
}

/// Something on its way.
struct Flight {
    arrives: Duration,
    phone: usize,
    what: What,
}

enum What {
    /// A request, and whether its answer comes back.
    Asks(Request, bool),
    /// A tab, its request, and what it hears of it.
    Hears(u32, u64, Heard),
}

pub struct Run {
    pub server: Server,
    pub phones: Vec<Phone>,
    /// What follows from the log, folded beside the server.
    pub folded: Tables,
    read: usize,
    /// Since the truths were looked at last.
    pub was_served: bool,
    networks: Vec<Network>,
    flights: Vec<Flight>,
    pub(crate) now: Duration,
    names: u32,
    texts: u32,
    pub(crate) chance: Chance,
    /// What people do who share a phone. Apart, so that a run without them is the same run.
    pub(crate) people: Chance,
    /// Of each phone, whether people share it.
    pub(crate) shared: Vec<bool>,
    pub(crate) spaces: u32,
    pub photos: Photos,
    faults: bool,
}

/// Runs a seed to its end; the error says which truth broke, and when.
pub fn run(seed: u64, bug: Option<Bug>) -> Result<(), String> {
    run_with(seed, bug, true)
}

/// As [`run`]; `share` is whether some phones have spaces.
pub fn run_with(seed: u64, bug: Option<Bug>, share: bool) -> Result<(), String> {
    let mut run = Run::new(seed, bug, share);
    for step in 0..STEPS {
        run.step()?;
        run.read_log();
        truths::hold(&run).map_err(|broken| format!("step {step}: {broken}"))?;
        run.was_served = false;
        for phone in &mut run.phones {
            phone.shows_more = false;
        }
    }
    run.end()?;
    run.settled("at the end")?;
    for round in 0..run.rounds() {
        run.take_turns(round);
        run.quiet(true)?;
        run.settled("after the spaces were opened")?;
    }
    Ok(())
}

impl Run {
    fn new(seed: u64, bug: Option<Bug>, share: bool) -> Self {
        let mut chance = Chance::new(seed);
        let mut people = Chance::new(!seed);
        let phones = 1 + chance.below(3);
        let shared = (0..phones).map(|_| share && people.percent(50)).collect();
        let mut run = Self {
            server: Server::new(bug),
            phones: (0..phones).map(|_| Phone::new(bug)).collect(),
            folded: Tables::default(),
            read: 0,
            was_served: false,
            networks: vec![Network::Good; phones],
            flights: Vec::new(),
            now: Duration::ZERO,
            names: 0,
            texts: 0,
            chance,
            people,
            shared,
            spaces: 0,
            photos: Photos::new(seed, phones, bug),
            faults: true,
        };
        for phone in 0..phones {
            run.phones[phone].device.knows_key = run.people.percent(90);
            run.open_tab(phone);
        }
        run
    }

    fn open_tab(&mut self, phone: usize) {
        self.names += 1;
        self.phones[phone].open_tab(self.names, self.now);
    }

    fn read_log(&mut self) {
        for event in &self.server.log[self.read..] {
            self.folded.fold(event);
        }
        self.read = self.server.log.len();
    }

    fn step(&mut self) -> Result<(), String> {
        self.now += Duration::from_millis(100 + self.chance.below(4000) as u64);
        self.arrive()?;
        for phone in 0..self.phones.len() {
            self.weather(phone);
            self.person(phone);
            if self.shared[phone] {
                self.take_a_turn(phone)?;
            }
            self.pump(phone);
            self.send_photos(phone);
        }
        self.rogue()
    }

    /// Nothing fails any more, and somebody looks at each phone.
    fn end(&mut self) -> Result<(), String> {
        self.faults = false;
        self.photos.faults_end();
        for phone in 0..self.phones.len() {
            self.networks[phone] = Network::Good;
            if self.phones[phone].tabs.is_empty() {
                self.open_tab(phone);
            }
            for tab in 0..self.phones[phone].tabs.len() {
                self.phones[phone].look(tab, true, self.now);
            }
        }
        self.quiet(false)
    }

    /// The minute in which everything is to be answered. It may be over when that is so.
    fn quiet(&mut self, may_be_over: bool) -> Result<(), String> {
        let end = self.now + QUIET;
        while self.now < end {
            if may_be_over && self.flights.is_empty() && truths::drained(self).is_ok() {
                return Ok(());
            }
            self.now = self.next_happening();
            self.arrive()?;
            for phone in 0..self.phones.len() {
                self.pump(phone);
                self.send_photos(phone);
            }
        }
        Ok(())
    }

    fn send_photos(&mut self, at: usize) {
        let way = match self.networks[at] {
            Network::Good => Way::Good,
            Network::LosesAnswers => Way::LosesAnswers,
            Network::Gone | Network::Portal | Network::Busy | Network::Failing => Way::Broken,
        };
        self.photos.are_closed(at, &self.phones[at]);
        self.photos.are_sent(at, &self.phones[at], way, self.now);
    }

    fn next_happening(&mut self) -> Duration {
        let photos = self.photos.next_happening();
        let flights = self.flights.iter().map(|flight| flight.arrives);
        let tabs = self.phones.iter().flat_map(|phone| &phone.tabs);
        let tabs = tabs.filter_map(|tab| tab.wakes);
        let next = flights.chain(tabs).chain(photos).min();
        let latest = self.now + LONGEST_QUIET_STEP;
        next.map_or(latest, |next| {
            next.clamp(self.now + Duration::from_millis(1), latest)
        })
    }

    /// Signal, crashes, tabs.
    fn weather(&mut self, phone: usize) {
        if self.chance.percent(12) {
            self.networks[phone] = match self.chance.below(8) {
                0 => Network::LosesAnswers,
                1 => Network::Gone,
                2 => Network::Portal,
                3 => Network::Busy,
                4 => Network::Failing,
                _ => Network::Good,
            };
        }
        if self.chance.percent(3) {
            // The browser is killed. What was on its way may still arrive.
            self.phones[phone].tabs.clear();
        }
        if self.phones[phone].tabs.is_empty() || self.chance.percent(3) {
            self.open_tab(phone);
        }
        let now = self.now;
        let phone = &mut self.phones[phone];
        for tab in 0..phone.tabs.len() {
            let happens = self.chance.below(20);
            if happens < 2 {
                phone.look(tab, happens == 1, now);
            }
            let tab = &mut phone.tabs[tab];
            let own = tab.now(now);
            match happens {
                2 => tab.outbox.regained(own),
                3 => tab.outbox.send_now(own),
                _ => {}
            }
        }
    }

    /// Every truth, after a time in which everything was to be answered.
    fn settled(&mut self, when: &str) -> Result<(), String> {
        self.read_log();
        self.was_served = true;
        let holds = truths::hold(self).and_then(|()| truths::drained(self));
        holds.map_err(|broken| format!("{when}: {broken}"))
    }

    pub fn is_poison(&self, id: CommandId) -> bool {
        let mut meant = self.phones.iter().filter_map(|phone| phone.meant.get(&id));
        matches!(meant.next(), Some(Content::Poison(_)))
    }

    fn person(&mut self, phone: usize) {
        let tab = self.chance.below(self.phones[phone].tabs.len());
        if self.chance.percent(25) {
            self.texts += 1;
            let text = self.texts;
            let content = match self.chance.below(60) {
                0 if !self.phones[phone].has_poison() => Content::Poison(text),
                0..=9 => Content::Refused(text),
                10..=35 => Content::Register(text),
                _ => Content::Note {
                    case: self.chance.below(3) as u8,
                    text,
                },
            };
            let id = self.chance.command();
            let dies = self.chance.percent(4);
            let code = self.people.percent(70);
            self.phones[phone].look_here(tab, self.now);
            self.phones[phone].compose(tab, id, content.clone(), code, dies, self.now);
            let photos = &mut self.photos;
            photos.are_taken(phone, &self.phones[phone], id, &content);
        } else if self.chance.percent(8) {
            let fresh = self.chance.command();
            let edit = self.chance.percent(60);
            self.phones[phone].look_here(tab, self.now);
            self.phones[phone].decide(tab, fresh, edit, self.now, &mut self.chance);
            self.photos.follow_a_decision(phone, &self.phones[phone]);
        }
    }

    fn pump(&mut self, phone: usize) {
        for tab in 0..self.phones[phone].tabs.len() {
            let request = self.phones[phone].pump(tab, self.now, &mut self.chance);
            if let Some(request) = request {
                self.depart(phone, request);
            }
        }
    }

    fn depart(&mut self, phone: usize, request: Request) {
        let (tab, number, patience) = (request.tab, request.number, request.patience);
        let quick = self.now + Duration::from_millis(50 + self.chance.below(800) as u64);
        let hears = |heard, arrives| Flight {
            arrives,
            phone,
            what: What::Hears(tab, number, heard),
        };
        let nothing = Heard::Outcome(Outcome::Nothing);
        let lost = self.now + patience;
        let flight = match self.networks[phone] {
            Network::Good if self.faults && self.chance.percent(3) => {
                // So late that the phone has given it up; its answer may come even then.
                let arrives = lost + Duration::from_secs(self.chance.below(60) as u64);
                self.flights.push(hears(nothing, lost));
                let comes = self.chance.percent(50);
                self.asks(phone, request, comes, arrives)
            }
            Network::Good => {
                let comes = !(self.faults && self.chance.percent(5));
                if !comes {
                    self.flights.push(hears(nothing, lost));
                }
                self.asks(phone, request, comes, quick)
            }
            Network::LosesAnswers => {
                self.flights.push(hears(nothing, lost));
                self.asks(phone, request, false, quick)
            }
            Network::Gone if self.chance.percent(50) => hears(nothing, quick),
            Network::Gone => hears(nothing, lost),
            Network::Portal => hears(Heard::Portal, quick),
            Network::Busy => {
                let after_seconds = Some(self.chance.below(8) as u32);
                hears(Heard::Outcome(Outcome::Busy { after_seconds }), quick)
            }
            Network::Failing => hears(Heard::Outcome(Outcome::Failed { status: 502 }), quick),
        };
        self.flights.push(flight);
    }

    fn asks(&self, phone: usize, request: Request, comes: bool, arrives: Duration) -> Flight {
        Flight {
            arrives,
            phone,
            what: What::Asks(request, comes),
        }
    }

    fn arrive(&mut self) -> Result<(), String> {
        let now = self.now;
        let tables = &self.server.tables;
        self.photos.arrive(&self.phones, tables, now)?;
        loop {
            let due = self
                .flights
                .iter()
                .enumerate()
                .filter(|(_, flight)| flight.arrives <= now);
            let Some((first, _)) = due.min_by_key(|(_, flight)| flight.arrives) else {
                return Ok(());
            };
            let flight = self.flights.swap_remove(first);
            match flight.what {
                What::Asks(request, comes) => self.serve(flight.phone, &request, comes)?,
                What::Hears(tab, request, heard) => {
                    let dies = self.faults && self.chance.percent(4);
                    let phone = &mut self.phones[flight.phone];
                    phone.hear(tab, request, heard, dies, now, &mut self.chance);
                }
            }
        }
    }

    fn serve(&mut self, phone: usize, request: &Request, comes: bool) -> Result<(), String> {
        let crash = (self.faults && self.chance.percent(5)).then(|| {
            let at = self.chance.below(request.messages.len().max(1));
            (at, self.chance.percent(50))
        });
        self.was_served = true;
        let served = self
            .server
            .serve(&request.messages, crash, &mut self.chance);
        let outcome = match served {
            Served::Answers(answers) => {
                for (message, answer) in request.messages.iter().zip(&answers) {
                    truths::letter_says_nothing(&self.server, message, answer)?;
                }
                let ids = request.messages.iter().map(|message| message.id);
                Outcome::Answers(ids.zip(answers).collect())
            }
            Served::Failed => Outcome::Failed { status: 500 },
            Served::Gone => Outcome::Nothing,
        };
        if comes {
            self.flights.push(Flight {
                arrives: self.now + Duration::from_millis(50),
                phone,
                what: What::Hears(request.tab, request.number, Heard::Outcome(outcome)),
            });
        }
        Ok(())
    }

    /// Another program sends other content under an id the server knows.
    fn rogue(&mut self) -> Result<(), String> {
        let known = &self.server.tables.answers;
        if known.is_empty() || !self.chance.percent(4) {
            return Ok(());
        }
        let position = self.chance.below(known.len());
        let Some((id, _)) = known.iter().nth(position) else {
            return Ok(());
        };
        self.texts += 1;
        let (id, content) = (*id, Content::Register(self.texts));
        let closed = self.shared.contains(&true) && self.people.percent(50);
        let message = Message {
            id,
            posted: match closed {
                true => Posted::Letter(Rc::new(closed::close(id, &content, false))),
                false => Posted::Readable(content),
            },
        };
        let messages = [message];
        self.was_served = true;
        let served = self.server.serve(&messages, None, &mut self.chance);
        match served {
            Served::Answers(answers) if closed => {
                truths::letter_says_nothing(&self.server, &messages[0], &answers[0])
            }
            Served::Answers(answers) => truths::other_content_is_refused(&answers),
            Served::Failed | Served::Gone => Ok(()),
        }
    }
}
