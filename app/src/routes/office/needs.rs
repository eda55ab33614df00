//! What people need to be received well, as the office reads it.

use domain::{filing::AccessNeed, form::NEEDS};

use crate::{
    components::{Choice, SummaryRow},
    i18n::{
        citizen::{NeedTexts, need},
        use_language,
    },
};

/// What is to be made ready; no row for who needs nothing.
pub(super) fn needs_row(needs: &[AccessNeed]) -> Option<SummaryRow> {
    let language = use_language();
    let words: Vec<&str> = needs.iter().map(|it| need(language, *it)).collect();
    (!words.is_empty()).then(|| SummaryRow::new(NeedTexts::of(language).short, words.join("\n")))
}

/// What can be ticked on a form.
pub(super) fn needs_choices() -> Vec<Choice> {
    let language = use_language();
    let needs = NEEDS.iter();
    needs
        .map(|(value, it)| Choice::new(*value, need(language, *it)))
        .collect()
}
