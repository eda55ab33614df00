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

/// Every unit with its name.
pub const UNITS: [(UnitId, &str); 2] = [(OFFICE, "浦江县信访局"), (TRANSPORT, "浦江县交通运输局")];

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

fn administrator() -> Result<Actor> {
    official(7, "演示庚", OFFICE, &[Role::Administrator])
}

/// Everybody who can sign in, with their title.
pub fn all() -> Result<[(Actor, &'static str); 7]> {
    Ok([
        (author()?, "信访局工作人员、信息发布员"),
        (approver()?, "接访领导、信息发布审核"),
        (desk()?, "窗口登记员"),
        (room()?, "接待室记录员"),
        (handler()?, "交通运输局承办人"),
        (head()?, "交通运输局负责人"),
        (administrator()?, "管理员"),
    ])
}

pub fn id_of(actor: &Actor) -> OfficialId {
    match actor {
        Actor::Official(official) => official.id,
        _ => OfficialId(Uuid::nil()),
    }
}
