//! What time itself asks for: nobody sends it, the server does when the moment has come.

use serde::{Deserialize, Serialize};

use crate::{
    actor::Actor,
    booking::BookingEvent,
    citizen::promote_first,
    event::Decided,
    given::Given,
    ids::VisitId,
    receipt::Receipt,
    refusal::Refusal,
    world::{Needs, World},
};

/// The clock's commands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum TimedCommand {
    /// The evening before a visit the places that were kept are everybody's (people 26).
    OpenReserve {
        /// Which visit.
        visit: VisitId,
    },
}

impl TimedCommand {
    /// What must be loaded to decide it.
    pub fn needs(&self) -> Needs {
        let Self::OpenReserve { visit } = self;
        Needs {
            visit: Some(*visit),
            ledger: Some(*visit),
            ..Needs::default()
        }
    }
}

/// Decides what is due.
///
/// # Errors
/// [`Refusal::NotAllowed`] to everybody but the clock; [`Refusal::NotInThisState`] where it is not due, or was done.
pub fn decide(
    actor: &Actor,
    command: &TimedCommand,
    world: &World,
    given: &Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    if *actor != Actor::Clock {
        return Err(Refusal::NotAllowed);
    }
    let TimedCommand::OpenReserve { visit } = command;
    open_reserve(*visit, world, given)
}

/// Those who wait get what there is, first come first.
fn open_reserve(
    id: VisitId,
    world: &World,
    given: &Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let visit = world.visit()?;
    let mut ledger = world.ledger()?.clone();
    if !visit.gives_up_its_reserve(given.now) || !ledger.keeps_a_reserve() {
        return Err(Refusal::state(&visit.phase(given.now)));
    }
    let mut decided = Decided::default();
    ledger.evolve(&BookingEvent::ReserveOpened);
    decided.booking(id, BookingEvent::ReserveOpened);
    while promote_first(id, &mut ledger, &mut decided) {}
    Ok((decided, Receipt::Visit { visit: id }))
}
