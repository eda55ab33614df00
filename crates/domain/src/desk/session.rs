use super::{DecidedIssue, DeskAct, HandOver, SessionRecord, TableAnswer, intake::on_the_day};
use crate::{
    actor::Official,
    booking::BookingEvent,
    case::{
        CaseEvent, Channel, Issue, IssueAnswer, IssueOutcome, Origin, Reply, ReplyContent,
        ReplyKind, ReplyStatus, Service, ServiceWay, Signer,
    },
    citizen::{NewCase, open_case, release},
    event::Decided,
    given::Given,
    ids::{CaseId, CommandId, IssueId, RegistrationId, ReplyId},
    person::PartySize,
    receipt::Receipt,
    refusal::Refusal,
    registration::{NoSession, Registration, RegistrationEvent, RegistrationStatus},
    text::Line,
    world::World,
};

pub(super) fn arrive(
    official: &Official,
    id: RegistrationId,
    people: PartySize,
    world: &World,
    given: &Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    on_the_day(world, given)?;
    let registration = world.registration()?;
    waiting_for(registration, DeskAct::Arrive.states())?;
    let mut decided = Decided::default();
    // Who is there waits in the hall, no longer in the list for a place.
    if registration.status == RegistrationStatus::Waitlisted {
        let released = BookingEvent::Released {
            registration: id,
            place: None,
        };
        decided.booking(registration.received.visit, released);
    }
    decided.registration(
        id,
        RegistrationEvent::Arrived {
            people,
            by: official.id,
            at: given.now,
        },
    );
    Ok((decided, Receipt::Registration { registration: id }))
}

/// Figures are put right after the day too, always with the reason.
pub(super) fn correct_arrival(
    official: &Official,
    id: RegistrationId,
    people: PartySize,
    reason: &Line,
    world: &World,
    given: &Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    waiting_for(
        world.registration()?,
        &[RegistrationStatus::Arrived, RegistrationStatus::Done],
    )?;
    let mut decided = Decided::default();
    decided.registration(
        id,
        RegistrationEvent::ArrivalCorrected {
            people,
            reason: reason.clone(),
            by: official.id,
            at: given.now,
        },
    );
    Ok((decided, Receipt::Registration { registration: id }))
}

pub(super) fn move_to(
    official: &Official,
    id: RegistrationId,
    room: u8,
    world: &World,
) -> Result<(Decided, Receipt), Refusal> {
    let live = world
        .visit()?
        .live
        .as_ref()
        .ok_or(Refusal::VisitNotPublished)?;
    if !live.notice.rooms.iter().any(|known| known.number == room) {
        return Err(Refusal::Malformed {
            field: "room".to_owned(),
        });
    }
    waiting_for(world.registration()?, DeskAct::Move.states())?;
    let mut decided = Decided::default();
    decided.registration(
        id,
        RegistrationEvent::Moved {
            room,
            by: official.id,
        },
    );
    Ok((decided, Receipt::Registration { registration: id }))
}

/// Saves the record: the case is opened, each issue has what was decided, and where everything
/// was settled the record is the reply (transition 22).
pub(super) fn record(
    official: &Official,
    id: CommandId,
    record: &SessionRecord,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    on_the_day(world, given)?;
    let registration = world.registration()?;
    waiting_for(registration, DeskAct::Record.states())?;
    if record.issues.is_empty() {
        return Err(Refusal::NoIssue);
    }
    let case = CaseId(id.0);
    let issues: Vec<Issue> = record
        .issues
        .iter()
        .map(|issue| undecided(issue, given))
        .collect();
    let mut decided = Decided::default();
    let receipt = born_of(
        registration,
        record.registration,
        id,
        official,
        issues.clone(),
        world,
        given,
        &mut decided,
    )?;
    for (issue, decision) in issues.iter().zip(&record.issues) {
        decide_issue(
            official,
            case,
            issue.id,
            decision,
            record,
            given,
            &mut decided,
        );
    }
    let settled =
        |issue: &DecidedIssue| matches!(issue.outcome, IssueOutcome::ResolvedOnSpot { .. });
    if record.record == TableAnswer::Right && record.issues.iter().all(settled) {
        settle(official, case, record, given, &mut decided);
    }
    decided.registration(
        record.registration,
        RegistrationEvent::SessionHeld {
            case,
            at: given.now,
            plain: Some(record.plain.clone()),
        },
    );
    Ok((decided, receipt))
}

fn undecided(issue: &DecidedIssue, given: &mut Given<'_>) -> Issue {
    let id = IssueId(given.dice.uuid());
    Issue {
        id,
        statement: issue.statement.clone(),
        outcome: None,
        record: None,
        settles: None,
    }
}

fn decide_issue(
    official: &Official,
    case: CaseId,
    issue: IssueId,
    decision: &DecidedIssue,
    record: &SessionRecord,
    given: &Given<'_>,
    decided: &mut Decided,
) {
    decided.case(
        case,
        CaseEvent::IssueDecided {
            issue,
            outcome: decision.outcome.clone(),
            leader: record.leader.clone(),
            by: official.id,
            at: given.now,
        },
    );
    let answer = match record.record {
        TableAnswer::Right => IssueAnswer::RecordRight,
        TableAnswer::NotConfirmed => IssueAnswer::RecordNotConfirmed,
    };
    decided.case(
        case,
        CaseEvent::IssueAnswered {
            issue,
            answer,
            at: given.now,
        },
    );
}

/// The record becomes the reply: written by the clerk, signed by the leader at the table.
fn settle(
    official: &Official,
    case: CaseId,
    record: &SessionRecord,
    given: &mut Given<'_>,
    decided: &mut Decided,
) {
    let id = ReplyId(given.dice.uuid());
    let reply = Reply {
        id,
        kind: ReplyKind::OnSpotRecord,
        content: ReplyContent::plain(record.plain.clone()),
        drafter: official.id,
        status: ReplyStatus::Draft,
        signer: None,
        issued_at: None,
        service: None,
        opened_at: None,
        withdrawn: None,
    };
    decided.case(
        case,
        CaseEvent::ReplyDrafted {
            reply: Box::new(reply),
        },
    );
    let by = Signer::AtTable(record.leader.clone());
    decided.case(
        case,
        CaseEvent::ReplySigned {
            reply: id,
            by,
            at: given.now,
        },
    );
    decided.case(
        case,
        CaseEvent::ReplyIssued {
            reply: id,
            at: given.now,
        },
    );
    if record.hand_over == HandOver::Signed {
        let service = Service {
            way: ServiceWay::ByHand,
            on: given.today(),
            recorded_by: Some(official.id),
        };
        decided.case(
            case,
            CaseEvent::ReplyServed {
                reply: id,
                service,
                at: given.now,
            },
        );
    }
}

/// A registration that ends without a session does not end in silence (`people.md` 31).
pub(super) fn end_without(
    official: &Official,
    id: CommandId,
    registration: RegistrationId,
    why: NoSession,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let known = world.registration()?;
    waiting_for(known, DeskAct::End.states())?;
    let cancelled = world.visit()?.cancelled.is_some();
    if why == NoSession::VisitCancelled && !cancelled {
        return Err(Refusal::NotInThisState {
            state: "NotCancelled".to_owned(),
        });
    }
    if matches!(why, NoSession::NoShow | NoSession::NotReached) {
        let live = world
            .visit()?
            .live
            .as_ref()
            .ok_or(Refusal::VisitNotPublished)?;
        if given.today() < live.notice.date {
            return Err(Refusal::NotVisitDay {
                date: live.notice.date,
            });
        }
    }
    let mut decided = Decided::default();
    let issues = vec![Issue {
        id: IssueId(given.dice.uuid()),
        statement: known.received.filing.statement.clone(),
        outcome: None,
        record: None,
        settles: None,
    }];
    let receipt = born_of(
        known,
        registration,
        id,
        official,
        issues,
        world,
        given,
        &mut decided,
    )?;
    let case = CaseId(id.0);
    decided.registration(
        registration,
        RegistrationEvent::BecameCase {
            why,
            case,
            at: given.now,
        },
    );
    if known.status != RegistrationStatus::Arrived {
        release(registration, known, world, given, &mut decided)?;
    }
    Ok((decided, receipt))
}

#[expect(
    clippy::too_many_arguments,
    reason = "the parts of one case, used by the two ends of a registration"
)]
fn born_of(
    registration: &Registration,
    registration_id: RegistrationId,
    id: CommandId,
    official: &Official,
    issues: Vec<Issue>,
    world: &World,
    given: &mut Given<'_>,
    decided: &mut Decided,
) -> Result<Receipt, Refusal> {
    let visit = registration.received.visit;
    let origin = match registration.status {
        RegistrationStatus::Arrived => Origin::Session {
            visit,
            registration: registration_id,
        },
        _ => Origin::Registration {
            visit,
            registration: registration_id,
        },
    };
    let new = NewCase {
        id: CaseId(id.0),
        command: id,
        filing: registration.received.filing.clone(),
        origin,
        channel: Channel::Visit,
        received_on: given.today(),
        received_reason: None,
        by: Some(official.id),
        issues: Some(issues),
    };
    open_case(new, world, given, decided)
}

fn waiting_for(registration: &Registration, states: &[RegistrationStatus]) -> Result<(), Refusal> {
    if states.contains(&registration.status) {
        Ok(())
    } else {
        Err(Refusal::state(&registration.status))
    }
}
