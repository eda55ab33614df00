use serde::{Deserialize, Serialize};

use super::{
    FieldProblem, FormErrors, OutcomeKind,
    choice::{OUTCOMES, choice},
    one_or_many::one_or_many,
    sheet::{Sheet, date},
};
use crate::{
    case::IssueOutcome,
    desk::{DecidedIssue, HandOver, SessionRecord, TableAnswer},
    filing::Statement,
    ids::RegistrationId,
    text::{Paragraph, PersonName, PlainSentence},
};

/// The record of a session, as typed. The issues are rows: their fields have one entry per row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct SessionForm {
    /// The leader who received.
    pub leader: String,
    /// What was asked for; an empty row does not count.
    #[serde(deserialize_with = "one_or_many")]
    pub statement: Vec<String>,
    /// One of [`super::OUTCOMES`] per row.
    #[serde(deserialize_with = "one_or_many")]
    pub outcome: Vec<String>,
    /// The decision, promise or reason per row.
    #[serde(deserialize_with = "one_or_many")]
    pub words: Vec<String>,
    /// `yyyy-mm-dd` per row, for promises.
    #[serde(deserialize_with = "one_or_many")]
    pub by: Vec<String>,
    /// `right` or `not_confirmed`.
    pub record: String,
    /// The record in one plain sentence.
    pub plain: String,
    /// `on`: the printed record was handed over against signature or thumb.
    pub handed_over: String,
}

/// The two equal buttons at the table.
const RECORD: [(&str, TableAnswer); 2] = [
    ("right", TableAnswer::Right),
    ("not_confirmed", TableAnswer::NotConfirmed),
];

impl SessionForm {
    /// Issues one record has room for.
    pub const MAX_ISSUES: usize = 5;

    /// # Errors
    /// Every field that is to be put right; of the issues, with its row.
    pub fn parse(&self, registration: RegistrationId) -> Result<SessionRecord, FormErrors> {
        let mut sheet = Sheet::default();
        let leader = sheet.needed("leader", &self.leader, PersonName::parse);
        let issues = self.issues(&mut sheet);
        let record = sheet.needed("record", &self.record, choice(&RECORD));
        let plain = sheet.needed("plain", &self.plain, PlainSentence::parse);
        let signed = sheet.ticked("handed_over", &self.handed_over);
        let whole = || {
            Some(SessionRecord {
                registration,
                leader: leader?,
                issues,
                record: record?,
                plain: plain?,
                hand_over: if signed {
                    HandOver::Signed
                } else {
                    HandOver::Later
                },
            })
        };
        let whole = whole();
        sheet.finish(whole)
    }

    fn issues(&self, sheet: &mut Sheet) -> Vec<DecidedIssue> {
        let rows = [&self.statement, &self.outcome, &self.words, &self.by];
        let count = rows.iter().map(|row| row.len()).max().unwrap_or(0);
        let filled: Vec<usize> = (0..count).filter(|row| self.is_filled(*row)).collect();
        if filled.is_empty() {
            sheet.note("statement", FieldProblem::Required);
        }
        if filled.len() > Self::MAX_ISSUES {
            let max = Self::MAX_ISSUES;
            sheet.note("statement", FieldProblem::TooMany { max });
            return Vec::new();
        }
        filled
            .into_iter()
            .filter_map(|row| self.issue(row, sheet))
            .collect()
    }

    fn is_filled(&self, row: usize) -> bool {
        !at(&self.statement, row).trim().is_empty() || !at(&self.words, row).trim().is_empty()
    }

    fn issue(&self, row: usize, sheet: &mut Sheet) -> Option<DecidedIssue> {
        sheet.in_row(row + 1, |cell| {
            let said = cell.needed("statement", at(&self.statement, row), Paragraph::parse);
            let outcome = outcome(
                cell,
                at(&self.outcome, row),
                at(&self.words, row),
                at(&self.by, row),
            );
            Some(DecidedIssue {
                statement: vec![Statement::Text(said?)],
                outcome: outcome?,
            })
        })
    }
}

fn at(rows: &[String], row: usize) -> &str {
    rows.get(row).map_or("", String::as_str)
}

/// What a leader decided: the kind, the words, and for a promise the day.
pub(super) fn outcome(
    sheet: &mut Sheet,
    kind: &str,
    words: &str,
    by: &str,
) -> Option<IssueOutcome> {
    let kind = sheet.needed("outcome", kind, choice(&OUTCOMES));
    let words = sheet.needed("words", words, Paragraph::parse);
    let by = match kind {
        Some(OutcomeKind::WillDo | OutcomeKind::WillStudy) => sheet.needed("by", by, date),
        _ => None,
    };
    Some(match kind? {
        OutcomeKind::ResolvedOnSpot => IssueOutcome::ResolvedOnSpot { decision: words? },
        OutcomeKind::WillDo => IssueOutcome::WillDo {
            promise: words?,
            by: by?,
        },
        OutcomeKind::WillStudy => IssueOutcome::WillStudy {
            promise: words?,
            by: by?,
        },
        OutcomeKind::NotPossible => IssueOutcome::NotPossible { reason: words? },
    })
}
