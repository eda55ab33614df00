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
    i18n::{
        citizen::{
            AccessTexts, FollowTexts, MediaTexts, RefusalTexts, RegisterErrors, opens_on, too_long,
        },
        moment,
    },
};

/// The mistakes of a step.
pub fn of(form: &RegisterForm, step: Step, language: Language) -> Vec<FieldError> {
    match form.parse_step(step) {
        Ok(()) => Vec::new(),
        Err(errors) => words(&errors, language),
    }
}

/// The mistakes of any citizen's form.
pub fn words(errors: &FormErrors, language: Language) -> Vec<FieldError> {
    let errors = errors.0.iter();
    errors
        .map(|error| FieldError::new(error.field, word(error.field, &error.problem, language)))
        .collect()
}

fn word(field: &str, problem: &FieldProblem, language: Language) -> String {
    let texts = RegisterErrors::of(language);
    match problem {
        FieldProblem::Text(TextProblem::TooLong { count, max }) => {
            return too_long(language, *count, u32::try_from(*max).unwrap_or(u32::MAX));
        }
        FieldProblem::Row { problem, .. } => return word(field, problem, language),
        FieldProblem::Text(TextProblem::ControlCharacter) => texts.unreadable,
        FieldProblem::TooManyRepresentatives { .. } => texts.too_many_representatives,
        FieldProblem::Phone(PhoneProblem::Empty) => texts.phone_missing,
        FieldProblem::Phone(PhoneProblem::Landline) => texts.landline,
        FieldProblem::CannotReceiveText => texts.no_text_to_landline,
        FieldProblem::Phone(_) => texts.phone,
        FieldProblem::IdNumber => texts.id_number,
        _ => by_field(field, language),
    }
    .to_owned()
}

fn by_field(field: &str, language: Language) -> &'static str {
    let texts = RegisterErrors::of(language);
    if let Some(word) = super::access::word(field, language) {
        return word;
    }
    match field {
        "for_whom" => texts.whom,
        "relation" => texts.relation,
        "birth_year" => texts.birth_year,
        "people" => texts.how_many,
        "kind" | "subject" | "needs" => texts.subject,
        "statement" | "in_person" => texts.matter,
        "images" | "recording" => MediaTexts::of(language).too_many,
        "note" | "answer" => texts.sentence,
        "place" | "village" | "restricted" => texts.township,
        "reach" => texts.reach,
        "phone" => texts.phone_missing,
        "code" => FollowTexts::of(language).check_digit,
        _ => texts.name,
    }
}

/// Why it was not carried out, and what can be done instead.
pub fn refusal(refusal: &Refusal, language: Language) -> String {
    let errors = RegisterErrors::of(language);
    let texts = RefusalTexts::of(language);
    match refusal {
        Refusal::VisitCancelled => errors.cancelled,
        Refusal::RegistrationClosed { .. } | Refusal::VisitNotPublished => errors.closed,
        Refusal::RegistrationNotOpen { opens } => {
            return opens_on(language, &moment(language, *opens));
        }
        Refusal::NothingAsked => texts.answered_before,
        Refusal::InPast => texts.window_over,
        Refusal::NotAllowed => texts.not_yours,
        Refusal::NotFound => texts.not_found,
        Refusal::AccessDay { .. } => AccessTexts::of(language).day,
        Refusal::TooManyDelegates { .. } => AccessTexts::of(language).full,
        _ => texts.changed,
    }
    .to_owned()
}
