use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    FormErrors,
    choice::{DELEGATES, choice},
    sheet::{Sheet, date},
};
use crate::{
    actor::{HolderRole, Opened},
    citizen::CitizenCommand,
    code::SecondFactor,
    text::PersonName,
};

/// Access for one more person, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct AccessForm {
    /// One of [`DELEGATES`].
    pub who: String,
    /// Their name.
    pub name: String,
    /// The last day, `yyyy-mm-dd`.
    pub until: String,
    /// Four digits for them.
    pub pin: String,
}

impl AccessForm {
    /// # Errors
    /// What is wrong with the fields.
    pub fn parse(&self, opens: Opened) -> Result<CitizenCommand, FormErrors> {
        let mut sheet = Sheet::default();
        let who = sheet.needed("who", &self.who, choice(&DELEGATES));
        let name = sheet.needed("name", &self.name, PersonName::parse);
        let until = sheet.needed("until", &self.until, date);
        let pin = sheet.needed("pin", &self.pin, SecondFactor::parse);
        let all: Option<(HolderRole, PersonName, NaiveDate, SecondFactor)> =
            (|| Some((who?, name?, until?, pin?)))();
        sheet.finish(all.map(
            |(holder, name, until, second_factor)| CitizenCommand::GrantAccess {
                opens,
                holder,
                name,
                until,
                second_factor,
            },
        ))
    }
}
