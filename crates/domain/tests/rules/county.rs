//! A county in memory: it loads what a command needs, decides, and folds what came of it.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::{Actor, Official},
    agent::{self, AgentCommand},
    booking::Ledger,
    calendar::LegalCalendar,
    case::{Case, CaseEvent},
    citizen::{self, CitizenCommand},
    clock::RuleSet,
    desk::{self, DeskCommand},
    division::CountyCode,
    event::DomainEvent,
    given::{Given, SeededDice},
    ids::{CaseId, CommandId, MatterId, OfficialId, RegistrationId, VisitId},
    matter::PublicMatter,
    office::{self, Offer, OfficeCommand},
    receipt::Receipt,
    refusal::Refusal,
    registration::Registration,
    timed::{self, TimedCommand},
    visit::Visit,
    world::{Needs, Places, World},
};
use uuid::Uuid;

use crate::people::{SEALED_READER, start};

/// A command of any area.
#[derive(Clone, Debug)]
pub enum Command {
    Citizen(CitizenCommand),
    Agent(AgentCommand),
    Desk(DeskCommand),
    Office(OfficeCommand),
    Timed(TimedCommand),
}

impl Command {
    fn needs(&self) -> Needs {
        match self {
            Self::Citizen(command) => command.needs(),
            Self::Agent(command) => command.needs(),
            Self::Desk(command) => command.needs(),
            Self::Office(command) => command.needs(),
            Self::Timed(command) => command.needs(),
        }
    }
}

#[derive(Clone)]
pub struct County {
    pub now: DateTime<Utc>,
    /// So old is a command when it arrives.
    pub age: TimeDelta,
    pub dice: SeededDice,
    pub events: Vec<DomainEvent>,
    pub visits: BTreeMap<VisitId, Visit>,
    pub ledgers: BTreeMap<VisitId, Ledger>,
    pub registrations: BTreeMap<RegistrationId, Registration>,
    pub cases: BTreeMap<CaseId, Case>,
    pub matters: BTreeMap<MatterId, PublicMatter>,
    pub next: u128,
}

impl County {
    pub fn new(seed: u64) -> Self {
        Self {
            now: start(),
            age: TimeDelta::zero(),
            dice: SeededDice::new(seed),
            events: Vec::new(),
            visits: BTreeMap::new(),
            ledgers: BTreeMap::new(),
            registrations: BTreeMap::new(),
            cases: BTreeMap::new(),
            matters: BTreeMap::new(),
            next: 1 << 64,
        }
    }

    fn world(&self, needs: Needs) -> World {
        let registration = needs
            .registration
            .and_then(|id| self.registrations.get(&id).cloned());
        let own_visit = registration
            .as_ref()
            .filter(|_| needs.places != Places::Untouched)
            .map(|known| known.received.visit);
        let visit = needs.visit.or(own_visit);
        let changed = own_visit.filter(|_| needs.places == Places::Changed);
        let ledger = needs.ledger.or(changed);
        World {
            county: CountyCode::parse("330726").ok(),
            sealed_readers: vec![OfficialId(Uuid::from_u128(SEALED_READER))],
            visit: visit.and_then(|id| self.visits.get(&id).cloned()),
            ledger: ledger.map(|id| Arc::new(self.ledgers.get(&id).cloned().unwrap_or_default())),
            registration,
            case: needs.case.and_then(|id| self.cases.get(&id).cloned()),
            matter: needs.matter.and_then(|id| self.matters.get(&id).cloned()),
        }
    }

    /// Decides a command under a fresh id and applies what came of it.
    pub fn execute(&mut self, actor: &Actor, command: &Command) -> Result<Receipt, Refusal> {
        let id = CommandId(Uuid::from_u128(self.next));
        self.next += 1;
        let world = self.world(command.needs());
        let rules = RuleSet::default();
        let given = &mut Given {
            now: self.now,
            captured_at: self.now - self.age,
            calendar: LegalCalendar::builtin(),
            rules: &rules,
            dice: &mut self.dice,
        };
        let (decided, receipt) = match command {
            Command::Citizen(command) => citizen::decide(actor, id, command, &world, given),
            Command::Agent(command) => agent::decide(actor, id, command, &world, given),
            Command::Desk(command) => desk::decide(actor, id, command, &world, given),
            Command::Office(command) => office::decide(actor, id, command, &world, given),
            Command::Timed(command) => timed::decide(actor, command, &world, given),
        }?;
        for event in decided.events {
            self.fold(event);
        }
        Ok(receipt)
    }

    /// What an official can do with a case now.
    pub fn offers(&self, official: &Official, case: CaseId) -> Vec<Offer> {
        let world = self.world(Needs {
            case: Some(case),
            ..Needs::default()
        });
        let rules = RuleSet::default();
        let given = &mut Given {
            now: self.now,
            captured_at: self.now,
            calendar: LegalCalendar::builtin(),
            rules: &rules,
            dice: &mut SeededDice::new(0),
        };
        office::offers(official, case, &world, given)
    }

    /// Applies one event, as the store does.
    pub fn fold(&mut self, event: DomainEvent) {
        match &event {
            DomainEvent::Visit { id, event } => self.visits.entry(*id).or_default().evolve(event),
            DomainEvent::Booking { id, event } => {
                self.ledgers.entry(*id).or_default().evolve(event);
            }
            DomainEvent::Registration { id, event } => {
                let mut state = self.registrations.remove(id);
                Registration::evolve(&mut state, event);
                self.registrations.extend(state.map(|state| (*id, state)));
            }
            DomainEvent::Case { id, event } => {
                let mut state = self.cases.remove(id);
                Case::evolve(&mut state, event);
                self.cases.extend(state.map(|state| (*id, state)));
            }
            DomainEvent::Matter { id, event } => {
                let mut state = self.matters.remove(id);
                PublicMatter::evolve(&mut state, event);
                self.matters.extend(state.map(|state| (*id, state)));
            }
        }
        self.events.push(event);
    }

    pub fn case_events(&self) -> impl Iterator<Item = (CaseId, &CaseEvent)> {
        self.events.iter().filter_map(|event| match event {
            DomainEvent::Case { id, event } => Some((*id, event)),
            _ => None,
        })
    }
}
