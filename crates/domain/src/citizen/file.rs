use chrono::{Datelike, NaiveDate};

use crate::{
    access::AccessGrant,
    case::{CaseEvent, CaseNumber, Channel, Issue, Opening, Origin},
    event::Decided,
    filing::{Filing, MatterKind},
    given::Given,
    ids::{CaseId, CommandId, IssueId, OfficialId},
    readers::{ReaderSet, Secrecy},
    receipt::Receipt,
    refusal::Refusal,
    text::Line,
    world::World,
};

pub(super) fn file(
    id: CommandId,
    filing: &Filing,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    let new = NewCase {
        id: CaseId(id.0),
        command: id,
        filing: filing.clone(),
        origin: Origin::Direct,
        channel: Channel::Web,
        received_on: given.today(),
        received_reason: None,
        by: None,
        issues: None,
    };
    let mut decided = Decided::default();
    let receipt = open_case(new, world, given, &mut decided)?;
    Ok((decided, receipt))
}

/// What distinguishes the ways a case is opened.
pub(crate) struct NewCase {
    pub id: CaseId,
    pub command: CommandId,
    pub filing: Filing,
    pub origin: Origin,
    pub channel: Channel,
    /// The day the office had it: clocks start here.
    pub received_on: NaiveDate,
    pub received_reason: Option<Line>,
    pub by: Option<OfficialId>,
    /// The requests in it; none for one that is the whole statement.
    pub issues: Option<Vec<Issue>>,
}

/// Opens a case: number, readers, and a code of its own unless the registration's opens it.
pub(crate) fn open_case(
    new: NewCase,
    world: &World,
    given: &mut Given<'_>,
    decided: &mut Decided,
) -> Result<Receipt, Refusal> {
    let filing = new.filing;
    filing.check_attachments()?;
    let (secrecy, readers) = match filing.kind {
        MatterKind::Accusation => (
            Secrecy::Sealed,
            ReaderSet::sealed(world.sealed_readers.clone(), &filing.restricted_from),
        ),
        _ => (
            Secrecy::Ordinary,
            ReaderSet::closed_until_read(&filing.restricted_from),
        ),
    };
    let year = given.today().year();
    let number = CaseNumber::fresh(world.county()?, year, new.channel, secrecy, given.dice);
    let grant = match new.origin.registration() {
        Some(_) => None,
        None => Some(AccessGrant::on_receipt(
            filing.kind,
            &filing.second_factor,
            given,
        )),
    };
    let whole = |given: &mut Given<'_>| Issue {
        id: IssueId(given.dice.uuid()),
        statement: filing.statement.clone(),
        outcome: None,
        record: None,
        settles: None,
    };
    let issues = match new.issues {
        Some(issues) => issues,
        None => vec![whole(given)],
    };
    let receipt = Receipt::Filed {
        case: new.id,
        number: number.clone(),
        code: grant.as_ref().map(|grant| grant.code.clone()),
        private_secret: grant.as_ref().map(|grant| grant.private_secret.clone()),
        upload: None,
    };
    let opening = Opening {
        number,
        origin: new.origin,
        filing,
        issues,
        channel: new.channel,
        received_on: new.received_on,
        received_reason: new.received_reason,
        at: given.now,
        by: new.by,
        readers,
        grant,
        command: new.command,
    };
    decided.case(new.id, CaseEvent::Opened(Box::new(opening)));
    Ok(receipt)
}
