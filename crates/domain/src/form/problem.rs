use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    code::CodeProblem,
    person::{IdNumberProblem, PartySizeProblem, TooManyRepresentatives},
    phone::PhoneProblem,
    text::TextProblem,
};

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldProblem {
    /// Nothing was given.
    #[error("something is needed here")]
    Required,
    /// None of the choices that were offered.
    #[error("not one of the choices")]
    NotAChoice,
    /// Too long, or characters that cannot be stored.
    #[error(transparent)]
    Text(TextProblem),
    /// Not a telephone number.
    #[error(transparent)]
    Phone(PhoneProblem),
    /// A landline number, where text messages were asked for.
    #[error("a landline cannot receive text messages")]
    CannotReceiveText,
    /// Not a code, or not four digits. Never counts as a failed attempt.
    #[error(transparent)]
    Code(CodeProblem),
    /// Not an identity card number.
    #[error("not a resident identity card number")]
    IdNumber,
    /// More than five (art. 20).
    #[error("{count} representatives, the law allows 5")]
    TooManyRepresentatives {
        /// How many were named.
        count: usize,
    },
    /// Not 1 to 999 people.
    #[error("a party has 1 to 999 people")]
    PartySize,
    /// Not a whole number from `min` to `max`.
    #[error("not a number from {min} to {max}")]
    Number {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// Not a date.
    #[error("not a date")]
    NotADate,
    /// Not a time of day.
    #[error("not a time")]
    NotATime,
    /// Not a position in degrees.
    #[error("not a position")]
    NotAPosition,
    /// More entries than fit.
    #[error("at most {max} fit")]
    TooMany {
        /// How many fit.
        max: usize,
    },
    /// Right by itself, but it does not fit the rest of the form.
    #[error("does not fit the rest")]
    DoesNotFit,
    /// Somebody or something else has this name.
    #[error("the name is taken")]
    Taken,
    /// Without this account nobody could manage accounts.
    #[error("the last administrator remains one")]
    LastAdministrator,
    /// One entry of several is wrong.
    #[error("entry {row}: {problem}")]
    Row {
        /// Which, from 1.
        row: usize,
        /// What is wrong with it.
        problem: Box<FieldProblem>,
    },
}

impl From<TextProblem> for FieldProblem {
    fn from(problem: TextProblem) -> Self {
        match problem {
            TextProblem::Empty => Self::Required,
            other => Self::Text(other),
        }
    }
}

impl From<PhoneProblem> for FieldProblem {
    fn from(problem: PhoneProblem) -> Self {
        match problem {
            PhoneProblem::Empty => Self::Required,
            other => Self::Phone(other),
        }
    }
}

impl From<CodeProblem> for FieldProblem {
    fn from(problem: CodeProblem) -> Self {
        Self::Code(problem)
    }
}

impl From<IdNumberProblem> for FieldProblem {
    fn from(_: IdNumberProblem) -> Self {
        Self::IdNumber
    }
}

impl From<TooManyRepresentatives> for FieldProblem {
    fn from(problem: TooManyRepresentatives) -> Self {
        Self::TooManyRepresentatives {
            count: problem.count,
        }
    }
}

impl From<PartySizeProblem> for FieldProblem {
    fn from(_: PartySizeProblem) -> Self {
        Self::PartySize
    }
}

/// One field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldError {
    /// The field's name in the form, which is also its anchor on the page.
    pub field: &'static str,
    /// What is wrong.
    pub problem: FieldProblem,
}

/// Everything that is wrong with a form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[error("{} fields are to be put right", self.0.len())]
pub struct FormErrors(pub Vec<FieldError>);

impl FormErrors {
    /// The first problem of a field.
    pub fn of(&self, field: &str) -> Option<&FieldProblem> {
        let mut errors = self.0.iter();
        errors
            .find(|error| error.field == field)
            .map(|error| &error.problem)
    }
}
