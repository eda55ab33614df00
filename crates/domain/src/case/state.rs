//! How a case's events make its state.

use super::{
    AssignmentKind, Case, CaseEvent, Issue, IssueAnswer, IssueOutcome, OfficialAct, Opening,
    Procedure, Reply, ReplyKind, ReplyStatus, Service, Talk, WithdrawnAct,
};
use crate::{
    access::Delegate,
    ids::{IssueId, ReplyId},
    readers::ReaderKey,
};

impl Case {
    /// Folds the events; `None` before the first.
    pub fn fold<'e>(events: impl IntoIterator<Item = &'e CaseEvent>) -> Option<Self> {
        let mut state = None;
        for event in events {
            Self::evolve(&mut state, event);
        }
        state
    }

    /// Applies one event. Never panics: an event that does not fit changes nothing.
    pub fn evolve(state: &mut Option<Self>, event: &CaseEvent) {
        match (state.as_mut(), event) {
            (None, CaseEvent::Opened(opening)) => *state = Some(Self::open(opening)),
            (Some(case), event) => case.apply(event),
            (None, _) => {}
        }
    }

    fn open(opening: &Opening) -> Self {
        Self {
            number: opening.number.clone(),
            origin: opening.origin,
            filing: opening.filing.clone(),
            channel: opening.channel,
            received_on: opening.received_on,
            received_reason: opening.received_reason.clone(),
            opened_at: opening.at,
            readers: opening.readers.clone(),
            grant: opening.grant.clone(),
            delegates: Vec::new(),
            category: None,
            procedure: Procedure::Registered,
            assignment: None,
            accepted_on: None,
            handler: None,
            issues: opening.issues.clone(),
            replies: Vec::new(),
            talk: Vec::new(),
            external: Vec::new(),
            widened: Vec::new(),
            withdrawn_at: None,
        }
    }

    fn apply(&mut self, event: &CaseEvent) {
        match event {
            CaseEvent::Opened(_) => {}
            CaseEvent::Classified {
                category, readers, ..
            } => {
                self.category = Some(*category);
                self.readers = readers.clone();
            }
            CaseEvent::Sent(assignment) => {
                self.procedure = procedure_of(assignment.kind);
                self.readers.open(ReaderKey::Unit(assignment.unit));
                self.assignment = Some((**assignment).clone());
            }
            CaseEvent::Accepted { on, .. } => {
                self.procedure = Procedure::Accepted;
                self.accepted_on = Some(*on);
            }
            CaseEvent::HandlerNamed { handler, .. } => {
                self.handler = Some(*handler);
                self.procedure = Procedure::InHandling;
            }
            CaseEvent::NotAccepted { .. } => self.procedure = Procedure::NotAccepted,
            CaseEvent::Withdrawn { at } => {
                self.procedure = Procedure::Withdrawn;
                self.withdrawn_at = Some(*at);
            }
            CaseEvent::ReadersWidened { reader, .. } => {
                self.readers.closed_to.retain(|closed| closed != reader);
                self.readers.open(reader.clone());
                self.widened.push(reader.clone());
            }
            CaseEvent::DecisionCorrected { issue, outcome, .. } => {
                self.correct_decision(*issue, outcome);
            }
            CaseEvent::ActTakenBack { act, .. } => self.take_back(act),
            CaseEvent::ExternalRefRecorded { reference } => self.external.push(reference.clone()),
            CaseEvent::AccessReplaced { grant, .. } => {
                Delegate::after_replacement(&mut self.delegates, grant);
                self.grant = Some((**grant).clone());
            }
            CaseEvent::AccessGranted { delegate } => self.delegates.push((**delegate).clone()),
            CaseEvent::AccessRevoked { grant, at } => {
                Delegate::revoke(&mut self.delegates, *grant, *at);
            }
            CaseEvent::IssueDecided { issue, outcome, .. } => {
                if let Some(issue) = self.issue_mut(*issue) {
                    issue.outcome = Some(outcome.clone());
                }
            }
            CaseEvent::IssueAnswered { issue, answer, .. } => self.answer_issue(*issue, *answer),
            CaseEvent::NoteAdded { .. }
            | CaseEvent::CitizenAsked { .. }
            | CaseEvent::CitizenAnswered { .. } => {
                self.apply_talk(event);
            }
            _ => self.apply_reply(event),
        }
    }

    fn apply_reply(&mut self, event: &CaseEvent) {
        match event {
            CaseEvent::ReplyDrafted { reply } => {
                self.replies.retain(|old| old.id != reply.id);
                self.replies.push((**reply).clone());
            }
            CaseEvent::ReplySigned { reply, by, .. } => self.with_reply(*reply, |reply| {
                reply.status = ReplyStatus::Signed;
                reply.signer = Some(by.clone());
            }),
            CaseEvent::ReplyIssued { reply, at } => {
                self.with_reply(*reply, |reply| {
                    reply.status = ReplyStatus::Issued;
                    reply.issued_at = Some(*at);
                });
                self.issue_kind(*reply);
            }
            CaseEvent::ReplyServed { reply, service, .. }
            | CaseEvent::ServiceCorrected { reply, service, .. } => {
                self.serve(*reply, service);
            }
            CaseEvent::ReplyOpened { reply, at } => self.with_reply(*reply, |reply| {
                reply.opened_at.get_or_insert(*at);
            }),
            CaseEvent::ReplyWithdrawn {
                reply,
                by,
                reason,
                successor,
                at,
            } => {
                let act = WithdrawnAct {
                    at: *at,
                    by: *by,
                    reason: reason.clone(),
                    successor: *successor,
                };
                let kind = self.reply(*reply).map(|reply| reply.kind);
                self.with_reply(*reply, |reply| {
                    reply.status = ReplyStatus::Withdrawn;
                    reply.withdrawn = Some(act);
                });
                self.step_back(kind);
            }
            _ => {}
        }
    }

    /// The act a withdrawn reply told of is undone: the procedure goes on where it was before.
    fn step_back(&mut self, withdrawn: Option<ReplyKind>) {
        if self
            .answer()
            .is_some_and(|answer| Some(answer.kind) == withdrawn)
        {
            return;
        }
        let before = match &self.assignment {
            None => Procedure::Registered,
            Some(assignment) => procedure_of(assignment.kind),
        };
        match (self.procedure, withdrawn) {
            (Procedure::Transferred | Procedure::Assigned, Some(ReplyKind::TransferNotice)) => {
                self.unsend()
            }
            (Procedure::Accepted | Procedure::InHandling, Some(ReplyKind::AcceptanceNotice)) => {
                self.procedure = before;
                self.accepted_on = None;
                self.handler = None;
            }
            (Procedure::Replied, Some(ReplyKind::HandlingOpinion)) => {
                self.procedure = Procedure::InHandling;
            }
            (Procedure::NotAccepted, Some(ReplyKind::NonAcceptanceNotice))
            | (Procedure::ResolvedOnSpot, Some(ReplyKind::OnSpotRecord)) => {
                self.procedure = before;
            }
            _ => {}
        }
    }

    /// The unit it should not have gone to reads it no longer.
    fn unsend(&mut self) {
        self.procedure = Procedure::Registered;
        if let Some(assignment) = self.assignment.take() {
            let unit = ReaderKey::Unit(assignment.unit);
            if !self.widened.contains(&unit) {
                self.close_to(&unit);
            }
        }
    }

    fn issue_kind(&mut self, reply: ReplyId) {
        let kind = self.reply(reply).map(|reply| reply.kind);
        self.succeed(kind, reply);
        match kind {
            Some(ReplyKind::HandlingOpinion) => self.procedure = Procedure::Replied,
            Some(ReplyKind::OnSpotRecord) => self.procedure = Procedure::ResolvedOnSpot,
            _ => {}
        }
    }

    /// What the petitioner said was said of the old words.
    fn correct_decision(&mut self, issue: IssueId, outcome: &IssueOutcome) {
        if let Some(issue) = self.issue_mut(issue) {
            issue.outcome = Some(outcome.clone());
            issue.record = None;
            issue.settles = None;
        }
    }

    fn take_back(&mut self, act: &OfficialAct) {
        match act {
            OfficialAct::Question { question } => self
                .talk
                .retain(|talk| !matches!(talk, Talk::Question { id, .. } if id == question)),
            OfficialAct::Widening { reader } => {
                self.widened.retain(|widened| widened != reader);
                self.close_to(reader);
            }
            OfficialAct::ExternalNumber { number } => {
                self.external
                    .retain(|reference| reference.number != *number);
            }
        }
    }

    /// Takes a reader out again; whom the petitioner had named stays out whatever else opens.
    fn close_to(&mut self, reader: &ReaderKey) {
        self.readers.open_to.retain(|open| open != reader);
        if self.filing.restricted_from.contains(reader) && !self.readers.excludes(reader) {
            self.readers.closed_to.push(reader.clone());
        }
    }

    /// A withdrawn reply is replaced by the next one of its kind.
    fn succeed(&mut self, kind: Option<ReplyKind>, by: ReplyId) {
        for reply in &mut self.replies {
            if Some(reply.kind) == kind
                && let Some(withdrawn) = &mut reply.withdrawn
            {
                withdrawn.successor.get_or_insert(by);
            }
        }
    }

    fn serve(&mut self, reply: ReplyId, service: &Service) {
        self.with_reply(reply, |reply| {
            reply.status = ReplyStatus::Served;
            reply.service = Some(service.clone());
        });
    }

    fn answer_issue(&mut self, issue: IssueId, answer: IssueAnswer) {
        let Some(issue) = self.issue_mut(issue) else {
            return;
        };
        match answer {
            IssueAnswer::RecordRight | IssueAnswer::RecordNotConfirmed => {
                issue.record = Some(answer)
            }
            IssueAnswer::Settled | IssueAnswer::NotSettled => issue.settles = Some(answer),
        }
        if answer == IssueAnswer::NotSettled && self.procedure == Procedure::ResolvedOnSpot {
            self.procedure = Procedure::Registered;
        }
    }

    fn apply_talk(&mut self, event: &CaseEvent) {
        match event {
            CaseEvent::NoteAdded { note, text, at } => {
                self.talk.push(Talk::Note {
                    id: *note,
                    text: text.clone(),
                    at: *at,
                });
            }
            CaseEvent::CitizenAsked {
                question,
                text,
                by_date,
                at,
                ..
            } => self.talk.push(Talk::Question {
                id: *question,
                text: text.clone(),
                by_date: *by_date,
                at: *at,
                answer: None,
            }),
            CaseEvent::CitizenAnswered { question, text, at } => {
                for talk in &mut self.talk {
                    if let Talk::Question { id, answer, .. } = talk
                        && id == question
                    {
                        *answer = Some((text.clone(), *at));
                    }
                }
            }
            _ => {}
        }
    }

    fn with_reply(&mut self, id: ReplyId, change: impl FnOnce(&mut Reply)) {
        if let Some(reply) = self.replies.iter_mut().find(|reply| reply.id == id) {
            change(reply);
        }
    }

    fn issue_mut(&mut self, id: IssueId) -> Option<&mut Issue> {
        self.issues.iter_mut().find(|issue| issue.id == id)
    }

    /// A reply by its id.
    pub fn reply(&self, id: ReplyId) -> Option<&Reply> {
        self.replies.iter().find(|reply| reply.id == id)
    }

    /// The newest answer of substance that was issued and not withdrawn.
    pub fn answer(&self) -> Option<&Reply> {
        self.replies.iter().rev().find(|reply| {
            reply.kind.is_answer()
                && matches!(reply.status, ReplyStatus::Issued | ReplyStatus::Served)
        })
    }

    /// The acts without a notice of their own that the office can take back.
    pub fn can_be_taken_back(&self) -> Vec<OfficialAct> {
        let questions = self.talk.iter().filter_map(|talk| match talk {
            Talk::Question {
                id, answer: None, ..
            } => Some(OfficialAct::Question { question: *id }),
            _ => None,
        });
        let widened = self.widened.iter().map(|reader| OfficialAct::Widening {
            reader: reader.clone(),
        });
        let numbers = self
            .external
            .iter()
            .map(|reference| OfficialAct::ExternalNumber {
                number: reference.number.clone(),
            });
        questions.chain(widened).chain(numbers).collect()
    }

    /// True when nothing more is due from the procedure: it ended, and its notice was served
    /// (件件有回音: no end without a served reply).
    pub fn has_ended(&self) -> bool {
        let served = |kind| {
            self.replies
                .iter()
                .any(|reply| reply.kind == kind && reply.is_served())
        };
        match self.procedure {
            Procedure::NotAccepted => served(ReplyKind::NonAcceptanceNotice),
            Procedure::ResolvedOnSpot => served(ReplyKind::OnSpotRecord),
            Procedure::Withdrawn => served(ReplyKind::WithdrawalConfirmation),
            _ => false,
        }
    }

    /// True when some reply or notice reached the petitioner.
    pub fn has_served_reply(&self) -> bool {
        self.replies.iter().any(Reply::is_served)
    }
}

fn procedure_of(kind: AssignmentKind) -> Procedure {
    match kind {
        AssignmentKind::Transfer => Procedure::Transferred,
        AssignmentKind::Assign { .. } => Procedure::Assigned,
    }
}
