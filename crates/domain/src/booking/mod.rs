//! The booking ledger of one visit: serials, places and the waiting list.
//!
//! The ledger is small enough to be a state row: a visit's registrations are decided against it
//! one after another, so that places are never sold twice and serials have no hole.

mod plan;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::{filing::Subject, ids::RegistrationId};

pub use plan::{PlacePlan, RoomPlan};

/// What happened to a visit's places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum BookingEvent {
    /// The notice was published: these are its places. Later versions replan what is free.
    Planned {
        /// The places.
        plan: PlacePlan,
    },
    /// A registration was received and has its serial.
    Booked {
        /// Which.
        registration: RegistrationId,
        /// 1..n in order of receipt, without a hole.
        serial: u32,
        /// A place, or a position in the waiting list.
        placement: Placement,
        /// What it is about: it chooses the room.
        subject: Subject,
        /// Whose share the place is of.
        #[serde(default, skip_serializing_if = "Share::is_open")]
        share: Share,
    },
    /// The evening before: the places that were kept are everybody's.
    ReserveOpened,
    /// A registration gave its place, or its position in the waiting list, back.
    Released {
        /// Which.
        registration: RegistrationId,
        /// The place that is free again.
        place: Option<Place>,
    },
    /// The first of the waiting list has a place.
    Promoted {
        /// Which.
        registration: RegistrationId,
        /// The place.
        place: Place,
    },
    /// Somebody came without booking and has a ticket of the desk's block.
    WalkedIn {
        /// Which.
        registration: RegistrationId,
        /// The ticket.
        ticket: Ticket,
    },
}

/// Confirmed or waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Placement {
    /// 已确认.
    Confirmed(Place),
    /// 候补第 n 位, when it was received.
    Waitlisted {
        /// 1, 2, 3 …
        position: u32,
    },
    /// Came on the day.
    WalkIn(Ticket),
}

/// Which places a request may have: good signal is no privilege (people 26).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// Those that everybody books.
    #[default]
    Open,
    /// The kept ones too, up to half of them: it was made where there was no network, by a device's clock.
    Late,
    /// The kept ones too: an agent asks.
    Kept,
}

impl Share {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde passes it")]
    fn is_open(&self) -> bool {
        *self == Self::Open
    }
}

/// A room and a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// The queue ticket (3号室12号).
    pub ticket: Ticket,
    /// When to be there, local time.
    pub time: NaiveTime,
    /// The index of the slot, from 0.
    pub slot: u16,
}

/// A queue ticket: the room, and a number in it that is never reused. Not the order of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ticket {
    /// The room.
    pub room: u8,
    /// The number in that room; from 501 up for the desk.
    pub number: u16,
}

/// A ledger as its events made it: the visit's state row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    plan: PlacePlan,
    /// Serials given so far.
    serials: u32,
    /// Confirmed and not released.
    confirmed: u32,
    /// Per room and slot: whether somebody holds it, and how many tickets it gave out.
    slots: Vec<Vec<Slot>>,
    /// Per room: tickets given out by the desk.
    desk_tickets: Vec<u16>,
    /// Registrations without a place, first come first.
    waiting: Vec<(RegistrationId, Subject)>,
    /// Who has a place of the reserve.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    from_reserve: Vec<(RegistrationId, Share)>,
    /// The reserve is everybody's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    reserve_is_open: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Slot {
    held: u8,
    issued: u16,
}

/// Tickets one slot can give out before it is closed: a cancelled place gets a new number each time.
const TICKETS_PER_SLOT: u16 = 10;
/// The desk's tickets begin above this number.
const DESK_BLOCK: u16 = 500;

impl Ledger {
    /// Serials given so far: registrations received.
    pub fn registered(&self) -> u32 {
        self.serials
    }

    /// Places to be had by booking, taken or not.
    pub fn bookable(&self) -> u32 {
        match self.reserve_is_open {
            true => self.plan.places(),
            false => self.plan.bookable(),
        }
    }

    /// Places still to be had by booking.
    pub fn free(&self) -> u32 {
        let beside = match self.reserve_is_open {
            true => 0,
            false => self.reserve() - self.kept(),
        };
        (self.bookable() + beside).saturating_sub(self.confirmed)
    }

    /// Places of the reserve that nobody has.
    pub fn kept(&self) -> u32 {
        let given = self.from_reserve.len() as u32;
        self.reserve().saturating_sub(given)
    }

    /// True until the reserve is everybody's, where there is one.
    pub fn keeps_a_reserve(&self) -> bool {
        self.reserve() > 0
    }

    fn reserve(&self) -> u32 {
        match self.reserve_is_open {
            true => 0,
            false => self.plan.reserve(),
        }
    }

    /// How many are waiting for a place.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// The serial and placement the next registration gets, and whose share the place is of. The subject chooses
    /// the room. Who may have a kept place gets one only where there is no other.
    pub fn next_booking(&self, subject: Subject, share: Share) -> (u32, Placement, Share) {
        let is_free = self.free() > 0 && self.waiting.is_empty();
        let share = match is_free {
            true => Share::Open,
            false => share,
        };
        let place = (is_free || self.has_left(share))
            .then(|| self.earliest(subject))
            .flatten();
        let serial = self.serials + 1;
        match place {
            Some(place) => (serial, Placement::Confirmed(place), share),
            None => {
                let position = self.waiting.len() as u32 + 1;
                (serial, Placement::Waitlisted { position }, Share::Open)
            }
        }
    }

    fn has_left(&self, share: Share) -> bool {
        match share {
            Share::Open => false,
            Share::Kept => self.kept() > 0,
            Share::Late => {
                let given = self.from_reserve.iter();
                let late = given.filter(|(_, share)| *share == Share::Late).count() as u32;
                self.kept() > 0 && late < self.reserve().div_ceil(2)
            }
        }
    }

    /// Who gets a place now that one is free, and which.
    pub fn next_promotion(&self) -> Option<(RegistrationId, Place)> {
        let (registration, subject) = self.waiting.first()?;
        let place = (self.free() > 0)
            .then(|| self.earliest(*subject))
            .flatten()?;
        Some((*registration, place))
    }

    /// The desk's next ticket for a walk-in: the room of the subject with the fewest so far.
    pub fn next_walk_in(&self, subject: Subject) -> Option<Ticket> {
        let room = self
            .plan
            .rooms_for(subject)
            .min_by_key(|room| self.desk_tickets[*room])?;
        let given = DESK_BLOCK.checked_add(self.desk_tickets[room])?;
        Some(Ticket {
            room: self.plan.rooms[room].number,
            number: given.checked_add(1)?,
        })
    }

    /// True while this registration waits for a place.
    pub fn is_waiting(&self, registration: RegistrationId) -> bool {
        self.waiting
            .iter()
            .any(|(waiting, _)| *waiting == registration)
    }

    fn earliest(&self, subject: Subject) -> Option<Place> {
        let open = |room: usize, slot: usize| {
            let slot = self.slots[room][slot];
            slot.held == 0 && slot.issued < TICKETS_PER_SLOT
        };
        let in_rooms = |rooms: &[usize]| {
            let slots = 0..usize::from(self.plan.slots);
            slots
                .flat_map(|slot| rooms.iter().map(move |room| (*room, slot)))
                .find(|(room, slot)| open(*room, *slot))
        };
        let preferred: Vec<usize> = self.plan.rooms_for(subject).collect();
        let every: Vec<usize> = (0..self.plan.rooms.len()).collect();
        let (room, slot) = in_rooms(&preferred).or_else(|| in_rooms(&every))?;
        Some(self.place(room, slot))
    }

    fn place(&self, room: usize, slot: usize) -> Place {
        let before = (slot as u16).saturating_mul(TICKETS_PER_SLOT);
        let number = before.saturating_add(self.slots[room][slot].issued + 1);
        Place {
            ticket: Ticket {
                room: self.plan.rooms[room].number,
                number,
            },
            time: self.plan.time_of(slot as u16),
            slot: slot as u16,
        }
    }

    /// Applies one event. Never panics: a place outside the plan changes nothing.
    pub fn evolve(&mut self, event: &BookingEvent) {
        match event {
            BookingEvent::Planned { plan } => self.replan(plan),
            BookingEvent::Booked {
                serial,
                placement,
                registration,
                subject,
                share,
            } => {
                self.serials = *serial;
                if *share != Share::Open {
                    self.from_reserve.push((*registration, *share));
                }
                match placement {
                    Placement::Confirmed(place) => self.hold(place),
                    Placement::Waitlisted { .. } => self.waiting.push((*registration, *subject)),
                    Placement::WalkIn(_) => {}
                }
            }
            BookingEvent::ReserveOpened => {
                self.reserve_is_open = true;
                self.from_reserve.clear();
            }
            BookingEvent::Released {
                registration,
                place,
            } => {
                self.waiting.retain(|(waiting, _)| waiting != registration);
                self.from_reserve.retain(|(kept, _)| kept != registration);
                if let Some(place) = place {
                    self.confirmed = self.confirmed.saturating_sub(1);
                    if let Some(slot) = self.slot_mut(place) {
                        slot.held = slot.held.saturating_sub(1);
                    }
                }
            }
            BookingEvent::Promoted {
                registration,
                place,
            } => {
                self.waiting.retain(|(waiting, _)| waiting != registration);
                self.hold(place);
            }
            BookingEvent::WalkedIn { ticket, .. } => {
                let given = ticket.number.saturating_sub(DESK_BLOCK);
                if let Some(tickets) = self
                    .desk_tickets
                    .get_mut(usize::from(ticket.room.saturating_sub(1)))
                {
                    *tickets = given.max(*tickets);
                }
            }
        }
    }

    /// Rooms and slots that a later version drops stay known, so that no ticket of theirs is given
    /// out again when another version brings them back.
    fn replan(&mut self, plan: &PlacePlan) {
        let rooms = plan.rooms.len().max(self.slots.len());
        self.slots.resize(rooms, Vec::new());
        for room in &mut self.slots {
            let slots = usize::from(plan.slots).max(room.len());
            room.resize(slots, Slot::default());
        }
        self.desk_tickets.resize(rooms, 0);
        self.plan = plan.clone();
    }

    fn hold(&mut self, place: &Place) {
        self.confirmed = self.confirmed.saturating_add(1);
        if let Some(slot) = self.slot_mut(place) {
            slot.held = slot.held.saturating_add(1);
            slot.issued = slot.issued.saturating_add(1);
        }
    }

    fn slot_mut(&mut self, place: &Place) -> Option<&mut Slot> {
        let room = usize::from(place.ticket.room.checked_sub(1)?);
        self.slots.get_mut(room)?.get_mut(usize::from(place.slot))
    }
}

#[cfg(test)]
mod tests;
