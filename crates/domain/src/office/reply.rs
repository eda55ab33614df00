use chrono::NaiveDate;

use super::case::{CaseAct, Work};
use crate::{
    actor::Role,
    calendar::china_date,
    case::{
        CaseEvent, Procedure, Reply, ReplyContent, ReplyKind, ReplyStatus, Service, ServiceWay,
        Signer,
    },
    ids::ReplyId,
    receipt::Receipt,
    refusal::Refusal,
    text::{Line, PlainSentence},
};

/// Draft → signed by someone else → issued → served.
pub(super) fn carry_out(work: &mut Work<'_, '_>, act: &CaseAct) -> Result<Receipt, Refusal> {
    let reply = match act {
        CaseAct::DraftReply { reply, content } => work.draft(*reply, content)?,
        CaseAct::SignReply { reply } => work.sign(*reply)?,
        CaseAct::IssueReply { reply } => work.issue(*reply)?,
        CaseAct::RecordService { reply, way, on } => work.record_service(*reply, way, *on)?,
        CaseAct::CorrectService {
            reply,
            way,
            on,
            reason,
        } => work.correct_service(*reply, way, *on, reason)?,
        CaseAct::WithdrawReply { reply, reason } => work.withdraw_reply(*reply, reason)?,
        _ => return Err(Refusal::NotAllowed),
    };
    Ok(Receipt::Reply {
        case: work.id,
        reply,
    })
}

impl Work<'_, '_> {
    fn draft(
        &mut self,
        replaces: Option<ReplyId>,
        content: &ReplyContent,
    ) -> Result<ReplyId, Refusal> {
        self.in_state(&[Procedure::Accepted, Procedure::InHandling])?;
        self.for_unit()?;
        content.check_opinion()?;
        if let Some(old) = replaces {
            self.reply_in(old, &[ReplyStatus::Draft])?;
        }
        let id = replaces.unwrap_or_else(|| ReplyId(self.given.dice.uuid()));
        let reply = self.written(id, ReplyKind::HandlingOpinion, content.clone());
        self.event(CaseEvent::ReplyDrafted {
            reply: Box::new(reply),
        });
        Ok(id)
    }

    fn sign(&mut self, id: ReplyId) -> Result<ReplyId, Refusal> {
        self.for_unit()?;
        let reply = self.reply_in(id, &[ReplyStatus::Draft])?;
        if reply.drafter == self.official.id {
            return Err(Refusal::SignerIsDrafter);
        }
        reply.content.check_opinion()?;
        let (by, at) = (Signer::Official(self.official.id), self.given.now);
        self.event(CaseEvent::ReplySigned { reply: id, by, at });
        Ok(id)
    }

    fn issue(&mut self, id: ReplyId) -> Result<ReplyId, Refusal> {
        self.for_unit()?;
        self.in_state(&[Procedure::Accepted, Procedure::InHandling])?;
        self.reply_in(id, &[ReplyStatus::Signed])?;
        let at = self.given.now;
        self.event(CaseEvent::ReplyIssued { reply: id, at });
        Ok(id)
    }

    fn record_service(
        &mut self,
        id: ReplyId,
        way: &ServiceWay,
        on: NaiveDate,
    ) -> Result<ReplyId, Refusal> {
        self.reply_in(id, &[ReplyStatus::Issued])?;
        let service = self.service(id, way, on)?;
        let at = self.given.now;
        self.event(CaseEvent::ReplyServed {
            reply: id,
            service,
            at,
        });
        Ok(id)
    }

    fn correct_service(
        &mut self,
        id: ReplyId,
        way: &ServiceWay,
        on: NaiveDate,
        reason: &Line,
    ) -> Result<ReplyId, Refusal> {
        self.reply_in(id, &[ReplyStatus::Served])?;
        let service = self.service(id, way, on)?;
        let at = self.given.now;
        self.event(CaseEvent::ServiceCorrected {
            reply: id,
            service,
            reason: reason.clone(),
            at,
        });
        Ok(id)
    }

    fn withdraw_reply(&mut self, id: ReplyId, reason: &Line) -> Result<ReplyId, Refusal> {
        self.reply_in(
            id,
            &[
                ReplyStatus::Draft,
                ReplyStatus::Signed,
                ReplyStatus::Issued,
                ReplyStatus::Served,
            ],
        )?;
        self.may_withdraw(id)?;
        let (by, at) = (self.official.id, self.given.now);
        self.event(CaseEvent::ReplyWithdrawn {
            reply: id,
            by,
            reason: reason.clone(),
            successor: None,
            at,
        });
        Ok(id)
    }

    /// Service is recorded by an official for a day not before issue and not after today; only the
    /// petitioner acknowledges.
    /// A notice goes with the act it told of, so only who may undo the act withdraws it, and only
    /// while nothing rests on it.
    fn may_withdraw(&self, id: ReplyId) -> Result<(), Refusal> {
        let reply = self.case.reply(id).ok_or(Refusal::NotFound)?;
        match reply.kind {
            // The petitioner's own act is not the office's to take back.
            ReplyKind::WithdrawalConfirmation => Err(Refusal::NotAllowed),
            ReplyKind::TransferNotice if !self.official.has(&[Role::PetitionOfficer]) => {
                Err(Refusal::NotAllowed)
            }
            ReplyKind::TransferNotice => {
                self.in_state(&[Procedure::Transferred, Procedure::Assigned])
            }
            ReplyKind::AcceptanceNotice => {
                self.for_unit()?;
                self.in_state(&[Procedure::Accepted, Procedure::InHandling])
            }
            ReplyKind::HandlingOpinion => self.for_unit(),
            ReplyKind::NonAcceptanceNotice | ReplyKind::OnSpotRecord => Ok(()),
        }
    }

    fn service(&self, id: ReplyId, way: &ServiceWay, on: NaiveDate) -> Result<Service, Refusal> {
        if *way == ServiceWay::Acknowledged {
            return Err(Refusal::NotAllowed);
        }
        if on > self.given.today() {
            return Err(Refusal::InFuture);
        }
        let issued = self
            .case
            .reply(id)
            .and_then(|reply| reply.issued_at)
            .map(china_date);
        if issued.is_none_or(|issued| on < issued) {
            return Err(Refusal::InPast);
        }
        Ok(Service {
            way: way.clone(),
            on,
            recorded_by: Some(self.official.id),
        })
    }

    /// A notice of procedure: written, signed by office and issued in one act.
    pub(super) fn notice(&mut self, kind: ReplyKind, plain: &PlainSentence) {
        let id = ReplyId(self.given.dice.uuid());
        let reply = self.written(id, kind, ReplyContent::plain(plain.clone()));
        let at = self.given.now;
        self.event(CaseEvent::ReplyDrafted {
            reply: Box::new(reply),
        });
        self.event(CaseEvent::ReplyIssued { reply: id, at });
    }

    fn written(&self, id: ReplyId, kind: ReplyKind, content: ReplyContent) -> Reply {
        Reply {
            id,
            kind,
            content,
            drafter: self.official.id,
            status: ReplyStatus::Draft,
            signer: None,
            issued_at: None,
            service: None,
            opened_at: None,
            withdrawn: None,
        }
    }

    fn reply_in(&self, id: ReplyId, states: &[ReplyStatus]) -> Result<&Reply, Refusal> {
        let reply = self.case.reply(id).ok_or(Refusal::NotFound)?;
        if states.contains(&reply.status) {
            Ok(reply)
        } else {
            Err(Refusal::state(&reply.status))
        }
    }
}
