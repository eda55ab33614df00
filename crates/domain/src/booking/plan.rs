use chrono::{Duration, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::filing::Subject;

/// The places of a visit: rooms × slots, of which a share is kept back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlacePlan {
    /// The rooms, numbered from 1.
    pub rooms: Vec<RoomPlan>,
    /// When the first slot begins, local time.
    pub begins: NaiveTime,
    /// Minutes of one slot.
    pub slot_minutes: u16,
    /// Slots in each room.
    pub slots: u16,
    /// Percent of all places kept for those without a good signal until the evening before (R07, people 26).
    pub reserve_percent: u8,
}

/// One room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoomPlan {
    /// From 1.
    pub number: u8,
    /// Subjects it takes; empty means all.
    pub subjects: Vec<Subject>,
}

impl PlacePlan {
    /// Slots a room can have: its tickets stay below those of the desk.
    pub const MAX_SLOTS: u16 = 50;

    /// Places in all.
    pub fn places(&self) -> u32 {
        self.rooms.len() as u32 * u32::from(self.slots)
    }

    /// Places to be had by booking, rounded down.
    pub fn bookable(&self) -> u32 {
        self.places() * (100 - u32::from(self.reserve_percent.min(100))) / 100
    }

    /// Places kept back.
    pub fn reserve(&self) -> u32 {
        self.places() - self.bookable()
    }

    /// Indexes of the rooms that take a subject: those that name it, else those that take all.
    pub fn rooms_for(&self, subject: Subject) -> impl Iterator<Item = usize> {
        let named = self
            .rooms
            .iter()
            .any(|room| room.subjects.contains(&subject));
        let takes = move |room: &RoomPlan| {
            if named {
                room.subjects.contains(&subject)
            } else {
                room.subjects.is_empty()
            }
        };
        let none = !self.rooms.iter().any(takes);
        (0..self.rooms.len()).filter(move |index| none || takes(&self.rooms[*index]))
    }

    /// When a slot begins.
    pub fn time_of(&self, slot: u16) -> NaiveTime {
        self.begins + Duration::minutes(i64::from(slot) * i64::from(self.slot_minutes))
    }
}
