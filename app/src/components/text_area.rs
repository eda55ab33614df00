use leptos::prelude::*;

use super::field::{Asked, box_class, caption, described_by, element_id, invalid, notes};
use crate::i18n::{common, use_language};

/// Longer text with its limit. With scripts the count follows the typing; it is not a live region,
/// because nobody wants every letter counted aloud.
#[component]
pub fn TextArea(
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
    /// The most characters that are accepted. More can be typed, and is kept.
    #[prop(default = 2000)]
    limit: u32,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    let language = use_language();
    let used = RwSignal::new(None::<usize>);
    let id = element_id(name, row);
    let described = described_by(&id, &hint, error);
    let count = move || match used.get() {
        None => common::at_most(language, limit),
        Some(used) => common::written(language, used, limit),
    };
    view! {
        <div class=move || box_class(error)>
            {caption(asked, &id, label)}
            {notes(&id, hint, error)}
            <textarea
                id=id
                name=name
                disabled=disabled
                aria-invalid=move || invalid(error)
                aria-describedby=described
                on:input=move |event| used.set(Some(event_target_value(&event).chars().count()))
            >
                {value}
            </textarea>
            <p class="mute number">{count}</p>
        </div>
    }
    .into_any()
}
