use leptos::prelude::*;

use super::{
    Choice,
    field::{Asked, box_class, caption, described_by, element_id, invalid, notes},
};

/// One of many answers, such as a township. Few answers are a `RadioGroup`.
#[component]
pub fn Select(
    /// The form field's name and the element's id.
    name: &'static str,
    /// Which of several rows this is, from 1.
    #[prop(optional)]
    row: usize,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] hint: String,
    /// The value already chosen; empty for none.
    #[prop(optional, into)]
    chosen: String,
    /// The words of the first, empty answer, such as "请选择"; without them there is none.
    #[prop(optional, into)]
    empty: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] asked: Asked,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    let id = element_id(name, row);
    let described = described_by(&id, &hint, error);
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = choice.value == chosen;
            view! {
                <option value=choice.value selected=selected disabled=choice.disabled>
                    {choice.label}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class=move || box_class(error)>
            {caption(asked, &id, label)}
            {notes(&id, hint, error)}
            <select
                id=id
                name=name
                disabled=disabled
                aria-invalid=move || invalid(error)
                aria-describedby=described
            >
                {(!empty.is_empty()).then(|| view! { <option value="">{empty}</option> })}
                {options}
            </select>
        </div>
    }
    .into_any()
}
