//! The fields of a public matter's page, for a new one and for one that is written anew.

use domain::form::{MatterPageForm, SUBJECTS};
use leptos::prelude::*;
use sync::view::{Division, DivisionLevel};

use super::kept::Typed;
use crate::{
    components::*,
    i18n::{citizen::subject, common::ActionTexts, office::PublicMatterEditorTexts, use_language},
};

/// What was typed, or what is known when nothing was.
pub(super) fn page_fields(
    typed: &Typed,
    known: &MatterPageForm,
    divisions: &[Division],
) -> AnyView {
    let language = use_language();
    let texts = PublicMatterEditorTexts::of(language);
    let value = |name: &str, known: &str| typed.value_or(name, known);
    let subjects = SUBJECTS
        .iter()
        .map(|(value, known)| Choice::new(*value, subject(language, *known)))
        .collect();
    let places = if typed.is_kept() {
        typed.values("places")
    } else {
        known.places.clone()
    };
    view! {
        <TextField name="title" label=texts.heading value=value("title", &known.title)
            error=typed.error("title")/>
        <TextArea name="aliases" label=texts.aliases limit=600 value=value("aliases", &known.aliases)
            error=typed.error("aliases")/>
        <Select name="subject" label=texts.subject choices=subjects
            empty=ActionTexts::of(language).none_given chosen=value("subject", &known.subject)
            error=typed.error("subject")/>
        <PlacePicker name="places" label=texts.places hint=texts.places_hint parts=texts.villages
            groups=groups(divisions) chosen=places error=typed.error("places")/>
        <NumberField name="population" label=texts.population
            value=value("population", &known.population) error=typed.error("population")/>
        <TextArea name="summary" label=texts.summary value=value("summary", &known.summary)
            error=typed.error("summary")/>
        <Checkbox name="checked" label=texts.check_identity checked={typed.value("checked") == "on"}
            error=typed.error("checked")/>
    }
    .into_any()
}

/// Townships with their villages.
fn groups(divisions: &[Division]) -> Vec<(Choice, Vec<Choice>)> {
    let choice = |division: &Division| Choice::new(division.code.to_string(), &division.name);
    let villages_of = |township: &Division| {
        let within = divisions.iter().filter(|division| {
            division.level == DivisionLevel::Village
                && division.code.township().as_ref() == Some(&township.code)
        });
        within.map(choice).collect()
    };
    divisions
        .iter()
        .filter(|division| division.level == DivisionLevel::Township)
        .map(|township| (choice(township), villages_of(township)))
        .collect()
}
