use leptos::prelude::*;

/// What a button does, which decides how it looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do on the page.
    #[default]
    Primary,
    Secondary,
    /// What cannot be taken back.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button",
            Self::Secondary => "button secondary",
            Self::Danger => "button danger",
        }
    }
}

/// Sends its form.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    /// With `value`, says which of several buttons was pressed.
    #[prop(optional)]
    name: Option<&'static str>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional)] disabled: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <button class=kind.class() name=name value=value disabled=disabled>
            {children()}
        </button>
    }
    .into_any()
}

/// Leads somewhere, as large as a button.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    children: Children,
) -> impl IntoView {
    view! { <a class=kind.class() href=href>{children()}</a> }.into_any()
}
