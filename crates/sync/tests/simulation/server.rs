//! The server: one transaction for each command, real places, and a log from which its tables follow.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::LazyLock,
};

use chrono::NaiveTime;
use domain::{
    booking::{BookingEvent, Ledger, PlacePlan, Placement, RoomPlan, Share},
    filing::Subject,
    ids::{CaseId, CommandId, RegistrationId},
    provisional::ProvisionalNumber,
    receipt::Receipt,
    refusal::Refusal,
};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use sync::{Answer, Rejection, letter::Letter, view::Fate};

use crate::{
    bug::Bug,
    chance::Chance,
    closed::{self, Opened},
};

/// What a command asks for. The number is its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    Register(u32),
    Note {
        case: u8,
        text: u32,
    },
    /// Against a rule of the domain.
    Refused(u32),
    /// The server panics on it.
    Poison(u32),
}

/// One command as it travels.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: CommandId,
    pub posted: Posted,
}

#[derive(Clone, Debug)]
pub enum Posted {
    Readable(Content),
    Letter(Rc<Letter>),
}

impl Posted {
    pub fn under(self, id: CommandId) -> Message {
        let posted = match self {
            // As a phone would that closes it anew.
            Self::Letter(letter) if letter.letter != id => {
                let inside = closed::open(&letter);
                let again = inside.map(|(content, code)| closed::close(id, &content, code));
                Self::Letter(again.map_or(letter, Rc::new))
            }
            posted => posted,
        };
        Message { id, posted }
    }

    pub fn is_letter(&self) -> bool {
        matches!(self, Self::Letter(_))
    }
}

/// By what the contents under one id are compared.
type Digest = [u8; 32];

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Booking(CommandId, BookingEvent),
    Noted(CommandId, u8),
    Answered(CommandId, Content, Digest, Answer),
}

/// What follows from the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    pub answers: BTreeMap<CommandId, (Content, Digest, Answer)>,
    pub ledger: Ledger,
    pub bookings: Vec<(CommandId, u32, Placement)>,
    pub notes: Vec<(CommandId, u8)>,
}

impl Tables {
    pub fn fold(&mut self, event: &Event) {
        match event {
            Event::Booking(id, booking) => {
                self.ledger.evolve(booking);
                if let BookingEvent::Booked {
                    serial, placement, ..
                } = booking
                {
                    self.bookings.push((*id, *serial, *placement));
                }
            }
            Event::Noted(id, case) => self.notes.push((*id, *case)),
            Event::Answered(id, content, digest, answer) => {
                let known = (content.clone(), *digest, answer.clone());
                self.answers.insert(*id, known);
            }
        }
    }
}

/// What a request came to.
pub enum Served {
    Answers(Vec<Answer>),
    /// A 500.
    Failed,
    /// The process ended.
    Gone,
}

pub struct Server {
    pub log: Vec<Event>,
    pub tables: Tables,
    /// Why letters were refused, for whoever has the provisional number.
    refusals: BTreeMap<CommandId, Answer>,
    /// Letters that came before, and what is in them: opening takes time.
    opened: BTreeMap<CommandId, (Rc<Letter>, Option<Opened>)>,
    /// What was answered for good to letters.
    pub delivered: BTreeSet<CommandId>,
    /// Serials as the planted bug counts them.
    serials_in_memory: u32,
    bug: Option<Bug>,
}

/// Rooms × slots without a reserve.
pub const PLACES: u32 = 6;

impl Server {
    pub fn new(bug: Option<Bug>) -> Self {
        let plan = PlacePlan {
            rooms: vec![RoomPlan {
                number: 1,
                subjects: Vec::new(),
            }],
            begins: NaiveTime::MIN,
            slot_minutes: 15,
            slots: PLACES as u16,
            reserve_percent: 0,
        };
        let mut server = Self {
            log: Vec::new(),
            tables: Tables::default(),
            refusals: BTreeMap::new(),
            opened: BTreeMap::new(),
            delivered: BTreeSet::new(),
            serials_in_memory: 0,
            bug,
        };
        let id = CommandId(uuid::Uuid::nil());
        server.commit(vec![Event::Booking(id, BookingEvent::Planned { plan })]);
        server
    }

    /// Carries a request out. `crash` is the item at which the process ends, and whether it has
    /// committed that one by then.
    pub fn serve(
        &mut self,
        messages: &[Message],
        crash: Option<(usize, bool)>,
        chance: &mut Chance,
    ) -> Served {
        let ledger = self.tables.ledger.clone();
        let mut answers = Vec::new();
        for (position, message) in messages.iter().enumerate() {
            let (events, answer) = match self.read(message) {
                Ok((Content::Poison(_), _)) => return Served::Failed,
                Ok((content, digest)) => self.decide(message.id, content, digest, &ledger, chance),
                Err(answer) => (Vec::new(), answer),
            };
            match crash {
                Some((at, committed)) if at == position => {
                    return self.crash(events, committed, answers, answer);
                }
                _ => self.commit(events),
            }
            answers.push(match message.posted {
                Posted::Readable(_) => answer,
                Posted::Letter(_) => self.told(message.id, answer),
            });
        }
        Served::Answers(answers)
    }

    /// What a command says. A letter is opened first.
    fn read(&mut self, message: &Message) -> Result<(Content, Digest), Answer> {
        let letter = match &message.posted {
            Posted::Readable(content) => return Ok((content.clone(), digest(content))),
            Posted::Letter(letter) => letter,
        };
        let rejected = |reason| Err(Answer::Rejected { reason });
        match self.open(letter) {
            Some((Content::Note { .. }, false)) => rejected(Rejection::SignInNeeded),
            Some((content, _)) => {
                let as_it_came = self.bug == Some(Bug::LetterComparedClosed);
                let digest = match as_it_came {
                    true => digest(&letter.closed),
                    false => digest(&content),
                };
                Ok((content, digest))
            }
            None => rejected(Rejection::Unreadable {
                detail: "the letter holds another command".to_owned(),
            }),
        }
    }

    fn open(&mut self, letter: &Rc<Letter>) -> Option<Opened> {
        match self.opened.get(&letter.letter) {
            Some((known, inside)) if known == letter => inside.clone(),
            _ => {
                let inside = closed::open(letter);
                let known = (letter.clone(), inside.clone());
                self.opened.insert(letter.letter, known);
                inside
            }
        }
    }

    /// The answer without what it says. A refusal waits here for whoever has the provisional number.
    fn told(&mut self, id: CommandId, answer: Answer) -> Answer {
        match &answer {
            Answer::TryLater { .. } => return answer,
            Answer::Rejected {
                reason: Rejection::SameIdOtherContent,
            } => return Answer::Delivered,
            Answer::Received { .. } | Answer::Delivered => {
                self.refusals.remove(&id);
            }
            Answer::Rejected { .. } | Answer::Conflict { .. } => {
                if self.bug != Some(Bug::RefusalOfLetterLost) {
                    self.refusals.insert(id, answer.clone());
                }
            }
        }
        self.delivered.insert(id);
        match self.bug {
            Some(Bug::LetterAnsweredInFull) => answer,
            _ => Answer::Delivered,
        }
    }

    /// What became of a request, for whoever has nothing but its number.
    pub fn by_number(&self, number: ProvisionalNumber) -> Fate {
        let (first, last) = number.ids();
        let range = CommandId(first)..=CommandId(last);
        let mut answers = self.tables.answers.range(range.clone());
        if answers.any(|(_, (.., answer))| matches!(answer, Answer::Received { .. })) {
            return Fate::Received;
        }
        match self.refusals.range(range).next() {
            None => Fate::NotHere,
            Some((_, Answer::Rejected { reason })) => Fate::SentBack {
                reason: Some(reason.clone()),
            },
            Some(_) => Fate::SentBack { reason: None },
        }
    }

    fn crash(
        &mut self,
        events: Vec<Event>,
        committed: bool,
        mut answers: Vec<Answer>,
        answer: Answer,
    ) -> Served {
        self.serials_in_memory = 0;
        if committed {
            self.commit(events);
        } else if self.bug == Some(Bug::EventLost) {
            for event in &events {
                self.tables.fold(event);
            }
        } else if self.bug == Some(Bug::AnsweredBeforeCommit) {
            answers.push(answer);
            return Served::Answers(answers);
        }
        Served::Gone
    }

    fn commit(&mut self, events: Vec<Event>) {
        for event in &events {
            self.tables.fold(event);
        }
        self.log.extend(events);
    }

    fn decide(
        &mut self,
        id: CommandId,
        content: Content,
        digest: Digest,
        before: &Ledger,
        chance: &mut Chance,
    ) -> (Vec<Event>, Answer) {
        let known = self.tables.answers.get(&id);
        if let Some((_, before, answer)) = known
            && self.bug != Some(Bug::KeyNotChecked)
        {
            let taken = self.bug == Some(Bug::OtherContentTaken);
            if *before == digest || taken {
                return (Vec::new(), answer.clone());
            }
            let reason = Rejection::SameIdOtherContent;
            return (Vec::new(), Answer::Rejected { reason });
        }
        let (mut events, answer) = match content {
            Content::Register(_) => self.book(id, before, chance),
            Content::Note { case, .. } => {
                let receipt = Receipt::Case {
                    case: CaseId(chance.uuid()),
                };
                let noted = Event::Noted(id, case);
                (vec![noted], Answer::Received { receipt })
            }
            Content::Refused(_) | Content::Poison(_) => {
                let refusal = Refusal::NotFound;
                let reason = Rejection::Refused { refusal };
                (Vec::new(), Answer::Rejected { reason })
            }
        };
        events.push(Event::Answered(id, content, digest, answer.clone()));
        (events, answer)
    }

    fn book(
        &mut self,
        id: CommandId,
        before: &Ledger,
        chance: &mut Chance,
    ) -> (Vec<Event>, Answer) {
        let ledger = match self.bug {
            Some(Bug::PlacesReadOnce) => before,
            _ => &self.tables.ledger,
        };
        let (mut serial, placement, share) = ledger.next_booking(Subject::Roads, Share::Open);
        if self.bug == Some(Bug::PlacesReadOnce) {
            serial = self.tables.ledger.next_booking(Subject::Roads, share).0;
        }
        self.serials_in_memory += 1;
        if self.bug == Some(Bug::SerialReused) {
            serial = self.serials_in_memory;
        }
        let registration = RegistrationId(chance.uuid());
        let booked = BookingEvent::Booked {
            registration,
            serial,
            placement,
            subject: Subject::Roads,
            share,
        };
        let receipt = Receipt::Registration { registration };
        (
            vec![Event::Booking(id, booked)],
            Answer::Received { receipt },
        )
    }
}

/// Keyed: guessing a content needs the key.
fn digest<C: Serialize>(content: &C) -> Digest {
    static KEYED: LazyLock<Hmac<Sha256>> = LazyLock::new(|| {
        let mac = Hmac::<Sha256>::new_from_slice(b"the server's key").expect("any length fits");
        mac.chain_update(b"command")
    });
    let json = serde_json::to_vec(content).expect("it is plain data");
    let mac = KEYED.clone().chain_update(json);
    mac.finalize().into_bytes().into()
}
