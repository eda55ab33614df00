//! What is to be put right, in words beside the field and in the summary.

use domain::{
    form::{FieldProblem, FormErrors, RegisterForm, Step},
    phone::PhoneProblem,
    refusal::Refusal,
    text::TextProblem,
};

use crate::{
    Language,
    components::FieldError,
    i18n::citizen::{RegisterErrors, too_long},
};

/// The mistakes of a step.
pub fn of(form: &RegisterForm, step: Step, language: Language) -> Vec<FieldError> {
    let Err(FormErrors(errors)) = form.parse_step(step) else {
        return Vec::new();
    };
    errors
        .into_iter()
        .map(|error| FieldError::new(error.field, words(error.field, &error.problem, language)))
        .collect()
}

fn words(field: &str, problem: &FieldProblem, language: Language) -> String {
    let texts = RegisterErrors::of(language);
    match problem {
        FieldProblem::Text(TextProblem::TooLong { count, max }) => {
            return too_long(language, *count, u32::try_from(*max).unwrap_or(u32::MAX));
        }
        FieldProblem::Text(TextProblem::ControlCharacter) => texts.unreadable,
        FieldProblem::TooManyRepresentatives { .. } => texts.too_many_representatives,
        FieldProblem::Phone(PhoneProblem::Empty) => texts.phone_missing,
        FieldProblem::Phone(_) | FieldProblem::CannotReceiveText => texts.phone,
        _ => by_field(field, texts),
    }
    .to_owned()
}

fn by_field(field: &str, texts: &'static RegisterErrors) -> &'static str {
    match field {
        "for_whom" | "relation" => texts.whom,
        "people" => texts.how_many,
        "kind" | "subject" => texts.subject,
        "statement" | "in_person" => texts.matter,
        "place" | "village" => texts.township,
        "reach" => texts.reach,
        "phone" => texts.phone_missing,
        "pin" => texts.second_factor,
        _ => texts.name,
    }
}

/// Why it was not accepted when it was sent.
pub fn refusal(refusal: &Refusal, language: Language) -> String {
    let texts = RegisterErrors::of(language);
    match refusal {
        Refusal::VisitCancelled => texts.cancelled,
        _ => texts.closed,
    }
    .to_owned()
}
