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
    /// When the person tapped, by the device's clock. Shown; no period and no order is counted from it. A booking
    /// that arrives late by it may have a place that is kept.
    pub captured_at: DateTime<Utc>,
    /// The version of the aggregate the person looked at, when that matters.
    pub expected_version: Option<u64>,
    /// What is asked for.
    pub command: C,
    /// What was sent back and is replaced by it: a letter with one of these may still be on its way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<Earlier>,
}

/// A command that another replaces, as it was: only who knows what it says can replace it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Earlier {
    /// Its id.
    pub id: CommandId,
    /// What it asked for.
    pub command: serde_json::Value,
}

impl<C> Envelope<C> {
    /// One that it replaces, as it was posted; none where it replaces no such thing.
    pub fn earlier(&self, id: CommandId) -> Option<Envelope<serde_json::Value>> {
        let earlier = self.replaces.iter().find(|earlier| earlier.id == id)?;
        Some(Envelope {
            id,
            county: self.county.clone(),
            area: self.area,
            device: self.device,
            sign_in: self.sign_in,
            build: self.build.clone(),
            captured_at: self.captured_at,
            expected_version: None,
            command: earlier.command.clone(),
            replaces: Vec::new(),
        })
    }
}

impl Earlier {
    /// So many of them are looked at.
    pub const MOST: usize = 8;

    /// What an envelope replaces that replaces this one: it, and what it has replaced.
    pub fn of(envelope: &str) -> Vec<Self> {
        let envelope: Option<Envelope<serde_json::Value>> = serde_json::from_str(envelope).ok();
        let all = envelope.into_iter().flat_map(|envelope| {
            let (id, command) = (envelope.id, envelope.command);
            std::iter::once(Self { id, command }).chain(envelope.replaces)
        });
        all.take(Self::MOST).collect()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(number: u128, replaces: Vec<Earlier>) -> Envelope<serde_json::Value> {
        Envelope {
            id: CommandId(uuid::Uuid::from_u128(number)),
            county: CountyCode::parse("330726").unwrap(),
            area: Area::Citizen,
            device: None,
            sign_in: None,
            build: "test".to_owned(),
            captured_at: DateTime::UNIX_EPOCH,
            expected_version: None,
            command: serde_json::json!({ "says": number }),
            replaces,
        }
    }

    #[test]
    fn what_replaces_one_replaces_all_that_it_had_replaced() {
        let mut last = envelope(1, Vec::new());
        for number in 2..=20 {
            let posted = serde_json::to_string(&last).unwrap();
            last = envelope(number, Earlier::of(&posted));
        }
        let ids: Vec<u128> = last.replaces.iter().map(|it| it.id.0.as_u128()).collect();
        // The latest, which are the likeliest to be still on their way.
        assert_eq!(ids, [19, 18, 17, 16, 15, 14, 13, 12]);
        assert_eq!(Earlier::of("<html>"), []);
        assert_eq!(
            last.earlier(last.replaces[1].id),
            Some(envelope(18, Vec::new()))
        );
        assert_eq!(last.earlier(last.id), None);
    }

    #[test]
    fn one_that_replaces_nothing_is_posted_as_it_was_before_there_was_such_a_thing() {
        let posted = serde_json::to_value(envelope(1, Vec::new())).unwrap();
        assert_eq!(posted.get("replaces"), None);
        assert_eq!(
            serde_json::from_value::<Envelope<serde_json::Value>>(posted).unwrap(),
            envelope(1, Vec::new())
        );
    }
}
