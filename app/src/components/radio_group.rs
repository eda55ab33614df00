use leptos::prelude::*;

use super::{
    choice::{Choice, choice_box, choice_id},
    field::{Asked, box_class, described_by, legend, notes},
};

/// How the answers are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RadioLayout {
    #[default]
    List,
    /// Two columns where there is room: for choices with a picture each.
    Pictures,
}

/// One of several answers.
#[component]
pub fn RadioGroup(
    /// The form field's name; the first answer has it as its id.
    name: &'static str,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] hint: String,
    /// The value already chosen; empty for none.
    #[prop(optional, into)]
    chosen: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] asked: Asked,
    #[prop(optional)] layout: RadioLayout,
) -> impl IntoView {
    let described = described_by(name, &hint, error);
    let class = match layout {
        RadioLayout::List => "choices",
        RadioLayout::Pictures => "choices pictures",
    };
    let boxes = choices
        .into_iter()
        .enumerate()
        .map(|(position, choice)| {
            let checked = choice.value == chosen;
            choice_box("radio", name, choice_id(name, position), choice, checked)
        })
        .collect_view();
    view! {
        <fieldset class=move || box_class(error) aria-describedby=described>
            {legend(asked, label)}
            {notes(name, hint, error)}
            <div class=class>{boxes}</div>
        </fieldset>
    }
    .into_any()
}
