//! The invented officials.

use anyhow::Result;
use domain::{
    actor::{Actor, Official, Role, SealedReader},
    ids::{OfficialId, SignInId, UnitId},
};
use uuid::Uuid;

use super::name;

/// The petition office's unit.
pub const OFFICE: UnitId = UnitId(Uuid::from_u128(0x0FF1CE));
/// The county's transport bureau.
pub const TRANSPORT: UnitId = UnitId(Uuid::from_u128(0x70AD));

fn official(number: u128, called: &str, unit: UnitId, roles: &[Role]) -> Result<Actor> {
    Ok(Actor::Official(Official {
        id: OfficialId(Uuid::from_u128(number)),
        name: name(called)?,
        unit,
        roles: roles.to_vec(),
        sealed_reader: SealedReader::No,
        sign_in: SignInId(Uuid::from_u128(number)),
    }))
}

pub fn author() -> Result<Actor> {
    official(
        1,
        "演示甲",
        OFFICE,
        &[Role::Publisher, Role::PetitionOfficer],
    )
}

pub fn approver() -> Result<Actor> {
    official(
        2,
        "演示乙",
        OFFICE,
        &[Role::Publisher, Role::ReceivingLeader],
    )
}

pub fn desk() -> Result<Actor> {
    official(3, "演示丙", OFFICE, &[Role::DeskClerk])
}

pub fn room() -> Result<Actor> {
    official(4, "演示丁", OFFICE, &[Role::RoomClerk])
}

pub fn handler() -> Result<Actor> {
    official(5, "演示戊", TRANSPORT, &[Role::UnitHandler])
}

pub fn head() -> Result<Actor> {
    official(6, "演示己", TRANSPORT, &[Role::UnitHead])
}

pub fn id_of(actor: &Actor) -> OfficialId {
    match actor {
        Actor::Official(official) => official.id,
        _ => OfficialId(Uuid::nil()),
    }
}
