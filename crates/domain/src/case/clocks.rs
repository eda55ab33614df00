//! The clocks of a case. Due dates are computed here, never stored (`people.md` 15).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Case, Category, Procedure, ReplyKind, StatutoryPath};
use crate::{
    calendar::{LegalCalendar, china_date},
    clock::{ClockKind, Counted, RuleSet, Standing, due},
};

/// One running or stopped clock, with how it was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaseClock {
    /// Which.
    pub kind: ClockKind,
    /// The count, day by day.
    pub counted: Counted,
    /// Where it stands.
    pub standing: Standing,
}

/// When a clock started, and the day that met it.
struct Span {
    kind: ClockKind,
    started: NaiveDate,
    met: Option<NaiveDate>,
}

impl Case {
    /// The clocks that have started, in the order in which they did.
    pub fn clocks(
        &self,
        today: NaiveDate,
        rules: &RuleSet,
        calendar: &LegalCalendar,
    ) -> Vec<CaseClock> {
        let spans = [
            self.transfer_span(),
            self.accept_notice_span(),
            self.handle_span(),
        ];
        spans
            .into_iter()
            .flatten()
            .map(|span| {
                let counted = due(span.kind, span.started, rules, calendar);
                let standing = Standing::of(Some(&counted), span.met, today);
                CaseClock {
                    kind: span.kind,
                    counted,
                    standing,
                }
            })
            .collect()
    }

    /// From receipt until it is sent on, not accepted, settled or withdrawn (art. 22).
    fn transfer_span(&self) -> Option<Span> {
        let sent = self.assignment.as_ref().map(|assignment| assignment.on);
        let met = sent.or_else(|| self.closed_on());
        Some(Span {
            kind: ClockKind::Transfer,
            started: self.received_on,
            met,
        })
    }

    /// From the unit's receipt until it accepts or refuses in writing (art. 23).
    fn accept_notice_span(&self) -> Option<Span> {
        let started = self.assignment.as_ref()?.on;
        Some(Span {
            kind: ClockKind::AcceptNotice,
            started,
            met: self.accepted_on.or_else(|| self.closed_on()),
        })
    }

    /// From acceptance until the opinion is issued (art. 34). Only the petition procedure has it.
    fn handle_span(&self) -> Option<Span> {
        if !matches!(
            self.category,
            Some(Category::Appeal(StatutoryPath::Petition))
        ) {
            return None;
        }
        let met = self.opinion_on().or_else(|| self.closed_on());
        Some(Span {
            kind: ClockKind::Handle,
            started: self.accepted_on?,
            met,
        })
    }

    fn opinion_on(&self) -> Option<NaiveDate> {
        let opinion = self
            .answer()
            .filter(|reply| reply.kind == ReplyKind::HandlingOpinion)?;
        opinion.issued_at.map(china_date)
    }

    fn closed_on(&self) -> Option<NaiveDate> {
        match self.procedure {
            Procedure::NotAccepted | Procedure::ResolvedOnSpot => {
                self.answer()?.issued_at.map(china_date)
            }
            Procedure::Withdrawn => self.withdrawn_at.map(china_date),
            _ => None,
        }
    }
}
