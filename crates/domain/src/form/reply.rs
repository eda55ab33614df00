use serde::{Deserialize, Serialize};

use super::{
    FieldProblem, FormErrors,
    choice::{DISPOSITIONS, choice},
    sheet::Sheet,
};
use crate::{
    case::ReplyContent,
    text::{LongText, Paragraph, PlainSentence},
};

/// A handling opinion, as typed. Every part the law asks for is needed (art. 32, R15).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ReplyForm {
    /// First and large.
    pub plain: String,
    /// The document's text.
    pub body: String,
    /// One of [`super::DISPOSITIONS`].
    pub disposition: String,
    /// Facts and reasons.
    pub facts: String,
    /// Legal basis.
    pub basis: String,
    /// What the petitioner can do next, and until when.
    pub remedies: String,
    /// Documents, statutes or dated notes, one per line.
    pub evidence: String,
}

impl ReplyForm {
    /// # Errors
    /// Every field that is to be put right.
    pub fn parse(&self) -> Result<ReplyContent, FormErrors> {
        let mut sheet = Sheet::default();
        let plain = sheet.needed("plain", &self.plain, PlainSentence::parse);
        let body = sheet.optional("body", &self.body, LongText::parse);
        let disposition = sheet.needed("disposition", &self.disposition, choice(&DISPOSITIONS));
        let facts = sheet.needed("facts", &self.facts, Paragraph::parse);
        let basis = sheet.needed("basis", &self.basis, Paragraph::parse);
        let remedies = sheet.needed("remedies", &self.remedies, Paragraph::parse);
        let evidence = sheet.lines("evidence", &self.evidence);
        if evidence.is_empty() && sheet.is_clean("evidence") {
            sheet.note("evidence", FieldProblem::Required);
        }
        let content = plain.map(|plain| ReplyContent {
            plain,
            body,
            disposition,
            facts,
            basis,
            remedies,
            evidence,
        });
        sheet.finish(content)
    }
}
