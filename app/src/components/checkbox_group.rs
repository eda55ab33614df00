use leptos::prelude::*;

use super::{
    choice::{Choice, choice_box, choice_id},
    field::{Asked, box_class, described_by, legend, notes},
};

/// Any of several answers. The form sends the name once for each.
#[component]
pub fn CheckboxGroup(
    /// The form field's name; the first answer has it as its id.
    name: &'static str,
    /// The first answer's id, where two groups share a name.
    #[prop(optional)]
    id: Option<&'static str>,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] hint: String,
    /// The values already chosen.
    #[prop(optional)]
    chosen: Vec<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] asked: Asked,
) -> impl IntoView {
    let id = id.unwrap_or(name);
    let described = described_by(id, &hint, error);
    let boxes = choices
        .into_iter()
        .enumerate()
        .map(|(position, choice)| {
            let checked = chosen.contains(&choice.value);
            choice_box("checkbox", name, choice_id(id, position), choice, checked)
        })
        .collect_view();
    view! {
        <fieldset class=move || box_class(error) aria-describedby=described>
            {legend(asked, label)}
            {notes(id, hint, error)}
            <div class="choices">{boxes}</div>
        </fieldset>
    }
    .into_any()
}

/// A single tick, such as consent. The form sends `on` when it is set.
#[component]
pub fn Checkbox(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] checked: bool,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let choice = Choice::new("on", label).hint(hint);
    view! {
        <div class=move || box_class(error)>
            {notes(name, String::new(), error)}
            {choice_box("checkbox", name, name.to_owned(), choice, checked)}
        </div>
    }
    .into_any()
}
