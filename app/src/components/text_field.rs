use leptos::prelude::*;

use super::field::{Asked, box_class, caption, described_by, element_id, invalid, notes};

/// What is typed into a field, which decides the keyboard a phone shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    #[default]
    Text,
    Telephone,
    /// A query code or other digits in one field; spaces and pasting are fine.
    Code,
    /// Few digits that nobody should read over a shoulder's length of time.
    Secret,
    Password,
    /// Digits that nobody may read.
    Pin,
    Date,
    Time,
    /// A day and a time of day.
    Moment,
    Search,
}

impl InputKind {
    /// The `type`, `inputmode` and `class` attributes.
    const fn attributes(self) -> (&'static str, Option<&'static str>, Option<&'static str>) {
        match self {
            Self::Text => ("text", None, None),
            Self::Telephone => ("tel", None, None),
            Self::Code => ("text", Some("numeric"), Some("code")),
            Self::Secret => ("text", Some("numeric"), Some("code short")),
            Self::Password => ("password", None, None),
            Self::Pin => ("password", Some("numeric"), Some("code short")),
            Self::Date => ("date", None, Some("short")),
            Self::Time => ("time", None, Some("short")),
            Self::Moment => ("datetime-local", None, Some("moment")),
            Self::Search => ("search", None, None),
        }
    }
}

/// One line of text. Never cut by a `maxlength`: too much is refused with its count, nothing lost.
#[component]
pub fn TextField(
    /// The form field's name and the element's id.
    name: &'static str,
    /// Which of several rows this is, from 1.
    #[prop(optional)]
    row: usize,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] asked: Asked,
    #[prop(optional)] kind: InputKind,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    let (kind, input_mode, class) = kind.attributes();
    let id = element_id(name, row);
    let described = described_by(&id, &hint, error);
    view! {
        <div class=move || box_class(error)>
            {caption(asked, &id, label)}
            {notes(&id, hint, error)}
            <input
                id=id
                name=name
                type=kind
                inputmode=input_mode
                class=class
                value=value
                autocomplete=autocomplete
                disabled=disabled
                aria-invalid=move || invalid(error)
                aria-describedby=described
            />
        </div>
    }
    .into_any()
}
