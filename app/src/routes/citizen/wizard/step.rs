//! One page of the wizard.

use domain::form::Step;
use leptos::prelude::*;
use sync::view;

use super::{mistakes, name_of, place_of};
use crate::{
    components::*,
    i18n::{
        citizen::{RegisterTexts, subject as subject_word},
        use_language,
    },
};

pub fn step(step: Step, draft: &view::Draft) -> AnyView {
    let language = use_language();
    let texts = RegisterTexts::of(language);
    let mistakes = if draft.seen.contains(&step) {
        mistakes::of(&draft.form, step, language)
    } else {
        Vec::new()
    };
    let action = language.address(&use_site().county, "/register/step");
    let title = title(step, texts);
    let for_what = match &draft.visit {
        Some(visit) => format!("{} · {}", texts.for_visit, visit.title),
        None => texts.ordinary_title.to_owned(),
    };
    let (current, total) = place_of(step);
    let fields = fields(step, draft, &mistakes);
    view! {
        <Page title=title place=Place::Register>
            <ErrorSummary errors=mistakes/>
            <p class="mute">{for_what}</p>
            <ProgressCount current total/>
            <Heading>{title}</Heading>
            <form method="post" action=action novalidate>
                <input type="hidden" name="step" value=name_of(step)/>
                {fields}
                <Button>{next_word(language)}</Button>
            </form>
        </Page>
    }
    .into_any()
}

fn next_word(language: crate::Language) -> &'static str {
    match language {
        crate::Language::Chinese => "下一步",
        crate::Language::English => "Next",
    }
}

fn title(step: Step, texts: &'static RegisterTexts) -> &'static str {
    match step {
        Step::Who => texts.whom,
        Step::HowMany => texts.how_many,
        Step::Subject => texts.kind,
        Step::Matter => texts.matter,
        Step::Reach => texts.reach,
        Step::Secrecy => texts.secret_from,
        Step::Check => texts.check,
    }
}

fn fields(step: Step, draft: &view::Draft, mistakes: &[FieldError]) -> AnyView {
    let language = use_language();
    let texts = RegisterTexts::of(language);
    let form = draft.form.clone();
    let error = |field: &str| FieldError::of(mistakes, field);
    match step {
        Step::Who => {
            let whom = vec![Choice::new("self", texts.whom_self), Choice::new("relative", texts.whom_relative)];
            view! {
                <RadioGroup name="for_whom" label=texts.whom choices=whom chosen=form.for_whom error=error("for_whom")/>
                <TextField name="name" label=texts.name hint=texts.name_hint value=form.name error=error("name")/>
                <TextField name="filer_name" label=texts.filer_name value=form.filer_name error=error("filer_name")/>
                <TextField name="relation" label=texts.relation value=form.relation error=error("relation")/>
            }
            .into_any()
        }
        Step::HowMany => view! {
            <NumberField name="people" label=texts.how_many hint=texts.how_many_hint value=form.people error=error("people")/>
        }
        .into_any(),
        Step::Subject => subject(form, mistakes),
        Step::Matter => view! {
            <Emergency/>
            <TextArea name="statement" label=texts.matter hint=texts.matter_hint value=form.statement error=error("statement")/>
            <Checkbox name="in_person" label=texts.tell_in_person checked=form.in_person == "on"/>
            <Checkbox name="danger" label=texts.danger hint=texts.danger_hint checked=form.danger == "on"/>
        }
        .into_any(),
        Step::Reach => reach(form, mistakes),
        Step::Secrecy | Step::Check => {
            let agent = vec![Choice::new("agent", texts.secret_agent)];
            view! {
                <CheckboxGroup name="restricted" label=texts.secret_from hint=texts.secret_from_hint choices=agent chosen=form.restricted/>
                <TextField name="restricted_person" label=texts.secret_person hint=texts.secret_who value=form.restricted_person error=error("restricted_person")/>
            }
            .into_any()
        }
    }
}

fn subject(form: domain::form::RegisterForm, mistakes: &[FieldError]) -> AnyView {
    let language = use_language();
    let texts = RegisterTexts::of(language);
    let kinds = vec![
        Choice::new("request", texts.appeal),
        Choice::new("suggestion", texts.suggestion),
        Choice::new("accusation", texts.accusation).hint(texts.accusation_what),
    ];
    let choices = domain::form::SUBJECTS
        .iter()
        .map(|(value, subject)| {
            Choice::new(*value, subject_word(language, *subject)).symbol(symbol(*subject))
        })
        .collect();
    view! {
        <RadioGroup name="kind" label=texts.kind choices=kinds chosen=form.kind error=FieldError::of(mistakes, "kind")/>
        <RadioGroup name="subject" label=texts.subject hint=texts.subject_hint choices layout=RadioLayout::Pictures
            chosen=form.subject error=FieldError::of(mistakes, "subject")/>
    }
    .into_any()
}

fn reach(form: domain::form::RegisterForm, mistakes: &[FieldError]) -> AnyView {
    let texts = RegisterTexts::of(use_language());
    let error = |field: &str| FieldError::of(mistakes, field);
    let ways = vec![
        Choice::new("call", texts.reach_call),
        Choice::new("text", texts.reach_text),
        Choice::new("through", texts.reach_through),
        Choice::new("none", texts.reach_none),
    ];
    view! {
        <RadioGroup name="reach" label=texts.reach choices=ways chosen=form.reach error=error("reach")/>
        <TextField name="phone" label=texts.phone hint=texts.phone_hint value=form.phone kind=InputKind::Telephone
            autocomplete="tel" error=error("phone")/>
        <TextField name="through_name" label=texts.through_whom value=form.through_name error=error("through_name")/>
        <TextField name="hours" label=texts.hours value=form.hours error=error("hours")/>
        <TextField name="pin" label=texts.second_factor hint=texts.second_factor_hint value=form.pin
            kind=InputKind::Secret error=error("pin")/>
    }
    .into_any()
}

/// The picture of a subject.
fn symbol(subject: domain::filing::Subject) -> Symbol {
    use domain::filing::Subject;
    match subject {
        Subject::Land => Symbol::Field,
        Subject::Housing => Symbol::House,
        Subject::Roads => Symbol::Road,
        Subject::Water => Symbol::Water,
        Subject::Environment => Symbol::Tree,
        Subject::Work => Symbol::Wage,
        Subject::Health => Symbol::Health,
        Subject::School => Symbol::School,
        Subject::Pension => Symbol::Support,
        Subject::Neighbours => Symbol::Scales,
        Subject::VillageAffairs => Symbol::Ledger,
        Subject::Other => Symbol::Other,
    }
}
