use leptos::prelude::*;

use super::field::{Asked, box_class, caption, described_by, invalid, notes};

/// A count. A text field with a number keyboard: the browser's own number field drops what it
/// cannot read, and full-width digits are welcome here.
#[component]
pub fn NumberField(
    /// The form field's name and the element's id.
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] asked: Asked,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    let described = described_by(name, &hint, error);
    view! {
        <div class=move || box_class(error)>
            {caption(asked, name, label)}
            {notes(name, hint, error)}
            <input
                id=name
                name=name
                class="short"
                inputmode="numeric"
                autocomplete="off"
                value=value
                disabled=disabled
                aria-invalid=move || invalid(error)
                aria-describedby=described
            />
        </div>
    }
    .into_any()
}
