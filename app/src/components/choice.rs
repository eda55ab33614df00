use leptos::prelude::*;

use super::{Symbol, SymbolView};

/// One answer of a group, as large as a thumb.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// A second line in smaller type; may be empty.
    pub hint: String,
    pub symbol: Option<Symbol>,
    pub disabled: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    #[must_use]
    pub fn symbol(mut self, symbol: Symbol) -> Self {
        self.symbol = Some(symbol);
        self
    }

    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }
}

/// The box of one answer; `kind` is `radio` or `checkbox`.
pub(super) fn choice_box(
    kind: &'static str,
    name: &'static str,
    id: String,
    choice: Choice,
    checked: bool,
) -> AnyView {
    let hint = (!choice.hint.is_empty()).then(|| view! { <small>{choice.hint}</small> });
    view! {
        <label class="choice">
            <input
                type=kind
                id=id
                name=name
                value=choice.value
                checked=checked
                disabled=choice.disabled
            />
            {choice.symbol.map(|symbol| view! { <SymbolView symbol/> })}
            <span>{choice.label}{hint}</span>
        </label>
    }
    .into_any()
}

/// The first answer carries the group's name as its id, so that an error summary can lead to it.
pub(super) fn choice_id(name: &str, position: usize) -> String {
    match position {
        0 => name.to_owned(),
        position => format!("{name}-{position}"),
    }
}
