//! What was typed into an office form and not carried out: shown again in its fields, with why.

use std::collections::BTreeMap;

use domain::{form::FieldProblem, ids::SignInId};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sync::{
    ReadProblem, query,
    view::{self, NotDone},
};

use crate::{
    components::*,
    i18n::{
        Language,
        common::ErrorTexts,
        office::{not_done, problem},
        use_language,
    },
    repository::{fresh_command, use_view_if},
};

type Asked = Option<Result<Option<view::Kept>, ReadProblem>>;

/// Where the summary leads when it is not one field that is wrong.
const FORM: &str = "typed";

/// Asks for what was kept, when the address says that something was.
pub(super) fn use_kept() -> Resource<Asked> {
    let query = use_query_map();
    use_view_if(move || {
        let sent_back = query.read().get("kept").is_some();
        sent_back.then_some(query::Kept {})
    })
}

/// What the page was sent back with.
#[derive(Clone)]
pub(super) struct Kept {
    form: Option<view::Kept>,
    errors: Vec<FieldError>,
    /// The sign-in the page is shown under; its forms name it.
    sign_in: Option<SignInId>,
}

impl Kept {
    pub(super) fn of(asked: Asked) -> Self {
        let language = use_language();
        let form = match asked {
            None => {
                return Self {
                    form: None,
                    errors: Vec::new(),
                    sign_in: None,
                };
            }
            Some(answer) => answer.ok().flatten(),
        };
        let errors = match &form {
            Some(form) => errors(form, language),
            // It was sent back, and yet nothing is kept: it ended meanwhile, or the disk is full.
            None => vec![FieldError::new(
                "main-heading",
                ErrorTexts::of(language).not_received_what,
            )],
        };
        Self {
            form,
            errors,
            sign_in: None,
        }
    }

    /// What was found to be put right here, before it was sent.
    #[cfg(feature = "hydrate")]
    pub(super) fn here(form: view::Kept, sign_in: SignInId, language: Language) -> Self {
        Self {
            errors: errors(&form, language),
            form: Some(form),
            sign_in: Some(sign_in),
        }
    }

    pub(super) fn under(self, sign_in: SignInId) -> Self {
        Self {
            sign_in: Some(sign_in),
            ..self
        }
    }

    /// One of the page's forms, by the name that the server keeps it under.
    pub fn form(&self, name: &str) -> Typed {
        match &self.form {
            Some(kept) if kept.form == name => Typed {
                fields: Some(kept.fields.clone()),
                errors: self.errors.clone(),
                // An answer that was lost is asked for again under the same id.
                repeat: kept.why == NotDone::Later,
                sign_in: self.sign_in,
            },
            _ => Typed {
                sign_in: self.sign_in,
                ..Typed::default()
            },
        }
    }

    /// Why nothing was done; leads to the fields.
    pub(super) fn summary(&self) -> AnyView {
        let errors = self.errors.clone();
        view! { <ErrorSummary errors=errors/> }.into_any()
    }
}

fn errors(kept: &view::Kept, language: Language) -> Vec<FieldError> {
    match &kept.why {
        NotDone::Fields { mistakes } => mistakes
            .iter()
            .map(|mistake| FieldError::new(element(mistake), problem(language, &mistake.problem)))
            .collect(),
        why => not_done(language, why)
            .map(|words| FieldError::new(FORM, words))
            .into_iter()
            .collect(),
    }
}

/// Fields that stand on their page once per row.
const ROWS: [&str; 8] = [
    "leader_name",
    "leader_title",
    "leader_portfolio",
    "subject_rooms",
    "statement",
    "outcome",
    "words",
    "by",
];

/// The element that puts a mistake right: of a field with rows, that row's.
fn element(mistake: &view::Mistake) -> String {
    match mistake.problem {
        FieldProblem::Row { row, .. } if row > 1 && ROWS.contains(&mistake.field.as_str()) => {
            format!("{}-{row}", mistake.field)
        }
        _ => mistake.field.clone(),
    }
}

/// One form as it was typed; empty when it was not, or was carried out.
#[derive(Clone, Default)]
pub(super) struct Typed {
    fields: Option<BTreeMap<String, Vec<String>>>,
    errors: Vec<FieldError>,
    repeat: bool,
    sign_in: Option<SignInId>,
}

impl Typed {
    /// What was typed into a field; of several, the last.
    pub fn value(&self, name: &str) -> String {
        self.value_or(name, "")
    }

    /// What was typed, or what is known when nothing was.
    pub fn value_or(&self, name: &str, known: impl Into<String>) -> String {
        match self.is_kept() {
            false => known.into(),
            true => self.values(name).pop().unwrap_or_default(),
        }
    }

    /// Everything sent under a name: boxes, rows.
    pub fn values(&self, name: &str) -> Vec<String> {
        let fields = self.fields.as_ref();
        let values = fields.and_then(|fields| fields.get(name));
        values.cloned().unwrap_or_default()
    }

    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<String> {
        FieldError::of(&self.errors, name)
    }

    /// What is wrong with a field in one row of several, from 1.
    pub fn row_error(&self, name: &str, row: usize) -> Option<String> {
        match row {
            1 => self.error(name),
            row => self.error(&format!("{name}-{row}")),
        }
    }

    /// True when this is the form the page was sent back for.
    pub fn is_kept(&self) -> bool {
        self.fields.is_some()
    }

    /// A form that posts to `action`, whose double tap is one act. With `version`, the server
    /// carries it out only on what the page shows.
    pub fn form(
        &self,
        action: String,
        version: Option<u64>,
        fields: impl IntoView + 'static,
    ) -> AnyView {
        let id = match self.repeat {
            true => self.value_or("id", fresh_command()),
            false => fresh_command(),
        };
        let version = version.map(
            |version| view! { <input type="hidden" name="version" value=version.to_string()/> },
        );
        let sign_in = self.sign_in.map(
            |sign_in| view! { <input type="hidden" name="sign_in" value=sign_in.to_string()/> },
        );
        let anchor = self.is_kept().then_some(FORM);
        view! {
            <form class="stack" method="post" action=action id=anchor>
                <input type="hidden" name="id" value=id/>
                {version}
                {sign_in}
                {fields}
            </form>
        }
        .into_any()
    }
}
