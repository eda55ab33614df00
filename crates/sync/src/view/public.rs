//! Views that are the same for everybody: they hold no identity.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    division::DivisionCode,
    filing::Subject,
    form::RegisterForm,
    ids::{MatterId, UnitId, VisitId},
    matter::{Commitment, MatterChange, MatterStatus},
    text::{Line, Paragraph, PersonName},
    visit::{Cancellation, Hours, Leader, NoticeChange, VisitCode, VisitNotice, VisitPhase},
};
use serde::{Deserialize, Serialize};

/// The front page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Home {
    /// The next visit, if one is announced.
    pub next: Option<NoticeRow>,
    /// The newest result.
    pub last: Option<NoticeRow>,
    /// Public matters with the newest steps.
    pub matters: Vec<MatterRow>,
    /// Today, in China.
    pub today: NaiveDate,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// Notices by date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notices {
    /// To come, soonest first.
    pub upcoming: Vec<NoticeRow>,
    /// Past, newest first, with their result.
    pub past: Vec<NoticeRow>,
    /// Townships that can be chosen.
    pub townships: Vec<Division>,
    /// Today, in China.
    pub today: NaiveDate,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

impl Notices {
    /// Those in one township.
    #[must_use]
    pub fn of_township(mut self, township: &DivisionCode) -> Self {
        for rows in [&mut self.upcoming, &mut self.past] {
            rows.retain(|row| row.is_in(township));
        }
        self
    }
}

impl NoticeRow {
    /// Whether the venue lies in a township.
    pub fn is_in(&self, township: &DivisionCode) -> bool {
        let at = self.township.as_ref();
        at.is_some_and(|at| at.code == *township)
    }
}

/// A notice in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NoticeRow {
    /// Which visit.
    pub visit: VisitId,
    /// The title.
    pub title: Line,
    /// The day.
    pub date: NaiveDate,
    /// From and to.
    pub hours: Hours,
    /// The venue's name.
    pub venue: Line,
    /// The township it lies in.
    pub township: Option<Division>,
    /// Who receives.
    pub leaders: Vec<ListedLeader>,
    /// Where it stands.
    pub phase: VisitPhase,
    /// When registration opens and closes.
    pub registration: domain::visit::RegistrationWindow,
    /// Places still to be had by booking.
    pub free: u32,
    /// The day's figures, once it is over.
    pub figures: Option<VisitFigures>,
}

/// Who receives, as a list says it: the portfolio is on the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedLeader {
    /// The name.
    pub name: PersonName,
    /// The title.
    pub title: Line,
}

impl From<Leader> for ListedLeader {
    fn from(leader: Leader) -> Self {
        let Leader { name, title, .. } = leader;
        Self { name, title }
    }
}

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NoticePage {
    /// Which visit.
    pub visit: VisitId,
    /// The text; its named officers are left out.
    pub notice: VisitNotice,
    /// The township of the venue.
    pub township: Option<Division>,
    /// 1, 2, 3 …
    pub version: u32,
    /// When this version was published.
    pub published_at: DateTime<Utc>,
    /// Why it came fewer than three days ahead.
    pub short_lead: Option<Line>,
    /// Changes since first publication, oldest first.
    pub changes: Vec<NoticeChange>,
    /// Why it will not take place.
    pub cancelled: Option<Cancellation>,
    /// Where it stands.
    pub phase: VisitPhase,
    /// How many places there are.
    pub places: Places,
    /// The day's figures, once it is over.
    pub figures: Option<VisitFigures>,
    /// The next visit that is open, when this one is full, over or cancelled.
    pub instead: Option<NoticeRow>,
    /// Today, in China.
    pub today: NaiveDate,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// What a poster in a village shows of a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Poster {
    /// The notice.
    pub page: NoticePage,
    /// The visit in eight digits, for those who type or telephone.
    pub code: VisitCode,
    /// The whole address the QR leads to; it needs no sign-in and no script.
    pub address: String,
    /// The address as a QR.
    pub qr: Option<Qr>,
}

/// A QR code, drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Qr {
    /// The dark modules as an SVG path, one unit a module.
    pub path: String,
    /// Modules along one side, with the quiet zone.
    pub size: u32,
}

/// Places of a visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Places {
    /// To be had by booking, in all.
    pub bookable: u32,
    /// Of these, free.
    pub free: u32,
    /// Waiting for one.
    pub waiting: u32,
    /// Kept until the evening before for agents, and requests that arrive late from where there is no signal.
    pub kept: u32,
}

/// What a visit came to. Batches, person-visits, issues and cases are four counts, never mixed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitFigures {
    /// Reception rooms.
    pub rooms: u32,
    /// Departments that came along.
    pub departments: u32,
    /// Batches that registered before the day (批).
    pub registered: u32,
    /// Batches received (批次).
    pub batches: u32,
    /// People in them (人次).
    pub person_visits: u32,
    /// Of the batches, those that came without booking.
    pub walk_ins: u32,
    /// Registered, but did not come.
    pub no_shows: u32,
    /// Issues raised (个问题).
    pub issues: u32,
    /// Issues decided on the spot.
    pub on_spot: u32,
    /// Of these, not contradicted by the citizen after 30 days; none before.
    pub not_contradicted: Option<u32>,
    /// Cases (件).
    pub cases: u32,
    /// Cases with a served reply.
    pub answered: u32,
}

/// A division.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Division {
    /// Its code.
    pub code: DivisionCode,
    /// Its name.
    pub name: String,
    /// County, township or village.
    pub level: DivisionLevel,
}

impl Division {
    /// The matter's place and the petitioner's village, and the townships they lie in: whose officials
    /// may be asked not to know.
    pub fn is_near(&self, form: &RegisterForm) -> bool {
        let chosen = [&form.place, &form.village];
        chosen
            .into_iter()
            .filter_map(|code| DivisionCode::parse(code).ok())
            .any(|code| code == self.code || code.township().as_ref() == Some(&self.code))
    }
}

/// What a person chooses from who registers: the same for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choices {
    /// Places of the county.
    pub divisions: Vec<Division>,
    /// Offices that can be kept from knowing.
    pub units: Vec<(UnitId, Line)>,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// The levels below the city.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DivisionLevel {
    /// 县.
    County,
    /// 乡镇街道.
    Township,
    /// 村社区.
    Village,
}

/// Public matters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Matters {
    /// Newest step first.
    pub rows: Vec<MatterRow>,
    /// Townships that can be chosen.
    pub townships: Vec<Division>,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

impl Matters {
    /// Those that concern one township, or a place in it.
    #[must_use]
    pub fn of_township(mut self, township: &DivisionCode) -> Self {
        let is_in = |place: &Division| place.code.township().as_ref() == Some(township);
        self.rows.retain(|row| row.places.iter().any(is_in));
        self
    }
}

/// A public matter in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatterRow {
    /// Which.
    pub matter: MatterId,
    /// The title.
    pub title: Line,
    /// What it is about.
    pub subject: Subject,
    /// Places it concerns.
    pub places: Vec<Division>,
    /// The day it was answered.
    pub answered_on: Option<NaiveDate>,
    /// The day every promise was kept.
    pub done_on: Option<NaiveDate>,
    /// The next step and its date.
    pub next: Option<(Line, NaiveDate)>,
    /// True when that date has passed.
    pub overdue: bool,
}

/// One public matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatterPage {
    /// Which.
    pub matter: MatterId,
    /// The title.
    pub title: Line,
    /// Other names people know it by.
    pub aliases: Vec<Line>,
    /// What it is about.
    pub subject: Subject,
    /// Places it concerns.
    pub places: Vec<Division>,
    /// People concerned, about.
    pub population: Option<u32>,
    /// What is the matter; none once the page was taken back.
    pub summary: Option<Paragraph>,
    /// Where it stands.
    pub status: MatterStatus,
    /// When it became public.
    pub published_at: DateTime<Utc>,
    /// The answer and its day. Not the same as done.
    pub answered: Option<(Line, NaiveDate)>,
    /// Promises with their steps.
    pub commitments: Vec<Commitment>,
    /// What was put right or taken back since publication, oldest first.
    pub changes: Vec<MatterChange>,
    /// Today, in China.
    pub today: NaiveDate,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// A village's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Village {
    /// The village.
    pub village: Division,
    /// Its township.
    pub township: Option<Division>,
    /// Public matters that concern it.
    pub matters: Vec<MatterRow>,
    /// The next visit in its township, else the county's; none that was called off.
    pub next: Option<NoticeRow>,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

impl Village {
    /// From the lists of the county; none where it has no such place. A matter of the whole township concerns
    /// each of its villages.
    #[must_use]
    pub fn of(
        code: &DivisionCode,
        divisions: &[Division],
        matters: Matters,
        notices: Notices,
    ) -> Option<Self> {
        let named = |code: &DivisionCode| divisions.iter().find(|it| it.code == *code).cloned();
        let township = code.township();
        let concerns =
            |place: &Division| place.code == *code || Some(&place.code) == township.as_ref();
        let mut rows = matters.rows;
        rows.retain(|row| row.places.iter().any(concerns));
        let mut upcoming = notices.upcoming;
        upcoming.retain(|row| row.phase != VisitPhase::Cancelled);
        let near = |row: &&NoticeRow| township.as_ref().is_some_and(|it| row.is_in(it));
        let next = upcoming.iter().find(near).or(upcoming.first()).cloned();
        Some(Self {
            village: named(code)?,
            township: township.as_ref().and_then(named),
            matters: rows,
            next,
            as_of: matters.as_of.min(notices.as_of),
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;
    use domain::visit::RegistrationWindow;
    use uuid::Uuid;

    use super::*;

    const AT: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn division(code: &str, level: DivisionLevel) -> Division {
        Division {
            code: DivisionCode::parse(code).unwrap(),
            name: code.to_owned(),
            level,
        }
    }

    fn matter(id: u128, place: &Division) -> MatterRow {
        MatterRow {
            matter: MatterId(Uuid::from_u128(id)),
            title: Line::parse("示例").unwrap(),
            subject: Subject::Roads,
            places: vec![place.clone()],
            answered_on: None,
            done_on: None,
            next: None,
            overdue: false,
        }
    }

    fn visit(id: u128, township: Option<&Division>, phase: VisitPhase) -> NoticeRow {
        NoticeRow {
            visit: VisitId(Uuid::from_u128(id)),
            title: Line::parse("示例").unwrap(),
            date: AT.date_naive(),
            hours: Hours {
                from: NaiveTime::MIN,
                to: NaiveTime::MIN,
            },
            venue: Line::parse("示例").unwrap(),
            township: township.cloned(),
            leaders: Vec::new(),
            phase,
            registration: RegistrationWindow {
                opens: AT,
                closes: AT,
            },
            free: 0,
            figures: None,
        }
    }

    #[test]
    fn a_village_has_its_own_matters_and_its_townships_and_the_nearest_visit_that_takes_place() {
        use VisitPhase::{Cancelled, RegistrationOpen};
        let town = division("330726101", DivisionLevel::Township);
        let other_town = division("330726102", DivisionLevel::Township);
        let village = division("330726101201", DivisionLevel::Village);
        let neighbour = division("330726101202", DivisionLevel::Village);
        let divisions = [&town, &other_town, &village, &neighbour].map(Clone::clone);
        let matters = Matters {
            rows: vec![
                matter(1, &other_town),
                matter(2, &town),
                matter(3, &neighbour),
                matter(4, &village),
            ],
            townships: Vec::new(),
            as_of: AT,
        };
        let of = |upcoming: Vec<NoticeRow>| {
            let notices = Notices {
                upcoming,
                past: Vec::new(),
                townships: Vec::new(),
                today: AT.date_naive(),
                as_of: AT + chrono::TimeDelta::hours(1),
            };
            Village::of(&village.code, &divisions, matters.clone(), notices).unwrap()
        };
        let seen = of(vec![
            visit(1, Some(&town), Cancelled),
            visit(2, Some(&other_town), RegistrationOpen),
            visit(3, Some(&town), RegistrationOpen),
        ]);
        assert_eq!(seen.village, village);
        assert_eq!(seen.township.as_ref(), Some(&town));
        let ids = seen.matters.iter().map(|row| row.matter.0.as_u128());
        assert_eq!(ids.collect::<Vec<_>>(), [2, 4]);
        let next = |village: Village| village.next.map(|row| row.visit.0.as_u128());
        // As old as the older of the two lists.
        assert_eq!(seen.as_of, AT);
        assert_eq!(next(seen), Some(3));
        let county = visit(5, None, RegistrationOpen);
        assert_eq!(
            next(of(vec![visit(4, Some(&town), Cancelled), county])),
            Some(5)
        );
        assert_eq!(next(of(vec![visit(4, Some(&town), Cancelled)])), None);
    }
}
