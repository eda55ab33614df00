use leptos::prelude::*;

use super::{
    choice::{Choice, choice_box, choice_id},
    field::{Asked, box_class, legend, notes},
};

/// Places of two levels: a township and, folded beneath it, its villages. Opens without scripts; what
/// is chosen is never folded away.
#[component]
pub fn PlacePicker(
    /// The form field's name, sent once for each place; the first answer has it as its id.
    name: &'static str,
    #[prop(into)] label: String,
    /// Each township, as a whole, and its villages.
    groups: Vec<(Choice, Vec<Choice>)>,
    /// What is folded beneath a township, such as "村".
    #[prop(into)]
    parts: String,
    #[prop(optional, into)] hint: String,
    /// The values already chosen.
    #[prop(optional)]
    chosen: Vec<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let mut position = 0;
    let mut tick = |choice: Choice| {
        let id = choice_id(name, position);
        position += 1;
        let checked = chosen.contains(&choice.value);
        choice_box("checkbox", name, id, choice, checked)
    };
    let groups = groups
        .into_iter()
        .map(|(whole, within_it)| {
            let within = within_it.iter().any(|part| chosen.contains(&part.value));
            let name = whole.label.clone();
            let whole = tick(whole);
            let within_it = within_it.into_iter().map(&mut tick).collect_view();
            view! {
                {whole}
                <details class="place-parts" open=within>
                    <summary>{name} " · " {parts.clone()}</summary>
                    <div class="choices pictures">{within_it}</div>
                </details>
            }
        })
        .collect_view();
    view! {
        <fieldset class=move || box_class(error)>
            {legend(Asked::AsField, label)}
            {notes(name, hint, error)}
            <div class="choices">{groups}</div>
        </fieldset>
    }
    .into_any()
}
