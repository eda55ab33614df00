//! One page of the wizard.

use std::sync::Arc;

use domain::form::{RegisterForm, Step};
use leptos::prelude::*;
use sync::view::{self, DivisionLevel};

use super::{
    media::media,
    place::{Reach, place_choice},
    place_of,
};
use crate::{
    components::*,
    i18n::{
        citizen::{NeedTexts, RegisterTexts, need, subject as subject_word},
        common::ActionTexts,
        use_language,
    },
    routes::citizen::{
        here,
        loaded::asked_for,
        mistakes,
        send::{CheckedForm, Fields, error_of},
    },
};

/// The page's mistakes: those of the server's page first, those found in the browser after.
type Errors = RwSignal<Vec<FieldError>>;

pub fn step(step: Step, draft: view::Draft) -> AnyView {
    let language = use_language();
    let texts = RegisterTexts::of(language);
    let known = if draft.seen.contains(&step) {
        mistakes::of(&draft.form, step, language)
    } else {
        Vec::new()
    };
    let errors = RwSignal::new(known);
    let action = language.address(&use_site().county, "/register/step");
    let title = title(step, texts);
    let for_what = match &draft.visit {
        Some(visit) => format!("{} · {}", texts.for_visit, visit.title),
        None => texts.ordinary_title.to_owned(),
    };
    let visit = draft.visit.as_ref().map(|visit| visit.visit.to_string());
    let restarted = asked_for("restarted")().map(|_| {
        view! { <Inset title=texts.draft_gone kind=InsetKind::Warning><p>{texts.restarted}</p></Inset> }
    });
    let (current, total) = place_of(step);
    let fields = fields(step, &draft, errors);
    let go_on = here::go_on(&draft, step);
    let typed = here::typed(&draft, step);
    let form = draft.form;
    let check = Arc::new(move |fields: &Fields| {
        mistakes::of(
            &form.with_step(step, |name| fields.all(name)),
            step,
            language,
        )
    });
    view! {
        <Page title=title place=Place::Register>
            <ErrorSummary errors/>
            {restarted}
            {here::unsaved()}
            <p class="mute">{for_what}</p>
            <ProgressCount current total/>
            <Heading>{title}</Heading>
            <CheckedForm action check errors go_on typed>
                <input type="hidden" name="step" value=step.name()/>
                {visit.map(|visit| view! { <input type="hidden" name="visit" value=visit/> })}
                <div class="stack">{fields}</div>
                <p class="form-end"><Button>{ActionTexts::of(language).next_step}</Button></p>
            </CheckedForm>
        </Page>
    }
    .into_any()
}

fn title(step: Step, texts: &'static RegisterTexts) -> &'static str {
    match step {
        Step::Who => texts.who,
        Step::HowMany => texts.how_many,
        Step::Subject => texts.kind_and_subject,
        Step::Matter => texts.matter,
        Step::Reach => texts.reach,
        Step::Secrecy => texts.secret_from,
        Step::Check => texts.check,
    }
}

fn fields(step: Step, draft: &view::Draft, errors: Errors) -> AnyView {
    let form = draft.form.clone();
    match step {
        Step::Who => who(form, draft, errors),
        Step::HowMany => how_many(form, errors),
        Step::Subject => subject(form, errors),
        Step::Matter => matter(form, draft, errors),
        Step::Reach => reach(form, errors),
        Step::Secrecy | Step::Check => secrecy(form, draft, errors),
    }
}

fn who(form: RegisterForm, draft: &view::Draft, errors: Errors) -> AnyView {
    let texts = RegisterTexts::of(use_language());
    let error = |field: &'static str| error_of(errors, field);
    let whom = vec![
        Choice::new("self", texts.whom_self),
        Choice::new("relative", texts.whom_relative),
    ];
    let village = place_choice(
        "village",
        texts.home_village,
        &draft.divisions,
        &form.village,
        Reach::VillagesOnly,
        error("village"),
    );
    view! {
        <RadioGroup name="for_whom" label=texts.whom choices=whom chosen=form.for_whom error=error("for_whom")/>
        <TextField name="name" label=texts.name hint=texts.name_hint value=form.name error=error("name")/>
        <div class="stack only-relative">
            <TextField name="filer_name" label=texts.filer_name hint=texts.filer_name_hint value=form.filer_name
                error=error("filer_name")/>
            <TextField name="relation" label=texts.relation value=form.relation error=error("relation")/>
        </div>
        <h2>{texts.optional_title}</h2>
        <p>{texts.optional_what}</p>
        {village}
        <TextField name="address" label=texts.address value=form.address error=error("address")/>
        <NumberField name="birth_year" label=texts.birth_year value=form.birth_year error=error("birth_year")/>
        <TextField name="id_number" label=texts.id_number hint=texts.id_number_hint value=form.id_number
            error=error("id_number")/>
    }
    .into_any()
}

fn how_many(form: RegisterForm, errors: Errors) -> AnyView {
    let language = use_language();
    let texts = RegisterTexts::of(language);
    let asked = NeedTexts::of(language);
    let needs = domain::form::NEEDS.iter();
    let needs = needs.map(|(value, it)| Choice::new(*value, need(language, *it)));
    view! {
        <NumberField name="people" label=texts.people hint=texts.how_many_hint value=form.people
            error=error_of(errors, "people")/>
        <TextArea name="representatives" label=texts.representatives hint=texts.representatives_hint
            value=form.representatives limit=300 error=error_of(errors, "representatives")/>
        <CheckboxGroup name="needs" label=asked.title hint=asked.hint choices=needs.collect() chosen=form.needs
            error=error_of(errors, "needs")/>
    }
    .into_any()
}

fn subject(form: RegisterForm, errors: Errors) -> AnyView {
    let language = use_language();
    let texts = RegisterTexts::of(language);
    let kinds = vec![
        Choice::new("request", texts.appeal),
        Choice::new("suggestion", texts.suggestion),
        Choice::new("accusation", texts.accusation).hint(texts.accusation_what),
        Choice::new("question", texts.ask),
        Choice::new("thanks", texts.thanks),
    ];
    let choices = domain::form::SUBJECTS
        .iter()
        .map(|(value, subject)| {
            Choice::new(*value, subject_word(language, *subject)).symbol(symbol(*subject))
        })
        .collect();
    view! {
        <RadioGroup name="kind" label=texts.kind choices=kinds chosen=form.kind error=error_of(errors, "kind")/>
        <RadioGroup name="subject" label=texts.subject hint=texts.subject_hint choices layout=RadioLayout::Pictures
            chosen=form.subject error=error_of(errors, "subject")/>
    }
    .into_any()
}

fn matter(form: RegisterForm, draft: &view::Draft, errors: Errors) -> AnyView {
    let texts = RegisterTexts::of(use_language());
    let place = place_choice(
        "place",
        texts.place,
        &draft.divisions,
        &form.place,
        Reach::TownshipsToo,
        error_of(errors, "place"),
    );
    view! {
        <Emergency/>
        <TextArea name="statement" label=texts.statement hint=texts.matter_hint value=form.statement
            error=error_of(errors, "statement")/>
        {media(draft)}
        <Checkbox name="in_person" label=texts.tell_in_person checked=form.in_person == "on"/>
        {place}
        <Checkbox name="danger" label=texts.danger hint=texts.danger_hint checked=form.danger == "on"/>
    }
    .into_any()
}

fn reach(form: RegisterForm, errors: Errors) -> AnyView {
    let texts = RegisterTexts::of(use_language());
    let error = |field: &'static str| error_of(errors, field);
    let ways = vec![
        Choice::new("call", texts.reach_call),
        Choice::new("text", texts.reach_text),
        Choice::new("through", texts.reach_through),
        Choice::new("none", texts.reach_none),
    ];
    view! {
        <RadioGroup name="reach" label=texts.reach_way choices=ways chosen=form.reach error=error("reach")/>
        <TextField name="phone" label=texts.phone hint=texts.phone_hint value=form.phone kind=InputKind::Telephone
            autocomplete="tel" error=error("phone")/>
        <div class="only-through">
            <TextField name="through_name" label=texts.through_whom value=form.through_name error=error("through_name")/>
        </div>
        <TextField name="hours" label=texts.hours hint=texts.hours_hint value=form.hours error=error("hours")/>
        <TextField name="pin" label=texts.second_factor hint=texts.second_factor_hint value=form.pin
            kind=InputKind::Secret error=error("pin")/>
    }
    .into_any()
}

fn secrecy(form: RegisterForm, draft: &view::Draft, errors: Errors) -> AnyView {
    let texts = RegisterTexts::of(use_language());
    let near = draft.divisions.iter().filter_map(|division| {
        let kind = match division.level {
            DivisionLevel::Village => "village",
            DivisionLevel::Township => "township",
            DivisionLevel::County => return None,
        };
        let officials = texts.officials_of;
        Some(Choice::new(
            format!("{kind}:{}", division.code),
            format!("{}{officials}", division.name),
        ))
    });
    let agent = std::iter::once(Choice::new("agent", texts.secret_agent));
    let closed = agent.chain(near).collect();
    let units: Vec<Choice> = draft
        .units
        .iter()
        .map(|(id, name)| Choice::new(format!("unit:{id}"), name.to_string()))
        .collect();
    let chosen = form.restricted;
    let units = (!units.is_empty()).then(|| {
        let chosen = chosen.clone();
        view! {
            <Details summary=texts.secret_unit>
                <CheckboxGroup name="restricted" id="restricted-unit" label=texts.secret_unit choices=units chosen/>
            </Details>
        }
    });
    view! {
        <p>{texts.secret_what}</p>
        <CheckboxGroup name="restricted" label=texts.secret_whom hint=texts.secret_from_hint choices=closed chosen
            error=error_of(errors, "restricted")/>
        {units}
        <TextField name="restricted_person" label=texts.secret_person hint=texts.secret_who value=form.restricted_person
            error=error_of(errors, "restricted_person")/>
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
