//! What the office may ask for: notices, case work, public matters.

mod case;
mod correct;
mod matter;
mod matter_command;
mod possible;
mod reply;
mod visit;

use serde::{Deserialize, Serialize};

use crate::{
    actor::{Actor, Official, Role},
    event::Decided,
    given::Given,
    ids::CommandId,
    receipt::Receipt,
    refusal::Refusal,
    world::{Needs, World},
};

pub use case::{CaseAct, CaseCommand, SendTo};
pub use matter_command::{MatterAct, MatterCommand, PROPOSERS, PUBLIC_MATTERS};
pub use possible::{CaseActKind, Offer, offers};
pub use visit::{APPROVERS, AUTHORS, VisitCommand};

/// The office's commands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum OfficeCommand {
    /// A visit and its notice.
    Visit(VisitCommand),
    /// A case.
    Case(CaseCommand),
    /// A public matter.
    Matter(MatterCommand),
}

impl OfficeCommand {
    /// What must be loaded to decide it.
    pub fn needs(&self) -> Needs {
        match self {
            Self::Visit(command) => command.needs(),
            Self::Case(command) => Needs {
                case: Some(command.case),
                ..Needs::default()
            },
            Self::Matter(command) => command.needs(),
        }
    }
}

/// Decides an office's command.
///
/// # Errors
/// [`Refusal`] says why nothing happens.
pub fn decide(
    actor: &Actor,
    id: CommandId,
    command: &OfficeCommand,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let Actor::Official(official) = actor else {
        return Err(Refusal::NotAllowed);
    };
    match command {
        OfficeCommand::Visit(command) => visit::decide(official, id, command, world, given),
        OfficeCommand::Case(command) => case::decide(official, command, world, given),
        OfficeCommand::Matter(command) => matter::decide(official, id, command, world, given),
    }
}

/// Those whose work is cases; everybody else has no list of them.
pub const CASE_WORK: &[Role] = &[
    Role::PetitionOfficer,
    Role::UnitHandler,
    Role::UnitHead,
    Role::Supervisor,
];

fn permit(official: &Official, roles: &[Role]) -> Result<(), Refusal> {
    if official.has(roles) {
        Ok(())
    } else {
        Err(Refusal::NotAllowed)
    }
}
