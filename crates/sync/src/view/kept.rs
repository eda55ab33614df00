//! What was typed into an office form and not carried out, so that nothing is typed twice.

use std::collections::BTreeMap;

use domain::form::{FieldProblem, FormErrors};
use serde::{Deserialize, Serialize};

use crate::Rejection;

/// A posted form that was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Kept {
    /// Which form, by the name its page knows it by.
    pub form: String,
    /// Each field with everything that was sent under its name.
    pub fields: BTreeMap<String, Vec<String>>,
    /// Why nothing happened.
    pub why: NotDone,
}

/// Why a posted form changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum NotDone {
    /// Fields are to be put right.
    Fields {
        /// Which, in their order.
        mistakes: Vec<Mistake>,
    },
    /// It was read, and is not carried out.
    Rejected {
        /// Why.
        reason: Rejection,
    },
    /// Somebody changed the thing since the page was shown.
    Changed,
    /// Not received. The same form may be sent again.
    Later,
}

/// One field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mistake {
    /// The field's name.
    pub field: String,
    /// What is wrong.
    pub problem: FieldProblem,
}

impl From<FormErrors> for NotDone {
    fn from(errors: FormErrors) -> Self {
        let mistakes = errors.0.into_iter().map(|error| Mistake {
            field: error.field.to_owned(),
            problem: error.problem,
        });
        Self::Fields {
            mistakes: mistakes.collect(),
        }
    }
}
