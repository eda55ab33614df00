use serde::{Deserialize, Serialize};

use super::{
    FieldProblem, FormErrors, MatterPageForm,
    sheet::{Sheet, date},
};
use crate::{
    ids::{MatterId, UnitId},
    matter::{Indicator, Published},
    office::{MatterAct, MatterCommand},
    text::Line,
};

/// What is done with a public matter, as typed: each act reads its own fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct MatterActForm {
    /// The page, where it is written anew.
    #[serde(flatten)]
    pub page: MatterPageForm,
    /// The answer in one sentence.
    pub answer: String,
    /// The day of what happened.
    pub on: String,
    /// What is promised.
    pub promise: String,
    /// The unit that promised.
    pub unit: String,
    /// The day something is planned for.
    pub planned: String,
    /// What is measured.
    pub measure: String,
    /// The measure before.
    pub before: String,
    /// The measure after.
    pub after: String,
    /// Of which promise.
    pub commitment: String,
    /// Which step.
    pub milestone: String,
    /// What the step is.
    pub step: String,
    /// What shows that it was reached.
    pub evidence: String,
    /// The new date.
    pub until: String,
    /// Why it comes later, was wrong, or is taken back.
    pub reason: String,
}

impl MatterActForm {
    /// `name_of` gives a unit's name, as it is published.
    ///
    /// # Errors
    /// Every field that is to be put right.
    pub fn parse(
        &self,
        act: MatterAct,
        matter: MatterId,
        name_of: impl Fn(UnitId) -> Option<Line>,
    ) -> Result<MatterCommand, FormErrors> {
        let mut sheet = Sheet::default();
        let command = match act {
            MatterAct::Revise => {
                let page = Box::new(self.page.parse()?);
                Some(MatterCommand::Revise { matter, page })
            }
            MatterAct::Approve => Some(MatterCommand::Approve { matter }),
            MatterAct::Answer => {
                let answer = sheet.needed("answer", &self.answer, Line::parse);
                let on = sheet.needed("on", &self.on, date);
                (|| {
                    Some(MatterCommand::Answer {
                        matter,
                        answer: answer?,
                        on: on?,
                    })
                })()
            }
            MatterAct::Commit => self.promise(&mut sheet, matter, name_of),
            MatterAct::AddMilestone => {
                let commitment = sheet.needed("commitment", &self.commitment, id);
                let title = sheet.needed("step", &self.step, Line::parse);
                let planned = sheet.needed("planned", &self.planned, date);
                (|| {
                    Some(MatterCommand::AddMilestone {
                        matter,
                        commitment: commitment?,
                        title: title?,
                        planned: planned?,
                    })
                })()
            }
            MatterAct::CompleteMilestone => {
                let milestone = sheet.needed("milestone", &self.milestone, id);
                let on = sheet.needed("on", &self.on, date);
                let evidence = sheet.needed("evidence", &self.evidence, Line::parse);
                (|| {
                    Some(MatterCommand::CompleteMilestone {
                        matter,
                        milestone: milestone?,
                        on: on?,
                        evidence: evidence?,
                    })
                })()
            }
            MatterAct::DelayMilestone => {
                let milestone = sheet.needed("milestone", &self.milestone, id);
                let until = sheet.needed("until", &self.until, date);
                let reason = sheet.needed("reason", &self.reason, Line::parse);
                (|| {
                    Some(MatterCommand::DelayMilestone {
                        matter,
                        milestone: milestone?,
                        until: until?,
                        reason: reason?,
                    })
                })()
            }
            MatterAct::Correct => {
                let page = Box::new(self.page.parse()?);
                let reason = sheet.needed("reason", &self.reason, Line::parse);
                reason.map(|reason| MatterCommand::Correct {
                    matter,
                    page,
                    reason,
                })
            }
            MatterAct::ApproveCorrection => Some(MatterCommand::ApproveCorrection { matter }),
            MatterAct::TakeBackPage => self.take_back(&mut sheet, matter, Some(Published::Page)),
            MatterAct::TakeBackAnswer => {
                self.take_back(&mut sheet, matter, Some(Published::Answer))
            }
            MatterAct::TakeBackStep => {
                let step = sheet.needed("milestone", &self.milestone, id);
                let what = step.map(|milestone| Published::Step { milestone });
                self.take_back(&mut sheet, matter, what)
            }
            MatterAct::TakeBackFulfilment => {
                let promise = sheet.needed("commitment", &self.commitment, id);
                let what = promise.map(|commitment| Published::Fulfilment { commitment });
                self.take_back(&mut sheet, matter, what)
            }
            MatterAct::Fulfil => {
                let commitment = sheet.needed("commitment", &self.commitment, id);
                let on = sheet.needed("on", &self.on, date);
                (|| {
                    Some(MatterCommand::Fulfil {
                        matter,
                        commitment: commitment?,
                        on: on?,
                    })
                })()
            }
        };
        sheet.finish(command)
    }

    fn take_back(
        &self,
        sheet: &mut Sheet,
        matter: MatterId,
        what: Option<Published>,
    ) -> Option<MatterCommand> {
        let reason = sheet.needed("reason", &self.reason, Line::parse);
        Some(MatterCommand::TakeBack {
            matter,
            what: what?,
            reason: reason?,
        })
    }

    fn promise(
        &self,
        sheet: &mut Sheet,
        matter: MatterId,
        name_of: impl Fn(UnitId) -> Option<Line>,
    ) -> Option<MatterCommand> {
        let promise = sheet.needed("promise", &self.promise, Line::parse);
        let unit = sheet.needed("unit", &self.unit, |raw| {
            let unit = id(raw)?;
            let name = name_of(unit).ok_or(FieldProblem::NotAChoice)?;
            Ok::<_, FieldProblem>((unit, name))
        });
        let planned = sheet.needed("planned", &self.planned, date);
        let indicator = self.indicator(sheet);
        let (unit, unit_name) = unit?;
        Some(MatterCommand::Commit {
            matter,
            promise: promise?,
            unit,
            unit_name,
            planned: planned?,
            indicator,
        })
    }

    /// A measure is whole or not there.
    fn indicator(&self, sheet: &mut Sheet) -> Option<Indicator> {
        let parts = [&self.measure, &self.before, &self.after];
        if parts.iter().all(|part| part.trim().is_empty()) {
            return None;
        }
        let name = sheet.needed("measure", &self.measure, Line::parse);
        let before = sheet.needed("before", &self.before, Line::parse);
        let after = sheet.needed("after", &self.after, Line::parse);
        Some(Indicator {
            name: name?,
            before: before?,
            after: after?,
        })
    }
}

fn id<T: std::str::FromStr>(raw: &str) -> Result<T, FieldProblem> {
    raw.parse().map_err(|_| FieldProblem::NotAChoice)
}
