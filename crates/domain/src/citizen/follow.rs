use super::SettlesAnswer;
use crate::{
    calendar::china_date,
    case::{
        Case, CaseEvent, IssueAnswer, Procedure, Reply, ReplyContent, ReplyKind, ReplyStatus,
        Service, ServiceWay, Signer, Talk,
    },
    event::Decided,
    given::Given,
    ids::{CaseId, IssueId, NoteId, OfficialId, ReplyId},
    receipt::Receipt,
    refusal::Refusal,
    text::{Paragraph, PlainSentence},
};

/// Days in which the citizen says whether a matter decided on the spot is settled (`people.md` 9).
const SETTLES_WINDOW_DAYS: i64 = 30;

/// A withdrawal is confirmed at once: the petitioner's own act serves the confirmation.
pub(super) fn withdraw(
    id: CaseId,
    case: &Case,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    if case.procedure == Procedure::Withdrawn || case.has_ended() {
        return Err(Refusal::state(&case.procedure));
    }
    let plain = PlainSentence::parse("您已撤回此事项，我们不再办理。需要时可以重新提出。")
        .map_err(|_| Refusal::Malformed {
            field: "plain".to_owned(),
        })?;
    let reply = ReplyId(given.dice.uuid());
    let mut decided = Decided::default();
    decided.case(id, CaseEvent::Withdrawn { at: given.now });
    decided.case(
        id,
        CaseEvent::ReplyDrafted {
            reply: Box::new(confirmation(reply, plain)),
        },
    );
    decided.case(
        id,
        CaseEvent::ReplySigned {
            reply,
            by: Signer::Petitioner,
            at: given.now,
        },
    );
    decided.case(
        id,
        CaseEvent::ReplyIssued {
            reply,
            at: given.now,
        },
    );
    let service = Service {
        way: ServiceWay::Acknowledged,
        on: given.today(),
        recorded_by: None,
    };
    decided.case(
        id,
        CaseEvent::ReplyServed {
            reply,
            service,
            at: given.now,
        },
    );
    Ok((decided, Receipt::Case { case: id }))
}

fn confirmation(id: ReplyId, plain: PlainSentence) -> Reply {
    Reply {
        id,
        kind: ReplyKind::WithdrawalConfirmation,
        content: ReplyContent::plain(plain),
        drafter: OfficialId(uuid::Uuid::nil()),
        status: ReplyStatus::Draft,
        signer: None,
        issued_at: None,
        service: None,
        opened_at: None,
        withdrawn: None,
    }
}

/// A note is taken in any state and moves no clock (`people.md` 14).
pub(super) fn add_note(id: CaseId, text: &Paragraph, given: &mut Given<'_>) -> (Decided, Receipt) {
    let note = NoteId(given.dice.uuid());
    let mut decided = Decided::default();
    decided.case(
        id,
        CaseEvent::NoteAdded {
            note,
            text: text.clone(),
            at: given.now,
        },
    );
    (decided, Receipt::Case { case: id })
}

pub(super) fn answer_question(
    id: CaseId,
    case: &Case,
    question: NoteId,
    text: &Paragraph,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let open = case
        .talk
        .iter()
        .any(|talk| matches!(talk, Talk::Question { id, answer: None, .. } if *id == question));
    if !open {
        return Err(Refusal::NothingAsked);
    }
    let mut decided = Decided::default();
    decided.case(
        id,
        CaseEvent::CitizenAnswered {
            question,
            text: text.clone(),
            at: given.now,
        },
    );
    Ok((decided, Receipt::Case { case: id }))
}

/// The petitioner's deliberate act serves the reply (`people.md` 8).
pub(super) fn acknowledge(
    id: CaseId,
    case: &Case,
    reply: ReplyId,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let known = case.reply(reply).ok_or(Refusal::NotFound)?;
    if known.status != ReplyStatus::Issued {
        return Err(Refusal::state(&known.status));
    }
    let service = Service {
        way: ServiceWay::Acknowledged,
        on: given.today(),
        recorded_by: None,
    };
    let mut decided = Decided::default();
    decided.case(
        id,
        CaseEvent::ReplyServed {
            reply,
            service,
            at: given.now,
        },
    );
    Ok((decided, Receipt::Case { case: id }))
}

pub(super) fn answer_issue(
    id: CaseId,
    case: &Case,
    issue: IssueId,
    answer: SettlesAnswer,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let known = case
        .issues
        .iter()
        .find(|known| known.id == issue)
        .ok_or(Refusal::NotFound)?;
    if known.outcome.is_none() {
        return Err(Refusal::state(&case.procedure));
    }
    if (given.today() - china_date(case.opened_at)).num_days() > SETTLES_WINDOW_DAYS {
        return Err(Refusal::InPast);
    }
    let answer = match answer {
        SettlesAnswer::Settled => IssueAnswer::Settled,
        SettlesAnswer::NotSettled => IssueAnswer::NotSettled,
    };
    let mut decided = Decided::default();
    decided.case(
        id,
        CaseEvent::IssueAnswered {
            issue,
            answer,
            at: given.now,
        },
    );
    Ok((decided, Receipt::Case { case: id }))
}
