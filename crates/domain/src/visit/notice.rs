//! The public announcement of a visit, with every field the rules ask for (`domain.md` §2.5, §5.1).

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    booking::{PlacePlan, RoomPlan},
    division::DivisionCode,
    filing::Subject,
    ids::OfficialId,
    phone::PhoneNumber,
    refusal::Refusal,
    text::{Line, Paragraph, PersonName},
};

/// A notice of a leaders' visit (下访公告).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitNotice {
    /// The title on the poster.
    pub title: Line,
    /// The form of reception.
    pub mode: VisitMode,
    /// The day.
    pub date: NaiveDate,
    /// From and to.
    pub hours: Hours,
    /// Where.
    pub venue: Venue,
    /// Who receives: name, title and portfolio are published (2009 rules, method 1).
    pub leaders: Vec<Leader>,
    /// Departments that come along.
    pub departments: Vec<Line>,
    /// Rooms by subject.
    pub rooms: Vec<ReceptionRoom>,
    /// What can be decided there.
    pub scope: Paragraph,
    /// What cannot be received this time, and where to go instead.
    pub exclusions: Vec<Line>,
    /// When registration is open.
    pub registration: RegistrationWindow,
    /// What to bring.
    pub bring: Vec<Line>,
    /// The office's telephone, for those without a phone of their own kind.
    pub phone: PhoneNumber,
    /// Minutes for one batch in one room.
    pub slot_minutes: u16,
    /// Percent of places kept for walk-ins, agents, desk and telephone.
    pub reserve_percent: u8,
    /// The visit's named officers: until it begins, only they see who registered. Not published.
    pub officers: Vec<OfficialId>,
}

/// The form of reception (2009 rules, method 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VisitMode {
    /// 定点接访.
    FixedPlace,
    /// 重点约访.
    ByInvitation,
    /// 带案下访.
    WithCase,
}

/// Opening hours of a day, local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hours {
    /// Begin.
    pub from: NaiveTime,
    /// End.
    pub to: NaiveTime,
}

/// Where people are received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Venue {
    /// The name people know.
    pub name: Line,
    /// The address.
    pub address: Line,
    /// The township or village it lies in.
    pub division: Option<DivisionCode>,
    /// WGS-84; map links convert to each provider's datum.
    pub point: Option<GeoPoint>,
}

/// A WGS-84 position in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GeoPoint {
    /// Latitude × 10⁶.
    pub latitude_e6: i32,
    /// Longitude × 10⁶.
    pub longitude_e6: i32,
}

/// A leader who receives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Leader {
    /// The name.
    pub name: PersonName,
    /// The title.
    pub title: Line,
    /// The portfolio (分管工作).
    pub portfolio: Line,
}

/// A numbered room and what is talked about in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReceptionRoom {
    /// 1 to 60.
    pub number: u8,
    /// The subject or department on its door.
    pub label: Line,
    /// Subjects it takes; empty means all.
    pub subjects: Vec<Subject>,
}

/// When registration is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegistrationWindow {
    /// From.
    pub opens: DateTime<Utc>,
    /// To; by default 17:00 the day before (R02).
    pub closes: DateTime<Utc>,
}

/// China's one zone is UTC+8 without summer time.
const CHINA: TimeDelta = TimeDelta::hours(8);

/// The instant of a local time. The ends of the calendar stay where they are.
pub(crate) fn china_time(local: NaiveDateTime) -> DateTime<Utc> {
    local
        .checked_sub_signed(CHINA)
        .unwrap_or(NaiveDateTime::MIN)
        .and_utc()
}

/// The local time of an instant.
pub(crate) fn local_time(instant: DateTime<Utc>) -> NaiveDateTime {
    instant
        .naive_utc()
        .checked_add_signed(CHINA)
        .unwrap_or(NaiveDateTime::MAX)
}

impl VisitNotice {
    /// Rooms a visit may have (R04).
    pub const MAX_ROOMS: usize = 60;
    /// Whole days a notice is published ahead of its visit (R01).
    pub const LEAD_DAYS: i64 = 3;

    /// # Errors
    /// [`Refusal::NoticeInconsistent`] names the part that does not fit.
    pub fn check(&self) -> Result<(), Refusal> {
        let fits = [
            (
                "leaders",
                !self.leaders.is_empty() && self.leaders.len() <= 60,
            ),
            ("rooms", self.rooms_are_numbered()),
            ("hours", self.hours.from < self.hours.to),
            ("slot_minutes", (5..=240).contains(&self.slot_minutes)),
            (
                "slot_minutes",
                self.place_plan().slots <= PlacePlan::MAX_SLOTS,
            ),
            ("reserve_percent", self.reserve_percent <= 90),
            (
                "registration",
                self.registration.opens < self.registration.closes,
            ),
            ("closes", self.registration.closes <= self.begins()),
        ];
        match fits.into_iter().find(|(_, fits)| !fits) {
            Some((field, _)) => Err(Refusal::NoticeInconsistent {
                field: field.to_owned(),
            }),
            None => Ok(()),
        }
    }

    fn rooms_are_numbered(&self) -> bool {
        let in_order = self
            .rooms
            .iter()
            .zip(1..)
            .all(|(room, number)| room.number == number);
        in_order && (1..=Self::MAX_ROOMS).contains(&self.rooms.len())
    }

    /// True when it is fewer whole days ahead than it should be: published only with a reason.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        (self.date - today).num_days() < Self::LEAD_DAYS
    }

    /// When places that were kept are everybody's: 18:00 the day before.
    pub fn reserve_opens(&self) -> DateTime<Utc> {
        self.at(NaiveTime::MIN) - TimeDelta::hours(6)
    }

    /// When the visit begins.
    pub fn begins(&self) -> DateTime<Utc> {
        self.at(self.hours.from)
    }

    /// When the visit ends.
    pub fn ends(&self) -> DateTime<Utc> {
        self.at(self.hours.to)
    }

    fn at(&self, time: NaiveTime) -> DateTime<Utc> {
        china_time(self.date.and_time(time))
    }

    /// The places this notice offers.
    pub fn place_plan(&self) -> PlacePlan {
        let minutes = (self.hours.to - self.hours.from).num_minutes().max(0);
        let rooms = self.rooms.iter();
        PlacePlan {
            rooms: rooms
                .map(|room| RoomPlan {
                    number: room.number,
                    subjects: room.subjects.clone(),
                })
                .collect(),
            begins: self.hours.from,
            slot_minutes: self.slot_minutes,
            slots: (minutes / i64::from(self.slot_minutes.max(1))) as u16,
            reserve_percent: self.reserve_percent,
        }
    }
}
