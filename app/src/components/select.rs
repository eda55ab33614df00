use leptos::prelude::*;

use super::{
    Choice,
    field::{Asked, box_class, caption, described_by, element_id, invalid, notes},
};

/// Answers that belong together, under a name that is none itself.
#[derive(Clone, Debug, Default)]
pub struct ChoiceGroup {
    pub label: String,
    pub choices: Vec<Choice>,
}

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
    /// After the single answers, those that come in groups.
    #[prop(optional)]
    groups: Vec<ChoiceGroup>,
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
    let groups = groups.into_iter().map(|group| {
        view! { <optgroup label=group.label>{options(group.choices, &chosen)}</optgroup> }
    });
    let groups = groups.collect_view();
    let options = options(choices, &chosen);
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
                {groups}
            </select>
        </div>
    }
    .into_any()
}

fn options(choices: Vec<Choice>, chosen: &str) -> AnyView {
    let options = choices.into_iter().map(|choice| {
        let selected = choice.value == chosen;
        view! {
            <option value=choice.value selected=selected disabled=choice.disabled>
                {choice.label}
            </option>
        }
    });
    options.collect_view().into_any()
}
