use serde::{Deserialize, Serialize};

use super::Period;

/// The rows of the deadline table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClockKind {
    /// The petition office sends the matter to the organ with power.
    Transfer,
    /// The unit says the matter is not its own. Runs beside [`Self::AcceptNotice`], which an
    /// objection does not stop.
    Object,
    /// The unit tells the petitioner in writing what it received and the path.
    AcceptNotice,
    /// The unit answers; only for appeals that take the petition procedure (art. 31, path 6).
    Handle,
    /// The most by which handling may be extended.
    Extension,
    ReviewRequest,
    Review,
    RereviewRequest,
    Rereview,
    /// The reviewer says why a request does not qualify.
    ReviewRefusalNotice,
    /// The unit reports back; the assigner may set another date.
    AssignedReport,
    SimpleAccept,
    SimpleHandle,
    /// Each level in between passes a simple matter on.
    SimpleForward,
    /// When it ends the matter is "not rated", never satisfied by default.
    RatingWindow,
}

/// What starts a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartEvent {
    OfficeReceived,
    UnitReceived,
    LevelReceived,
    Assigned,
    Accepted,
    /// The last counted day of [`ClockKind::Handle`], before any move off a holiday.
    HandleEnded,
    ReplyServed,
    ReviewRequestReceived,
    ReviewServed,
    RereviewRequestReceived,
}

/// Who must act before a clock runs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    PetitionOffice,
    Unit,
    UnitHead,
    /// A right, not a duty: it lapses.
    Petitioner,
    /// The organ next above the one that replied.
    Reviewer,
    /// The organ next above the reviewer.
    Rereviewer,
    /// The level the matter is passing through.
    ForwardingLevel,
}

/// Where a length comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// 《信访工作条例》 of 2022.
    Regulation { article: u8 },
    /// The 2016 trial text on simple matters; the limits of the 2022 revision are unconfirmed.
    SimpleTrial2016,
    /// A local or ministry rule.
    LocalRule,
    /// Our own default.
    Product,
}

impl Basis {
    /// Whether a citizen may be told the length as law.
    pub const fn is_law(self) -> bool {
        matches!(self, Self::Regulation { .. })
    }
}

struct Row(StartEvent, Period, Duty, Basis);

impl ClockKind {
    pub const ALL: [Self; 15] = [
        Self::Transfer,
        Self::Object,
        Self::AcceptNotice,
        Self::Handle,
        Self::Extension,
        Self::ReviewRequest,
        Self::Review,
        Self::RereviewRequest,
        Self::Rereview,
        Self::ReviewRefusalNotice,
        Self::AssignedReport,
        Self::SimpleAccept,
        Self::SimpleHandle,
        Self::SimpleForward,
        Self::RatingWindow,
    ];

    const fn row(self) -> Row {
        use Period::{CalendarDays as Days, WorkingDays};
        use StartEvent as On;
        const fn art(article: u8) -> Basis {
            Basis::Regulation { article }
        }
        match self {
            Self::Transfer => Row(On::OfficeReceived, Days(15), Duty::PetitionOffice, art(22)),
            Self::Object => Row(On::UnitReceived, WorkingDays(5), Duty::Unit, art(23)),
            Self::AcceptNotice => Row(On::UnitReceived, Days(15), Duty::Unit, art(23)),
            Self::Handle => Row(On::Accepted, Days(60), Duty::Unit, art(34)),
            Self::Extension => Row(On::HandleEnded, Days(30), Duty::UnitHead, art(34)),
            Self::ReviewRequest => Row(On::ReplyServed, Days(30), Duty::Petitioner, art(35)),
            Self::Review => Row(On::ReviewRequestReceived, Days(30), Duty::Reviewer, art(35)),
            Self::RereviewRequest => Row(On::ReviewServed, Days(30), Duty::Petitioner, art(36)),
            Self::Rereview => Row(
                On::RereviewRequestReceived,
                Days(30),
                Duty::Rereviewer,
                art(36),
            ),
            Self::ReviewRefusalNotice => Row(
                On::ReviewRequestReceived,
                Days(15),
                Duty::Reviewer,
                Basis::LocalRule,
            ),
            Self::AssignedReport => Row(On::Assigned, Days(30), Duty::Unit, Basis::Product),
            Self::SimpleAccept => Row(
                On::UnitReceived,
                WorkingDays(3),
                Duty::Unit,
                Basis::SimpleTrial2016,
            ),
            Self::SimpleHandle => Row(
                On::Accepted,
                WorkingDays(10),
                Duty::Unit,
                Basis::SimpleTrial2016,
            ),
            Self::SimpleForward => Row(
                On::LevelReceived,
                WorkingDays(1),
                Duty::ForwardingLevel,
                Basis::SimpleTrial2016,
            ),
            Self::RatingWindow => Row(On::ReplyServed, Days(30), Duty::Petitioner, Basis::Product),
        }
    }

    pub const fn starts_on(self) -> StartEvent {
        self.row().0
    }

    /// The length of the "2022" rules; [`super::RuleSet::period`] gives the one in force.
    pub const fn default_period(self) -> Period {
        self.row().1
    }

    pub const fn duty(self) -> Duty {
        self.row().2
    }

    /// The source of [`Self::default_period`].
    pub const fn basis(self) -> Basis {
        self.row().3
    }
}
