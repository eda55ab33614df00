//! What putting right asks for, where no notice told of the act.

use domain::{
    case::{Issue, OfficialAct, Talk},
    filing::Statement,
    form::OUTCOMES,
    readers::ReaderKey,
};
use leptos::prelude::*;
use sync::view::Workspace as View;

use super::{super::kept::Typed, fields::date};
use crate::{
    components::*,
    i18n::{
        office::{CaseActionTexts, outcome_name},
        use_language,
    },
};

pub(super) fn decision(view: &View, typed: &Typed) -> AnyView {
    let language = use_language();
    let texts = CaseActionTexts::of(language);
    let decided = view
        .case
        .issues
        .iter()
        .filter(|issue| issue.outcome.is_some());
    let issues: Vec<Choice> = decided
        .map(|issue| Choice::new(issue.id.to_string(), said(issue)))
        .collect();
    let only = match issues.as_slice() {
        [one] => one.value.clone(),
        _ => String::new(),
    };
    let outcomes = OUTCOMES
        .iter()
        .map(|(name, kind)| Choice::new(*name, outcome_name(language, *kind)))
        .collect();
    view! {
        <RadioGroup name="issue" label=texts.which_issue choices=issues
            chosen=typed.value_or("issue", only) error=typed.error("issue")/>
        <RadioGroup name="outcome" label=texts.decided choices=outcomes
            chosen=typed.value("outcome") error=typed.error("outcome")/>
        <TextArea name="words" label=texts.decided value=typed.value("words")
            error=typed.error("words")/>
        {date(typed, "by", texts.commitment_day, String::new())}
    }
    .into_any()
}

/// The request in the petitioner's words.
fn said(issue: &Issue) -> String {
    let words = issue
        .statement
        .iter()
        .find_map(|statement| match statement {
            Statement::Text(text) => Some(text.to_string()),
            _ => None,
        });
    words.unwrap_or_else(|| issue.id.to_string())
}

pub(super) fn taken_back(view: &View, typed: &Typed) -> AnyView {
    let texts = CaseActionTexts::of(use_language());
    let acts = view.case.can_be_taken_back();
    let choices = acts
        .iter()
        .map(|act| {
            let (value, words) = named(view, act);
            Choice::new(value, words)
        })
        .collect();
    view! {
        <RadioGroup name="what" label=texts.take_back_what choices chosen=typed.value("what")
            error=typed.error("what")/>
    }
    .into_any()
}

/// The act's value in the form, and in words.
fn named(view: &View, act: &OfficialAct) -> (String, String) {
    let texts = CaseActionTexts::of(use_language());
    match act {
        OfficialAct::Question { question } => {
            let words = view.case.talk.iter().find_map(|talk| match talk {
                Talk::Question { id, text, .. } if id == question => Some(text.to_string()),
                _ => None,
            });
            let words = words.unwrap_or_default();
            (
                format!("question:{question}"),
                format!("{}{words}", texts.question_was),
            )
        }
        OfficialAct::Widening { reader } => {
            let (value, name) = reader_named(view, reader);
            (value, format!("{}{name}", texts.reader_was))
        }
        OfficialAct::ExternalNumber { number } => (
            format!("number:{number}"),
            format!("{}{number}", texts.number_was),
        ),
    }
}

fn reader_named(view: &View, reader: &ReaderKey) -> (String, String) {
    match reader {
        ReaderKey::Unit(unit) => {
            let known = view.units.iter().find(|known| known.id == *unit);
            let name = known.map_or_else(|| unit.to_string(), |known| known.name.clone());
            (format!("unit:{unit}"), name)
        }
        ReaderKey::Official(official) => {
            let known = view.officials.iter().find(|known| known.id == *official);
            let name = known.map_or_else(|| official.to_string(), |known| known.name.clone());
            (format!("official:{official}"), name)
        }
        _ => (String::new(), String::new()),
    }
}
