use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{permit, reply};
use crate::{
    access::{AccessGrant, IssuedHow},
    actor::{Official, Role},
    case::{
        Assignment, AssignmentKind, Case, CaseEvent, Category, ExternalRef, IssueOutcome,
        OfficialAct, Procedure, ReplyContent, ReplyKind, ServiceWay,
    },
    code::SecondFactor,
    event::Decided,
    filing::MatterKind,
    given::Given,
    ids::{CaseId, IssueId, NoteId, OfficialId, ReplyId, UnitId},
    readers::{ReaderKey, ReaderSet, Secrecy},
    receipt::Receipt,
    refusal::Refusal,
    text::{Line, Paragraph, PlainSentence},
    world::World,
};

/// A command about a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaseCommand {
    /// Which case.
    pub case: CaseId,
    /// What to do.
    pub act: CaseAct,
}

/// What an official may do with a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum CaseAct {
    /// Name its category, having read it.
    Classify {
        /// The category.
        category: Category,
    },
    /// Send it to the unit with power, and tell the petitioner where it went.
    Send {
        /// Transfer or assign.
        kind: SendTo,
        /// To whom.
        unit: UnitId,
        /// The unit's name, as the citizen will see it.
        unit_name: Line,
        /// The notice's plain sentence.
        plain: PlainSentence,
    },
    /// Accept it for the unit, and tell the petitioner.
    Accept {
        /// The notice's plain sentence.
        plain: PlainSentence,
    },
    /// Name who handles it.
    NameHandler {
        /// Who.
        handler: OfficialId,
    },
    /// Do not accept it, and tell the petitioner why and whom to ask.
    NotAccept {
        /// Why.
        reason: Line,
        /// Whom to ask.
        ask: Line,
        /// The notice's plain sentence.
        plain: PlainSentence,
    },
    /// Write the handling opinion, or write it anew.
    DraftReply {
        /// The draft to replace.
        reply: Option<ReplyId>,
        /// What it says.
        content: Box<ReplyContent>,
    },
    /// Sign it; the signer is not the drafter.
    SignReply {
        /// Which.
        reply: ReplyId,
    },
    /// Issue it.
    IssueReply {
        /// Which.
        reply: ReplyId,
    },
    /// Record that it was served.
    RecordService {
        /// Which.
        reply: ReplyId,
        /// How.
        way: ServiceWay,
        /// The day.
        on: NaiveDate,
    },
    /// Put a wrongly recorded service right.
    CorrectService {
        /// Which reply.
        reply: ReplyId,
        /// How.
        way: ServiceWay,
        /// The correct day.
        on: NaiveDate,
        /// Why; the petitioner sees it.
        reason: Line,
    },
    /// Withdraw a reply in the open.
    WithdrawReply {
        /// Which.
        reply: ReplyId,
        /// Why; the petitioner sees it.
        reason: Line,
    },
    /// Put right what was recorded of a decision at the table.
    CorrectDecision {
        /// Which issue.
        issue: IssueId,
        /// What was decided.
        outcome: IssueOutcome,
        /// Why; the petitioner sees it.
        reason: Line,
    },
    /// Take back an act that has no notice of its own.
    TakeBack {
        /// Which.
        what: OfficialAct,
        /// Why; the petitioner sees it.
        reason: Line,
    },
    /// Ask the citizen something.
    AskCitizen {
        /// What.
        text: Paragraph,
        /// Until when an answer helps.
        by_date: NaiveDate,
    },
    /// Let one more reader know, with a reason the petitioner sees.
    WidenReaders {
        /// Who.
        reader: ReaderKey,
        /// Why.
        reason: Line,
    },
    /// Record its number in another register.
    RecordExternal {
        /// The register.
        system: Line,
        /// The number there.
        number: Line,
        /// The day it was entered.
        entered_on: NaiveDate,
    },
    /// Replace a lost code: at the desk against an identity card, or by call-back.
    ReplaceAccess {
        /// Desk or call-back.
        how: IssuedHow,
        /// The four digits the person chose anew.
        second_factor: SecondFactor,
    },
}

/// Transfer or assign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SendTo {
    /// 转送: no report is asked for.
    Transfer,
    /// 交办: a report is due.
    Assign {
        /// When.
        report_due: NaiveDate,
    },
}

pub(super) fn decide(
    official: &Official,
    command: &CaseCommand,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let case = world.case()?;
    if !case.readers.admits(&official.reader_keys()) {
        return Err(Refusal::NotFound);
    }
    permit(official, roles(&command.act))?;
    let mut work = Work {
        official,
        id: command.case,
        case,
        given,
        decided: Decided::default(),
    };
    let receipt = work.carry_out(&command.act, world)?;
    Ok((work.decided, receipt))
}

/// The case acts' rows of the role table (`domain.md` §5.5).
pub(super) fn roles(act: &CaseAct) -> &'static [Role] {
    match act {
        CaseAct::Classify { .. }
        | CaseAct::Send { .. }
        | CaseAct::WidenReaders { .. }
        | CaseAct::RecordExternal { .. } => &[Role::PetitionOfficer],
        CaseAct::CorrectDecision { .. } => &[Role::ReceivingLeader, Role::PetitionOfficer],
        CaseAct::TakeBack { what, .. } => take_back_roles(what),
        CaseAct::ReplaceAccess { .. } => &[Role::PetitionOfficer, Role::DeskClerk],
        CaseAct::Accept { .. } | CaseAct::DraftReply { .. } => &[Role::UnitHandler, Role::UnitHead],
        CaseAct::NameHandler { .. } | CaseAct::SignReply { .. } => &[Role::UnitHead],
        CaseAct::NotAccept { .. } => &[Role::PetitionOfficer, Role::UnitHandler, Role::UnitHead],
        CaseAct::IssueReply { .. }
        | CaseAct::RecordService { .. }
        | CaseAct::CorrectService { .. }
        | CaseAct::WithdrawReply { .. }
        | CaseAct::AskCitizen { .. } => &[Role::PetitionOfficer, Role::UnitHandler, Role::UnitHead],
    }
}

/// Who may do an act may take it back.
pub(super) fn take_back_roles(act: &OfficialAct) -> &'static [Role] {
    match act {
        OfficialAct::Question { .. } => &[Role::PetitionOfficer, Role::UnitHandler, Role::UnitHead],
        OfficialAct::Widening { .. } | OfficialAct::ExternalNumber { .. } => {
            &[Role::PetitionOfficer]
        }
    }
}

/// One official's act on one case.
pub(super) struct Work<'a, 'g> {
    pub official: &'a Official,
    pub id: CaseId,
    pub case: &'a Case,
    pub given: &'a mut Given<'g>,
    pub decided: Decided,
}

impl Work<'_, '_> {
    fn carry_out(&mut self, act: &CaseAct, world: &World) -> Result<Receipt, Refusal> {
        let now = self.given.now;
        let by = self.official.id;
        match act {
            CaseAct::Classify { category } => self.classify(*category, world)?,
            CaseAct::Send {
                kind,
                unit,
                unit_name,
                plain,
            } => self.send(*kind, *unit, unit_name, plain)?,
            CaseAct::Accept { plain } => self.accept(plain)?,
            CaseAct::NameHandler { handler } => self.name_handler(*handler)?,
            CaseAct::NotAccept { reason, ask, plain } => self.not_accept(reason, ask, plain)?,
            CaseAct::AskCitizen { text, by_date } => {
                if *by_date < self.given.today() {
                    return Err(Refusal::InPast);
                }
                let question = NoteId(self.given.dice.uuid());
                self.event(CaseEvent::CitizenAsked {
                    question,
                    text: text.clone(),
                    by_date: *by_date,
                    by,
                    at: now,
                });
            }
            CaseAct::WidenReaders { reader, reason } => {
                if self.case.readers.secrecy == Secrecy::Sealed
                    && !matches!(reader, ReaderKey::Official(_))
                {
                    return Err(Refusal::ClosedToReader);
                }
                let (reader, reason) = (reader.clone(), reason.clone());
                self.event(CaseEvent::ReadersWidened {
                    reader,
                    reason,
                    by,
                    at: now,
                });
            }
            CaseAct::RecordExternal {
                system,
                number,
                entered_on,
            } => {
                if *entered_on > self.given.today() {
                    return Err(Refusal::InFuture);
                }
                let (system, number) = (system.clone(), number.clone());
                let reference = ExternalRef {
                    system,
                    number,
                    entered_on: *entered_on,
                    by,
                };
                self.event(CaseEvent::ExternalRefRecorded { reference });
            }
            CaseAct::CorrectDecision {
                issue,
                outcome,
                reason,
            } => self.correct_decision(*issue, outcome, reason)?,
            CaseAct::TakeBack { what, reason } => self.take_back(what, reason)?,
            CaseAct::ReplaceAccess { how, second_factor } => {
                return self.replace_access(*how, second_factor);
            }
            _ => return reply::carry_out(self, act),
        }
        Ok(Receipt::Case { case: self.id })
    }

    pub(super) fn event(&mut self, event: CaseEvent) {
        self.decided.case(self.id, event);
    }

    pub(super) fn in_state(&self, states: &[Procedure]) -> Result<(), Refusal> {
        if states.contains(&self.case.procedure) {
            Ok(())
        } else {
            Err(Refusal::state(&self.case.procedure))
        }
    }

    /// The official acts for the unit that has the case.
    pub(super) fn for_unit(&self) -> Result<(), Refusal> {
        let unit = self
            .case
            .assignment
            .as_ref()
            .map(|assignment| assignment.unit);
        if unit == Some(self.official.unit) {
            Ok(())
        } else {
            Err(Refusal::NotAllowed)
        }
    }

    /// An accusation is sealed as it is named one, and its short code ends.
    fn classify(&mut self, category: Category, world: &World) -> Result<(), Refusal> {
        self.in_state(&[Procedure::Registered])?;
        let closed_to = self.case.readers.closed_to.clone();
        let sealed = self.case.readers.secrecy == Secrecy::Sealed;
        if sealed && category != Category::Accusation {
            return Err(Refusal::NotAllowed);
        }
        let readers = match category {
            Category::Accusation => ReaderSet::sealed(world.sealed_readers.clone(), &closed_to),
            _ => {
                let mut readers = self.case.readers.clone();
                readers.open(ReaderKey::PetitionOffice);
                readers
            }
        };
        let (by, at) = (self.official.id, self.given.now);
        self.event(CaseEvent::Classified {
            category,
            by,
            readers,
            at,
        });
        if category == Category::Accusation && !sealed {
            let second_factor = self.case.filing.second_factor.clone();
            self.issue_grant(MatterKind::Accusation, IssuedHow::Desk, &second_factor);
        }
        Ok(())
    }

    fn send(
        &mut self,
        kind: SendTo,
        unit: UnitId,
        name: &Line,
        plain: &PlainSentence,
    ) -> Result<(), Refusal> {
        self.in_state(&[Procedure::Registered, Procedure::ResolvedOnSpot])?;
        if self.case.category.is_none() {
            return Err(Refusal::NotInThisState {
                state: "Unclassified".to_owned(),
            });
        }
        if self.case.readers.excludes(&ReaderKey::Unit(unit)) {
            return Err(Refusal::ClosedToReader);
        }
        let kind = match kind {
            SendTo::Transfer => AssignmentKind::Transfer,
            SendTo::Assign { report_due } if report_due <= self.given.today() => {
                return Err(Refusal::InPast);
            }
            SendTo::Assign { report_due } => AssignmentKind::Assign { report_due },
        };
        let assignment = Assignment {
            kind,
            unit,
            unit_name: name.clone(),
            by: self.official.id,
            on: self.given.today(),
            at: self.given.now,
        };
        self.event(CaseEvent::Sent(Box::new(assignment)));
        self.notice(ReplyKind::TransferNotice, plain);
        Ok(())
    }

    fn accept(&mut self, plain: &PlainSentence) -> Result<(), Refusal> {
        self.in_state(&[Procedure::Transferred, Procedure::Assigned])?;
        self.for_unit()?;
        let (by, on, at) = (self.official.id, self.given.today(), self.given.now);
        self.event(CaseEvent::Accepted { by, on, at });
        self.notice(ReplyKind::AcceptanceNotice, plain);
        Ok(())
    }

    fn name_handler(&mut self, handler: OfficialId) -> Result<(), Refusal> {
        self.in_state(&[Procedure::Accepted, Procedure::InHandling])?;
        self.for_unit()?;
        if self.case.readers.excludes(&ReaderKey::Official(handler)) {
            return Err(Refusal::ClosedToReader);
        }
        let (by, at) = (self.official.id, self.given.now);
        self.event(CaseEvent::HandlerNamed { handler, by, at });
        Ok(())
    }

    fn not_accept(
        &mut self,
        reason: &Line,
        ask: &Line,
        plain: &PlainSentence,
    ) -> Result<(), Refusal> {
        self.in_state(&[
            Procedure::Registered,
            Procedure::Transferred,
            Procedure::Assigned,
        ])?;
        if self.case.procedure != Procedure::Registered
            && !self.official.has(&[Role::PetitionOfficer])
        {
            self.for_unit()?;
        }
        let (by, at) = (self.official.id, self.given.now);
        self.event(CaseEvent::NotAccepted {
            by,
            reason: reason.clone(),
            ask: ask.clone(),
            at,
        });
        self.notice(ReplyKind::NonAcceptanceNotice, plain);
        Ok(())
    }

    fn replace_access(
        &mut self,
        how: IssuedHow,
        second_factor: &SecondFactor,
    ) -> Result<Receipt, Refusal> {
        if self.case.grant.is_none() {
            return Err(Refusal::NotFound);
        }
        let kind = match self.case.readers.secrecy {
            Secrecy::Sealed => MatterKind::Accusation,
            Secrecy::Ordinary => self.case.filing.kind,
        };
        let grant = self.issue_grant(kind, how, second_factor);
        Ok(Receipt::Filed {
            case: self.id,
            number: self.case.number.clone(),
            code: Some(grant.code),
            private_secret: Some(grant.private_secret),
            upload: None,
        })
    }

    fn issue_grant(
        &mut self,
        kind: MatterKind,
        how: IssuedHow,
        second_factor: &SecondFactor,
    ) -> AccessGrant {
        let grant = AccessGrant::issue(kind, second_factor, how, self.given);
        let by = self.official.id;
        self.event(CaseEvent::AccessReplaced {
            grant: Box::new(grant.clone()),
            by,
        });
        grant
    }
}
