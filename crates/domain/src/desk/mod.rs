//! What the desk and the rooms may ask for: intake, arrival, walk-ins, the session's record.

mod act;
mod intake;
mod session;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    actor::{Actor, Official, Role},
    case::{Channel, IssueOutcome},
    event::Decided,
    filing::{Filing, Statement},
    given::Given,
    ids::{CommandId, RegistrationId, VisitId},
    person::PartySize,
    receipt::Receipt,
    refusal::Refusal,
    registration::NoSession,
    text::{Line, PersonName, PlainSentence},
    world::{Needs, Places, World},
};

pub use act::DeskAct;
pub(crate) use act::may_read;

/// The desk's commands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum DeskCommand {
    /// Take in a matter at the counter, by call or letter, on one page.
    Intake(Box<Intake>),
    /// The party is there.
    Arrive {
        /// Which.
        registration: RegistrationId,
        /// How many came.
        people: PartySize,
    },
    /// The number of people who came had been entered wrongly.
    CorrectArrival {
        /// Which.
        registration: RegistrationId,
        /// How many came.
        people: PartySize,
        /// What was wrong.
        reason: Line,
    },
    /// A party came without booking; it is there.
    WalkIn {
        /// Which visit.
        visit: VisitId,
        /// Who and what.
        filing: Box<Filing>,
    },
    /// Send a party to another room.
    Move {
        /// Which.
        registration: RegistrationId,
        /// The room.
        room: u8,
    },
    /// Save the record of a session.
    RecordSession(Box<SessionRecord>),
    /// It ended without a session: it becomes an ordinary matter.
    EndWithoutSession {
        /// Which.
        registration: RegistrationId,
        /// Why.
        why: NoSession,
    },
}

/// A matter taken in by the office itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Intake {
    /// Who and what.
    pub filing: Filing,
    /// Counter, call or letter.
    pub channel: Channel,
    /// The day the office had it.
    pub received_on: NaiveDate,
    /// Reason and source (postmark, paper book) where that precedes entry by more than a day.
    pub received_reason: Option<Line>,
}

/// What was said and decided at the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionRecord {
    /// Which registration.
    pub registration: RegistrationId,
    /// The leader who received, and confirmed these words.
    pub leader: PersonName,
    /// Each request and what was decided.
    pub issues: Vec<DecidedIssue>,
    /// Whether the petitioner says the record is right. 不确认 is an equal button.
    pub record: TableAnswer,
    /// The record in one plain sentence.
    pub plain: PlainSentence,
    /// Whether the printed record was handed over against signature or thumb.
    pub hand_over: HandOver,
}

/// One request and what was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecidedIssue {
    /// What was asked for.
    pub statement: Vec<Statement>,
    /// What was decided.
    pub outcome: IssueOutcome,
}

/// The petitioner's word at the table about the record, not about the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TableAnswer {
    /// The record is right.
    Right,
    /// 不确认.
    NotConfirmed,
}

/// Whether the record was served at the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HandOver {
    /// Handed over, with signature or thumb.
    Signed,
    /// Not yet.
    Later,
}

impl DeskCommand {
    /// What must be loaded to decide it.
    pub fn needs(&self) -> Needs {
        let none = Needs::default();
        match self {
            Self::Intake(_) => none,
            Self::WalkIn { visit, .. } => Needs {
                visit: Some(*visit),
                ledger: Some(*visit),
                ..none
            },
            Self::Arrive { registration, .. } | Self::Move { registration, .. } => Needs {
                registration: Some(*registration),
                places: Places::Changed,
                ..none
            },
            Self::CorrectArrival { registration, .. } => Needs {
                registration: Some(*registration),
                ..none
            },
            Self::RecordSession(record) => Needs {
                registration: Some(record.registration),
                places: Places::Changed,
                ..none
            },
            Self::EndWithoutSession { registration, .. } => Needs {
                registration: Some(*registration),
                places: Places::Changed,
                ..none
            },
        }
    }
}

/// Decides a desk's command.
///
/// # Errors
/// [`Refusal`] says why nothing happens.
pub fn decide(
    actor: &Actor,
    id: CommandId,
    command: &DeskCommand,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let Actor::Official(official) = actor else {
        return Err(Refusal::NotAllowed);
    };
    permit(official, command)?;
    match command {
        DeskCommand::Intake(intake) => intake::take_in(official, id, intake, world, given),
        DeskCommand::WalkIn { visit, filing } => {
            intake::walk_in(official, *visit, id, filing, world, given)
        }
        DeskCommand::Arrive {
            registration,
            people,
        } => session::arrive(official, *registration, *people, world, given),
        DeskCommand::CorrectArrival {
            registration,
            people,
            reason,
        } => session::correct_arrival(official, *registration, *people, reason, world, given),
        DeskCommand::Move { registration, room } => {
            session::move_to(official, *registration, *room, world)
        }
        DeskCommand::RecordSession(record) => session::record(official, id, record, world, given),
        DeskCommand::EndWithoutSession { registration, why } => {
            session::end_without(official, id, *registration, *why, world, given)
        }
    }
}

/// Who takes in and receives at the desk.
pub const DESK: &[Role] = &[Role::DeskClerk, Role::PetitionOfficer];

/// The desk's rows of the role table (`domain.md` §5.5).
fn permit(official: &Official, command: &DeskCommand) -> Result<(), Refusal> {
    let act = match command {
        DeskCommand::Intake(_)
        | DeskCommand::WalkIn { .. }
        | DeskCommand::CorrectArrival { .. } => None,
        DeskCommand::Arrive { .. } => Some(DeskAct::Arrive),
        DeskCommand::Move { .. } => Some(DeskAct::Move),
        DeskCommand::RecordSession(_) => Some(DeskAct::Record),
        DeskCommand::EndWithoutSession { .. } => Some(DeskAct::End),
    };
    let roles = act.and_then(DeskAct::roles).unwrap_or(DESK);
    if official.has(roles) {
        Ok(())
    } else {
        Err(Refusal::NotAllowed)
    }
}
