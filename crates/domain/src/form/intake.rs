use serde::{Deserialize, Serialize};

use super::{
    FormErrors, RegisterForm,
    choice::{CHANNELS, choice},
    sheet::{Sheet, date},
};
use crate::{desk::Intake, ids::OfficialId, person::Filer, text::Line};

/// Counter, call or letter on one page, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct IntakeForm {
    /// Who and what.
    #[serde(flatten)]
    pub filing: RegisterForm,
    /// One of [`super::CHANNELS`].
    pub channel: String,
    /// `yyyy-mm-dd`: the day the office had it.
    pub received_on: String,
    /// Reason and source where that precedes entry.
    pub received_reason: String,
}

impl IntakeForm {
    /// # Errors
    /// Every field that is to be put right.
    pub fn parse(&self, official: OfficialId) -> Result<Intake, FormErrors> {
        let mut sheet = Sheet::default();
        let channel = sheet.needed("channel", &self.channel, choice(&CHANNELS));
        let received_on = sheet.needed("received_on", &self.received_on, date);
        let received_reason = sheet.optional("received_reason", &self.received_reason, Line::parse);
        let filing = match self.filing.parse_filed_by(Filer::Desk { official }) {
            Ok(filing) => Some(filing),
            Err(FormErrors(errors)) => {
                for error in errors {
                    sheet.note(error.field, error.problem);
                }
                None
            }
        };
        let whole = || {
            Some(Intake {
                filing: filing?,
                channel: channel?,
                received_on: received_on?,
                received_reason,
            })
        };
        let whole = whole();
        sheet.finish(whole)
    }
}
