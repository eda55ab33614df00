use serde::{Deserialize, Serialize};

use super::{
    FormErrors,
    choice::{NO_SESSION, choice},
    register::party_size,
    sheet::{Sheet, number},
};
use crate::{
    desk::DeskCommand,
    ids::{RegistrationId, VisitId},
    office::VisitCommand,
    text::Line,
    visit::VisitNotice,
};

/// An act on a visit's notice, as typed. Each act reads the fields it has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VisitActForm {
    /// What changes; published with the next version.
    pub change: String,
    /// Why it is published fewer than three days ahead; published.
    pub short_lead: String,
    /// Why it is given back.
    pub reason: String,
    /// Why it is cancelled; published.
    pub cancel_reason: String,
    /// The visit that is offered instead.
    pub offered: String,
}

impl VisitActForm {
    /// The next version of a notice. Whether a change must be named is the decision's to say.
    ///
    /// # Errors
    /// The field that is to be put right.
    pub fn revise(&self, visit: VisitId, notice: VisitNotice) -> Result<VisitCommand, FormErrors> {
        let mut sheet = Sheet::default();
        let change = sheet.optional("change", &self.change, Line::parse);
        sheet.finish(Some(VisitCommand::Revise {
            visit,
            notice: Box::new(notice),
            change,
        }))
    }

    /// Gives it to another for approval.
    ///
    /// # Errors
    /// The field that is to be put right.
    pub fn submit(&self, visit: VisitId) -> Result<VisitCommand, FormErrors> {
        let mut sheet = Sheet::default();
        let short_lead = sheet.optional("short_lead", &self.short_lead, Line::parse);
        sheet.finish(Some(VisitCommand::Submit { visit, short_lead }))
    }

    /// Gives it back to its author.
    ///
    /// # Errors
    /// The field that is to be put right.
    pub fn give_back(&self, visit: VisitId) -> Result<VisitCommand, FormErrors> {
        let mut sheet = Sheet::default();
        let reason = sheet.needed("reason", &self.reason, Line::parse);
        sheet.finish(reason.map(|reason| VisitCommand::Return { visit, reason }))
    }

    /// Cancels the visit.
    ///
    /// # Errors
    /// Every field that is to be put right.
    pub fn cancel(&self, visit: VisitId) -> Result<VisitCommand, FormErrors> {
        let mut sheet = Sheet::default();
        let reason = sheet.needed("cancel_reason", &self.cancel_reason, Line::parse);
        let offered = sheet.optional("offered", &self.offered, |raw| {
            raw.parse().map_err(|_| super::FieldProblem::NotAChoice)
        });
        sheet.finish(reason.map(|reason| VisitCommand::Cancel {
            visit,
            reason,
            offered,
        }))
    }
}

/// An act on a registration, as typed. Each act reads the fields it has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeskActForm {
    /// How many came, 1 to 999.
    pub people: String,
    /// The room's number.
    pub room: String,
    /// One of [`super::NO_SESSION`].
    pub why: String,
    /// What the contact before the visit was about.
    pub what: String,
}

impl DeskActForm {
    /// The party is there.
    ///
    /// # Errors
    /// The field that is to be put right.
    pub fn arrive(&self, registration: RegistrationId) -> Result<DeskCommand, FormErrors> {
        let mut sheet = Sheet::default();
        let people = sheet.needed("people", &self.people, party_size);
        sheet.finish(people.map(|people| DeskCommand::Arrive {
            registration,
            people,
        }))
    }

    /// To another room. Whether the visit has it is the decision's to say.
    ///
    /// # Errors
    /// The field that is to be put right.
    pub fn move_to(&self, registration: RegistrationId) -> Result<DeskCommand, FormErrors> {
        let mut sheet = Sheet::default();
        let max = u32::try_from(VisitNotice::MAX_ROOMS).unwrap_or(u32::MAX);
        let room = sheet.needed("room", &self.room, |raw| number(raw, 1, max));
        let room = room.and_then(|room| u8::try_from(room).ok());
        sheet.finish(room.map(|room| DeskCommand::Move { registration, room }))
    }

    /// It ended without a session.
    ///
    /// # Errors
    /// The field that is to be put right.
    pub fn end(&self, registration: RegistrationId) -> Result<DeskCommand, FormErrors> {
        let mut sheet = Sheet::default();
        let why = sheet.needed("why", &self.why, choice(&NO_SESSION));
        sheet.finish(why.map(|why| DeskCommand::EndWithoutSession { registration, why }))
    }

    /// An office contacted the registrant before the visit.
    ///
    /// # Errors
    /// The field that is to be put right.
    pub fn contact(&self, registration: RegistrationId) -> Result<VisitCommand, FormErrors> {
        let mut sheet = Sheet::default();
        let what = sheet.needed("what", &self.what, Line::parse);
        sheet.finish(what.map(|what| VisitCommand::NoteContact { registration, what }))
    }
}
