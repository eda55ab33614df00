//! What a village agent (代办员) may ask for: to register and file for villagers, free of charge.
//! An agent never withdraws, rates, or reads accusations.

use serde::{Deserialize, Serialize};

use crate::{
    actor::{Actor, Role},
    citizen::{self, CitizenCommand},
    event::Decided,
    filing::{Filing, MatterKind},
    given::Given,
    ids::{CommandId, VisitId},
    person::Filer,
    receipt::Receipt,
    refusal::Refusal,
    world::{Needs, World},
};

/// The agent's commands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum AgentCommand {
    /// Register a villager's party for a visit.
    Register {
        /// Which visit.
        visit: VisitId,
        /// Who and what.
        filing: Box<Filing>,
    },
    /// File a villager's ordinary matter.
    File {
        /// Who and what.
        filing: Box<Filing>,
    },
}

impl AgentCommand {
    /// What must be loaded to decide it.
    pub fn needs(&self) -> Needs {
        match self {
            Self::Register { visit, .. } => Needs {
                visit: Some(*visit),
                ledger: Some(*visit),
                ..Needs::default()
            },
            Self::File { .. } => Needs::default(),
        }
    }
}

/// Decides an agent's command.
///
/// # Errors
/// [`Refusal::NotAllowed`] unless the actor is an agent, names themself as filer, and does not
/// carry an accusation; else what the citizen's own command would be refused for.
pub fn decide(
    actor: &Actor,
    id: CommandId,
    command: &AgentCommand,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let Actor::Official(agent) = actor else {
        return Err(Refusal::NotAllowed);
    };
    let (AgentCommand::Register { filing, .. } | AgentCommand::File { filing }) = command;
    let filed_by_agent =
        matches!(&filing.party.filer, Filer::Agent { agent: filer, .. } if *filer == agent.id);
    if !agent.has(&[Role::VillageAgent]) || !filed_by_agent || filing.kind == MatterKind::Accusation
    {
        return Err(Refusal::NotAllowed);
    }
    let filing = filing.clone();
    let own = match command {
        AgentCommand::Register { visit, .. } => CitizenCommand::Register {
            visit: *visit,
            filing,
        },
        AgentCommand::File { .. } => CitizenCommand::File { filing },
    };
    citizen::decide(actor, id, &own, world, given)
}
