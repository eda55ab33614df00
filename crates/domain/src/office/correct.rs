//! Putting right in the open what was recorded wrongly, where no notice told of it.

use super::case::Work;
use crate::{
    case::{CaseEvent, IssueOutcome, OfficialAct, ReplyKind, ReplyStatus, Talk},
    ids::IssueId,
    refusal::Refusal,
    text::Line,
};

impl Work<'_, '_> {
    /// A record that was handed over says what was decided: it is withdrawn first.
    pub(super) fn correct_decision(
        &mut self,
        id: IssueId,
        outcome: &IssueOutcome,
        reason: &Line,
    ) -> Result<(), Refusal> {
        let issue = self.case.issues.iter().find(|issue| issue.id == id);
        if issue.ok_or(Refusal::NotFound)?.outcome.is_none() {
            return Err(Refusal::NotInThisState {
                state: "Undecided".to_owned(),
            });
        }
        let record_out = self.case.replies.iter().any(|reply| {
            reply.kind == ReplyKind::OnSpotRecord
                && matches!(reply.status, ReplyStatus::Issued | ReplyStatus::Served)
        });
        if record_out {
            return Err(Refusal::state(&self.case.procedure));
        }
        if let IssueOutcome::WillDo { by, .. } | IssueOutcome::WillStudy { by, .. } = outcome
            && *by < self.case.received_on
        {
            return Err(Refusal::InPast);
        }
        let (by, at) = (self.official.id, self.given.now);
        self.event(CaseEvent::DecisionCorrected {
            issue: id,
            outcome: outcome.clone(),
            reason: reason.clone(),
            by,
            at,
        });
        Ok(())
    }

    pub(super) fn take_back(&mut self, act: &OfficialAct, reason: &Line) -> Result<(), Refusal> {
        self.can_take_back(act)?;
        let (by, at) = (self.official.id, self.given.now);
        self.event(CaseEvent::ActTakenBack {
            act: act.clone(),
            reason: reason.clone(),
            by,
            at,
        });
        Ok(())
    }

    fn can_take_back(&self, act: &OfficialAct) -> Result<(), Refusal> {
        if self.case.can_be_taken_back().contains(act) {
            return Ok(());
        }
        // What the citizen answered stays, with what it answers.
        let answered = self.case.talk.iter().any(|talk| {
            matches!((talk, act), (Talk::Question { id, .. }, OfficialAct::Question { question }) if id == question)
        });
        if answered {
            Err(Refusal::NotInThisState {
                state: "Answered".to_owned(),
            })
        } else {
            Err(Refusal::NotFound)
        }
    }
}
