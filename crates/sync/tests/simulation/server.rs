//! The server: one transaction for each command, real places, and a log from which its tables follow.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use domain::{
    booking::{BookingEvent, Ledger, PlacePlan, Placement, RoomPlan},
    filing::Subject,
    ids::{CaseId, CommandId, RegistrationId},
    receipt::Receipt,
    refusal::Refusal,
};
use sync::{Answer, Rejection};

use crate::{bug::Bug, chance::Chance};

/// What a command asks for. The number is its text.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: CommandId,
    pub content: Content,
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Booking(CommandId, BookingEvent),
    Noted(CommandId, u8),
    Answered(Message, Answer),
}

/// What follows from the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    pub answers: BTreeMap<CommandId, (Content, Answer)>,
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
            Event::Answered(message, answer) => {
                let known = (message.content.clone(), answer.clone());
                self.answers.insert(message.id, known);
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
            if matches!(message.content, Content::Poison(_)) {
                return Served::Failed;
            }
            let (events, answer) = self.decide(message, &ledger, chance);
            match crash {
                Some((at, committed)) if at == position => {
                    return self.crash(events, committed, answers, answer);
                }
                _ => self.commit(events),
            }
            answers.push(answer);
        }
        Served::Answers(answers)
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
        message: &Message,
        before: &Ledger,
        chance: &mut Chance,
    ) -> (Vec<Event>, Answer) {
        let known = self.tables.answers.get(&message.id);
        if let Some((content, answer)) = known
            && self.bug != Some(Bug::KeyNotChecked)
        {
            let taken = self.bug == Some(Bug::OtherContentTaken);
            if *content == message.content || taken {
                return (Vec::new(), answer.clone());
            }
            let reason = Rejection::SameIdOtherContent;
            return (Vec::new(), Answer::Rejected { reason });
        }
        let (mut events, answer) = match message.content {
            Content::Register(_) => self.book(message.id, before, chance),
            Content::Note { case, .. } => {
                let receipt = Receipt::Case {
                    case: CaseId(chance.uuid()),
                };
                let noted = Event::Noted(message.id, case);
                (vec![noted], Answer::Received { receipt })
            }
            Content::Refused(_) | Content::Poison(_) => {
                let refusal = Refusal::NotFound;
                let reason = Rejection::Refused { refusal };
                (Vec::new(), Answer::Rejected { reason })
            }
        };
        events.push(Event::Answered(message.clone(), answer.clone()));
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
        let (mut serial, placement) = ledger.next_booking(Subject::Roads);
        if self.bug == Some(Bug::PlacesReadOnce) {
            serial = self.tables.ledger.next_booking(Subject::Roads).0;
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
        };
        let receipt = Receipt::Registration { registration };
        (
            vec![Event::Booking(id, booked)],
            Answer::Received { receipt },
        )
    }
}
