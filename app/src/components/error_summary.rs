use leptos::{html::Div, prelude::*};

use crate::i18n::{common::ErrorTexts, use_language};

/// One mistake and the field that puts it right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, which is also its element's id.
    pub field: String,
    pub text: String,
}

impl FieldError {
    pub fn new(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            text: text.into(),
        }
    }

    /// What a field shows of a list of mistakes.
    pub fn of(errors: &[Self], field: &str) -> Option<String> {
        errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.text.clone())
    }
}

/// First in the page when something must be corrected; takes the focus and links to the fields.
#[component]
pub fn ErrorSummary(#[prop(into)] errors: Signal<Vec<FieldError>>) -> impl IntoView {
    let texts = ErrorTexts::of(use_language());
    let summary = NodeRef::<Div>::new();
    Effect::new(move || {
        if let Some(summary) = summary.get()
            && !errors.read().is_empty()
        {
            // A node that has already left the page cannot take the focus; nothing is lost then.
            let _ = summary.focus();
        }
    });
    let list = move || {
        errors
            .get()
            .into_iter()
            .map(|error| {
                view! { <li><a href=format!("#{}", error.field)>{error.text}</a></li> }
            })
            .collect_view()
    };
    let any = move || !errors.read().is_empty();
    view! {
        <div class="alert" role="alert">
            {move || {
                any()
                    .then(|| {
                        view! {
                            <div class="error-summary stack-close" tabindex="-1" autofocus node_ref=summary>
                                <h2>{texts.summary}</h2>
                                <p>{texts.kept}</p>
                                <ul role="list">{list}</ul>
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
