use chrono::{DateTime, Utc};
use domain::{
    division::CountyCode,
    ids::{CommandId, DeviceId, SignInId},
};
use serde::{Deserialize, Serialize};

/// A command on its way. `C` is one area's command: only the server knows them all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Envelope<C> {
    /// Made on the device (UUIDv7), the same for every repeat: the key to exactly once.
    pub id: CommandId,
    /// Where it goes.
    pub county: CountyCode,
    /// Whose command it is.
    pub area: Area,
    /// The device that queued it.
    pub device: Option<DeviceId>,
    /// The official's sign-in it was captured under, which may be over when it arrives
    /// (`people.md` 3). Without one it is the sign-in that sends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<SignInId>,
    /// The build that wrote it.
    pub build: String,
    /// When the person tapped, by the device's clock. Shown, never counted from.
    pub captured_at: DateTime<Utc>,
    /// The version of the aggregate the person looked at, when that matters.
    pub expected_version: Option<u64>,
    /// What is asked for.
    pub command: C,
}

/// Commands are grouped by who may ask for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// [`domain::citizen::CitizenCommand`].
    Citizen,
    /// [`domain::agent::AgentCommand`].
    Agent,
    /// [`domain::desk::DeskCommand`].
    Desk,
    /// [`domain::office::OfficeCommand`].
    Office,
}

/// A command that knows its area.
pub trait AreaCommand: Serialize {
    /// The area.
    const AREA: Area;
}

impl AreaCommand for domain::citizen::CitizenCommand {
    const AREA: Area = Area::Citizen;
}

impl AreaCommand for domain::agent::AgentCommand {
    const AREA: Area = Area::Agent;
}

impl AreaCommand for domain::desk::DeskCommand {
    const AREA: Area = Area::Desk;
}

impl AreaCommand for domain::office::OfficeCommand {
    const AREA: Area = Area::Office;
}
