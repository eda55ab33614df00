//! The one way to change the domain: a no-script form, a phone's envelope, the desk, the command
//! line and the demonstration data all come through [`execute`].

use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Official},
    agent::AgentCommand,
    calendar::LegalCalendar,
    case::CaseEvent,
    citizen::CitizenCommand,
    clock::RuleSet,
    desk::DeskCommand,
    event::DomainEvent,
    given::{Dice, Given},
    ids::{CommandId, DeviceId, SignInId},
    office::OfficeCommand,
    receipt::Receipt,
    refusal::Refusal,
    registration::RegistrationEvent,
    timed::TimedCommand,
    world::{Needs, World},
};
use futures_util::FutureExt;
use serde::{Deserialize, Serialize};
use store::{
    Aggregate, County, Lane, NextAction, Provenance, Store, StoreError, Tx, kind, records::Owner,
};
use sync::{Answer, Rejection};

use crate::accounts;

/// Every area's command. Only the server knows the union.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "area", content = "command", rename_all = "snake_case")]
pub enum AnyCommand {
    Citizen(CitizenCommand),
    Agent(AgentCommand),
    Desk(DeskCommand),
    Office(OfficeCommand),
    /// No envelope carries one.
    Timed(TimedCommand),
}

impl AnyCommand {
    fn needs(&self) -> Needs {
        match self {
            Self::Citizen(command) => command.needs(),
            Self::Agent(command) => command.needs(),
            Self::Desk(command) => command.needs(),
            Self::Office(command) => command.needs(),
            Self::Timed(command) => command.needs(),
        }
    }

    fn decide(
        &self,
        actor: &Actor,
        id: CommandId,
        world: &World,
        given: &mut Given<'_>,
    ) -> Result<(domain::event::Decided, Receipt), Refusal> {
        match self {
            Self::Citizen(command) => domain::citizen::decide(actor, id, command, world, given),
            Self::Agent(command) => domain::agent::decide(actor, id, command, world, given),
            Self::Desk(command) => domain::desk::decide(actor, id, command, world, given),
            Self::Office(command) => domain::office::decide(actor, id, command, world, given),
            Self::Timed(command) => domain::timed::decide(actor, command, world, given),
        }
    }
}

/// A command with who asks, and when.
#[derive(Clone, Debug)]
pub struct Asked {
    pub actor: Actor,
    pub id: CommandId,
    pub command: AnyCommand,
    /// The sign-in it was captured under, where it names one.
    pub sign_in: Option<SignInId>,
    /// The tablet that it was captured on, where it names one.
    pub device: Option<DeviceId>,
    /// By the device's clock: no period is counted from it ([`Given::captured_at`]).
    pub captured_at: DateTime<Utc>,
    /// By the server's.
    pub received_at: DateTime<Utc>,
    /// The version of the thing that the person looked at, where it must be the newest.
    pub expected_version: Option<u64>,
    /// What was sent back before, and is replaced by it.
    pub replaces: Vec<(CommandId, AnyCommand)>,
}

impl Asked {
    /// Asked here, at this moment.
    pub fn at(actor: Actor, id: CommandId, command: AnyCommand, now: DateTime<Utc>) -> Self {
        Self {
            actor,
            id,
            command,
            sign_in: None,
            device: None,
            captured_at: now,
            received_at: now,
            expected_version: None,
            replaces: Vec::new(),
        }
    }
}

/// Randomness of the operating system.
struct SystemDice;

impl Dice for SystemDice {
    fn roll(&mut self) -> u64 {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes)
            .expect("the operating system gives random numbers or nothing is safe");
        u64::from_ne_bytes(bytes)
    }
}

/// How often a code that is taken already is rolled anew: at a million codes in use of 10⁹ one in
/// a thousand is taken, so three in a row are one in 10⁹.
const ROLLS: u32 = 4;

/// Carries out one command exactly once. A repeat gets the stored answer.
pub async fn execute(store: &Store, county: County, asked: &Asked) -> Answer {
    execute_with(store, county, asked, || Box::new(SystemDice)).await
}

/// As [`execute`], with dice of one's own: demonstration data and tests come out the same each time.
pub async fn execute_with<D>(store: &Store, county: County, asked: &Asked, dice: D) -> Answer
where
    D: Fn() -> Box<dyn Dice + Send> + Clone + Send + Sync + 'static,
{
    for _ in 0..ROLLS {
        let (asked, dice) = (asked.clone(), dice.clone());
        let lane = lane_of(&asked);
        let done = store
            .execute(lane, move |tx| {
                let (asked, dice) = (asked.clone(), dice());
                carry_out(tx, county, asked, dice).boxed()
            })
            .await;
        match done {
            Ok(answer) | Err(Undone::Answered(answer)) => return answer,
            Err(Undone::Store(StoreError::Taken { .. })) => {}
            Err(Undone::Store(error)) => {
                tracing::error!(%error, "a command was not stored");
                return Answer::TryLater { after_seconds: 5 };
            }
        }
    }
    Answer::TryLater { after_seconds: 5 }
}

/// Why a job leaves nothing behind.
enum Undone {
    Answered(Answer),
    Store(StoreError),
}

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

async fn carry_out(
    tx: &mut Tx,
    county: County,
    mut asked: Asked,
    mut dice: Box<dyn Dice + Send>,
) -> Result<Answer, Undone> {
    let at = asked.received_at.into();
    let content = to_json(&asked.command)?;
    match tx.start_command(county, asked.id.0, &content, at).await? {
        NextAction::Start => {}
        NextAction::Replay(stored) => return replay(stored),
        NextAction::DifferentContent => return Err(rejected(Rejection::SameIdOtherContent)),
    }
    let replaced = replaced_by(tx, county, &asked).await?;
    // Only now: a repeat gets its answer whatever became of the sign-in since.
    asked.actor = captured_by(tx, &asked).await?;
    let needs = asked.command.needs();
    let mut loaded = tx.load_world(county, needs).await?;
    if let (Some(expected), Some(found)) = (asked.expected_version, loaded.version(needs))
        && expected != found
    {
        return Err(Undone::Answered(Answer::Conflict { expected, found }));
    }
    loaded.world.sealed_readers = sealed_readers(tx, county).await?;
    let calendar = tx.calendar(county);
    let (decided, receipt) = decide(&asked, &loaded.world, &calendar, dice.as_mut())
        .map_err(|refusal| rejected(Rejection::Refused { refusal }))?;
    let provenance = Provenance {
        actor: to_json(&asked.actor)?,
        captured_at: asked.captured_at.into(),
        received_at: at,
    };
    tx.commit_decided(county, loaded, &decided.events, &provenance)
        .await?;
    let receipt = match sender(&decided.events) {
        Some(owner) => receipt.with_upload(tx.upload_token(county, owner)),
        None => receipt,
    };
    let answer = Answer::Received { receipt };
    if let Some(owner) = owner(county, &decided.events) {
        tx.finish_command(asked.id.0, &owner, &to_json(&answer)?, at)
            .await?;
        let by = Answer::Rejected {
            reason: Rejection::Replaced { by: asked.id },
        };
        for id in replaced {
            tx.finish_command(id.0, &owner, &to_json(&by)?, at).await?;
        }
    }
    Ok(answer)
}

/// Claims what the command replaces, so that a letter with it, which may still be on its way, makes no second. Where
/// one has come, nothing is done. An id that says something else is not what was sent back, and stays what it is.
async fn replaced_by(tx: &mut Tx, county: County, asked: &Asked) -> Result<Vec<CommandId>, Undone> {
    let mut replaced = Vec::new();
    for (id, command) in &asked.replaces {
        if *id == asked.id || replaced.contains(id) {
            continue;
        }
        let at = asked.received_at.into();
        match tx
            .start_command(county, id.0, &to_json(command)?, at)
            .await?
        {
            NextAction::Start => replaced.push(*id),
            NextAction::DifferentContent => {}
            NextAction::Replay(stored) => {
                if let Answer::Received { .. } = replay(stored)? {
                    let earlier = *id;
                    return Err(rejected(Rejection::EarlierReceived { earlier }));
                }
            }
        }
    }
    Ok(replaced)
}

/// Who acted when it was captured. The official who sends it may name an earlier sign-in of their
/// own that was valid then and was not revoked (`people.md` 3); what they may do is as it is today.
async fn captured_by(tx: &mut Tx, asked: &Asked) -> Result<Actor, Undone> {
    let (Actor::Official(official), Some(sign_in)) = (&asked.actor, asked.sign_in) else {
        return Ok(asked.actor.clone());
    };
    if sign_in == official.sign_in {
        return Ok(asked.actor.clone());
    }
    let (captured, now) = (asked.captured_at.into(), asked.received_at.into());
    let record = tx.sign_in_record(sign_in.0).await?;
    let mut limits = accounts::SESSION;
    if let Some(device) = asked.device
        && tx.holds_tablet(official.id.0, device.0).await?
    {
        // Without a network nobody sees it: its PIN closes it when nobody looks, and its pass ends with the sign-in.
        limits.idle = limits.absolute;
    }
    let covers = record.is_some_and(|record| record.covers(official.id.0, captured, limits, now));
    if !covers {
        return Err(rejected(Rejection::NeedsYou));
    }
    let official = official.clone();
    Ok(Actor::Official(Official {
        sign_in,
        ..official
    }))
}

fn decide(
    asked: &Asked,
    world: &World,
    calendar: &LegalCalendar,
    dice: &mut dyn Dice,
) -> Result<(domain::event::Decided, Receipt), Refusal> {
    let mut given = Given {
        now: asked.received_at,
        captured_at: asked.captured_at,
        calendar,
        rules: &RuleSet::default(),
        dice,
    };
    asked
        .command
        .decide(&asked.actor, asked.id, world, &mut given)
}

/// The answer is sealed under the key of what the command is about, and goes when that is erased.
fn owner(county: County, events: &[DomainEvent]) -> Option<Aggregate<'static>> {
    let places = |event: &DomainEvent| match event {
        DomainEvent::Booking { id, .. } => Some(Aggregate::new(county, kind::VISIT, id.0)),
        _ => None,
    };
    let about = |event: &DomainEvent| match event {
        DomainEvent::Booking { .. } => None,
        DomainEvent::Visit { id, .. } => Some(Aggregate::new(county, kind::VISIT, id.0)),
        DomainEvent::Registration { id, .. } => {
            Some(Aggregate::new(county, kind::REGISTRATION, id.0))
        }
        DomainEvent::Case { id, .. } => Some(Aggregate::new(county, kind::CASE, id.0)),
        DomainEvent::Matter { id, .. } => Some(Aggregate::new(county, kind::MATTER, id.0)),
    };
    let owner = events.iter().find_map(about);
    owner.or_else(|| events.iter().find_map(places))
}

/// What was filed with photos or recordings to follow: its sender gets the token for them.
fn sender(events: &[DomainEvent]) -> Option<Owner> {
    events.iter().find_map(|event| {
        let (owner, filing) = match event {
            DomainEvent::Registration {
                id,
                event: RegistrationEvent::Received(received),
            } => (Owner::Registration(*id), &received.filing),
            // Of one that was born of a registration they are the registration's.
            DomainEvent::Case {
                id,
                event: CaseEvent::Opened(opening),
            } if opening.origin.registration().is_none() => (Owner::Case(*id), &opening.filing),
            _ => return None,
        };
        (!filing.attachments().is_empty()).then_some(owner)
    })
}

/// Commands that touch one visit's places go one after another, and share a commit.
fn lane_of(asked: &Asked) -> Lane {
    let needs = asked.command.needs();
    let place = needs
        .ledger
        .map(|visit| visit.0)
        .or(needs.registration.map(|id| id.0));
    Lane(place.or(needs.case.map(|id| id.0)).unwrap_or(asked.id.0))
}

/// Officials named in the settings as readers of sealed matters.
async fn sealed_readers(
    tx: &mut Tx,
    county: County,
) -> Result<Vec<domain::ids::OfficialId>, StoreError> {
    let stored = tx.setting_in(county, "sealed_readers").await?;
    Ok(stored
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default())
}

fn replay(stored: Option<Vec<u8>>) -> Result<Answer, Undone> {
    let erased = || Answer::Rejected {
        reason: Rejection::Refused {
            refusal: Refusal::NotFound,
        },
    };
    let stored = stored.map(|json| serde_json::from_slice(&json));
    match stored {
        Some(Ok(answer)) => Ok(answer),
        Some(Err(error)) => Err(StoreError::Corrupt {
            what: format!("a stored answer: {error}"),
        }
        .into()),
        None => Ok(erased()),
    }
}

fn rejected(reason: Rejection) -> Undone {
    Undone::Answered(Answer::Rejected { reason })
}

fn to_json(value: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(value).map_err(|error| StoreError::Corrupt {
        what: format!("JSON: {error}"),
    })
}
