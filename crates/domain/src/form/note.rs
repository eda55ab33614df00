use serde::{Deserialize, Serialize};

use super::{FormErrors, sheet::Sheet};
use crate::text::Paragraph;

/// A note, a question to the citizen or an answer, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct NoteForm {
    /// What is said.
    pub text: String,
}

impl NoteForm {
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(&self) -> Result<Paragraph, FormErrors> {
        let mut sheet = Sheet::default();
        let text = sheet.needed("text", &self.text, Paragraph::parse);
        sheet.finish(text)
    }
}
