//! What every field has around it: its question, a hint, and what is wrong with the answer.

use leptos::prelude::*;

use super::heading::use_heading_focus;

/// How a field's label stands in the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asked {
    /// One field among others.
    #[default]
    AsField,
    /// The one question of the page: the label is its heading.
    AsPage,
}

/// The element's id: the field's name, with its row where a page has several (from 1).
pub(super) fn element_id(name: &str, row: usize) -> String {
    match row {
        0 | 1 => name.to_owned(),
        row => format!("{name}-{row}"),
    }
}

/// A label, or the page's heading with the label in it.
pub(super) fn caption(asked: Asked, id: &str, label: String) -> AnyView {
    let label = view! { <label class="caption" for=id.to_owned()>{label}</label> };
    match asked {
        Asked::AsField => label.into_any(),
        Asked::AsPage => {
            let heading = use_heading_focus();
            view! { <h1 id="main-heading" tabindex="-1" node_ref=heading>{label}</h1> }.into_any()
        }
    }
}

/// The legend of a group of choices, or the page's heading in a legend.
pub(super) fn legend(asked: Asked, label: String) -> AnyView {
    match asked {
        Asked::AsField => view! { <legend class="caption">{label}</legend> }.into_any(),
        Asked::AsPage => {
            let heading = use_heading_focus();
            view! {
                <legend class="caption">
                    <h1 id="main-heading" tabindex="-1" node_ref=heading>{label}</h1>
                </legend>
            }
            .into_any()
        }
    }
}

/// The hint and the error under a caption, each with the id that `aria-describedby` names.
pub(super) fn notes(id: &str, hint: String, error: Signal<Option<String>>) -> AnyView {
    let hint =
        (!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> });
    let error_id = format!("{id}-error");
    let error = move || {
        let id = error_id.clone();
        error
            .get()
            .map(|error| view! { <p class="error" id=id>{error}</p> })
    };
    view! {
        {hint}
        {error}
    }
    .into_any()
}

/// The ids of the notes that are there now.
pub(super) fn described_by(
    id: &str,
    hint: &str,
    error: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + Send + 'static {
    let hint = (!hint.is_empty()).then(|| format!("{id}-hint"));
    let wrong = format!("{id}-error");
    move || match (&hint, error.read().is_some()) {
        (None, false) => None,
        (Some(hint), false) => Some(hint.clone()),
        (None, true) => Some(wrong.clone()),
        (Some(hint), true) => Some(format!("{hint} {wrong}")),
    }
}

/// The class of the box around a field.
pub(super) fn box_class(error: Signal<Option<String>>) -> &'static str {
    if error.read().is_some() {
        "field wrong"
    } else {
        "field"
    }
}

/// The value of `aria-invalid`.
pub(super) fn invalid(error: Signal<Option<String>>) -> Option<&'static str> {
    error.read().is_some().then_some("true")
}
