use serde::{Deserialize, Serialize};

use super::{
    FieldProblem, FormErrors,
    choice::{SUBJECTS, choice, value_of},
    one_or_many::one_or_many,
    register::division,
    sheet::{Sheet, number},
};
use crate::{
    matter::MatterPage,
    text::{Line, Paragraph},
};

/// A public matter's page, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct MatterPageForm {
    /// The title.
    pub title: String,
    /// Other names, one per line.
    pub aliases: String,
    /// One of [`super::SUBJECTS`].
    pub subject: String,
    /// Codes of townships and villages; once per ticked box.
    #[serde(deserialize_with = "one_or_many")]
    pub places: Vec<String>,
    /// People concerned, about.
    pub population: String,
    /// What is the matter and what was asked.
    pub summary: String,
    /// `on` when the author has checked that nobody can tell who raised it.
    pub checked: String,
}

/// More people than any place has.
const MOST_PEOPLE: u32 = 100_000_000;

impl MatterPageForm {
    /// # Errors
    /// Every field that is to be put right.
    pub fn parse(&self) -> Result<MatterPage, FormErrors> {
        let mut sheet = Sheet::default();
        let title = sheet.needed("title", &self.title, Line::parse);
        let aliases = sheet.lines("aliases", &self.aliases);
        let subject = sheet.needed("subject", &self.subject, choice(&SUBJECTS));
        let places = sheet.rows("places", self.places.iter().map(String::as_str), division);
        let population = sheet.optional("population", &self.population, |raw| {
            number(raw, 1, MOST_PEOPLE)
        });
        let summary = sheet.needed("summary", &self.summary, Paragraph::parse);
        if !sheet.ticked("checked", &self.checked) && sheet.is_clean("checked") {
            sheet.note("checked", FieldProblem::Required);
        }
        let whole = || {
            Some(MatterPage {
                title: title?,
                aliases,
                subject: subject?,
                places,
                population,
                summary: summary?,
            })
        };
        let whole = whole();
        sheet.finish(whole)
    }
}

impl From<&MatterPage> for MatterPageForm {
    fn from(page: &MatterPage) -> Self {
        let aliases: Vec<&str> = page.aliases.iter().map(Line::as_str).collect();
        Self {
            title: page.title.to_string(),
            aliases: aliases.join("\n"),
            subject: value_of(&SUBJECTS, &page.subject).to_owned(),
            places: page.places.iter().map(ToString::to_string).collect(),
            population: page.population.map_or_else(String::new, |n| n.to_string()),
            summary: page.summary.to_string(),
            // Whoever changes a word checks again.
            checked: String::new(),
        }
    }
}
