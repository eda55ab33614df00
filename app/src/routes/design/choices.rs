use leptos::prelude::*;

use super::sample::Sample;
use crate::{
    components::*,
    i18n::{
        citizen::{RegisterErrors, RegisterTexts, SubjectTexts},
        use_language,
    },
};

/// Choices: one of a few, the picture list, any of several.
pub(super) fn choices(texts: &'static Sample) -> AnyView {
    let language = use_language();
    let register = RegisterTexts::of(language);
    let errors = RegisterErrors::of(language);
    view! {
        <h2>{texts.choices}</h2>
        <form class="stack" method="post">
            <RadioGroup name="whom" label=register.whom chosen="self"
                choices=vec![
                    Choice::new("self", register.whom_self),
                    Choice::new("relative", register.whom_relative),
                    Choice::new("agent", register.whom_agent).hint(register.basis).disabled(),
                ]/>
            <RadioGroup name="reach" label=register.reach
                error=Some(errors.reach.to_owned())
                choices=vec![
                    Choice::new("call", register.reach_call),
                    Choice::new("none", register.reach_none),
                ]/>
            <RadioGroup name="subject" label=register.subject hint=register.subject_hint
                layout=RadioLayout::Pictures choices=subjects(SubjectTexts::of(language))/>
            <CheckboxGroup name="secret" label=register.secret_from hint=register.secret_from_hint
                chosen=vec!["village".to_owned()]
                choices=vec![
                    Choice::new("village", register.secret_village),
                    Choice::new("township", register.secret_township),
                    Choice::new("agent", register.secret_agent),
                ]/>
            <PlacePicker name="places" label=texts.township hint=texts.unfold parts=texts.villages
                chosen=vec!["1-2".to_owned()]
                groups=vec![
                    (
                        Choice::new("1", texts.township_1),
                        vec![Choice::new("1-1", texts.village_1), Choice::new("1-2", texts.village_2)],
                    ),
                    (Choice::new("2", texts.township_2), Vec::new()),
                ]/>
            <Checkbox name="danger" label=register.danger hint=register.danger_hint/>
            <Checkbox name="consent" label=register.consent error=Some(errors.consent.to_owned())/>
        </form>
    }
    .into_any()
}

fn subjects(texts: &SubjectTexts) -> Vec<Choice> {
    [
        ("land", texts.land, Symbol::Field),
        ("housing", texts.housing, Symbol::House),
        ("work", texts.work, Symbol::Wage),
        ("roads", texts.roads, Symbol::Road),
        ("water", texts.water, Symbol::Water),
        ("environment", texts.environment, Symbol::Tree),
        ("health", texts.health, Symbol::Health),
        ("school", texts.school, Symbol::School),
        ("pension", texts.pension, Symbol::Support),
        ("village_affairs", texts.village_affairs, Symbol::Ledger),
        ("neighbours", texts.neighbours, Symbol::Scales),
        ("other", texts.other, Symbol::Other),
    ]
    .map(|(value, label, symbol)| Choice::new(value, label).symbol(symbol))
    .to_vec()
}
