//! Access for one more person, given and ended.

use chrono::TimeDelta;
use domain::{
    actor::{Actor, HolderRole, Opened},
    citizen::CitizenCommand,
    code::SecondFactor,
    ids::GrantId,
};
use uuid::Uuid;

use super::{Luck, pick};
use crate::{
    county::{Command, County},
    people::{holder_as, text},
};

impl Luck {
    pub(super) fn access(&self, county: &County) -> (Actor, Command) {
        let (opens, delegates) = if self.how.is_multiple_of(4) {
            let id = self.case(county);
            let known = county.cases.get(&id);
            (
                Opened::Case(id),
                known.map_or(&[][..], |case| &case.delegates[..]),
            )
        } else {
            let id = self.registration(county);
            let known = county.registrations.get(&id);
            (
                Opened::Registration(id),
                known.map_or(&[][..], |known| &known.delegates[..]),
            )
        };
        let command = if self.how < 160 {
            let today = domain::calendar::china_date(county.now);
            CitizenCommand::GrantAccess {
                opens,
                holder: match self.how % 3 {
                    0 => HolderRole::Agent,
                    1 => HolderRole::Relative,
                    _ => HolderRole::Representative,
                },
                name: text("陈小妹"),
                until: today + TimeDelta::days(i64::from(self.how) * 3 - 3),
                second_factor: SecondFactor::parse("2468").unwrap(),
            }
        } else {
            let grants = delegates.iter().map(|known| known.grant.id);
            let grant = pick(grants, self.which / 4).unwrap_or(GrantId(Uuid::nil()));
            CitizenCommand::RevokeAccess { opens, grant }
        };
        let role = match self.which % 8 {
            0 => HolderRole::Relative,
            _ => HolderRole::Petitioner,
        };
        (holder_as(opens, role), Command::Citizen(command))
    }
}
