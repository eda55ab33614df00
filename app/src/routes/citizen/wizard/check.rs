//! The last page: everything as it was understood, with a way back to each question.

use std::sync::Arc;

use domain::{
    citizen::CitizenCommand,
    form::{RegisterForm, Step},
    ids::VisitId,
};
use leptos::prelude::*;
use sync::view;

use super::{place, place_of, step_address};
use crate::{
    components::*,
    i18n::{
        citizen::{NoticeTexts, RegisterTexts, need, subject as subject_word, taken},
        common::{ActionTexts, ErrorTexts},
        use_language,
    },
    routes::citizen::{
        here,
        loaded::asked_for,
        mistakes,
        send::{CommandForm, ReadForm},
    },
};

pub fn check(draft: view::Draft) -> AnyView {
    let language = use_language();
    let texts = RegisterTexts::of(language);
    let errors = mistakes::of(&draft.form, Step::Check, language);
    let (current, total) = place_of(Step::Check);
    let whole = errors.is_empty();
    let missing = missing(&draft.form);
    let errors = RwSignal::new(errors);
    let rows = rows(&draft);
    view! {
        <Page title=texts.check place=Place::Register>
            <ErrorSummary errors/>
            <ProgressCount current total/>
            <Heading>{texts.check}</Heading>
            {not_sent(&draft)}
            {here::unsaved()}
            <SummaryList rows/>
            {if whole { send(&draft, errors) } else { missing }}
        </Page>
    }
    .into_any()
}

/// Why the last try changed nothing. All that was typed is still there.
fn not_sent(draft: &view::Draft) -> AnyView {
    let language = use_language();
    let texts = RegisterTexts::of(language);
    let refused = draft.refused.as_ref().map(|why| {
        let why = mistakes::refusal(why, language);
        view! { <Inset title=why kind=InsetKind::Warning><p>{texts.draft_kept}</p></Inset> }
    });
    let later = (asked_for("again")().as_deref() == Some("later")).then(|| {
        let errors = ErrorTexts::of(language);
        view! {
            <Inset title=errors.not_received kind=InsetKind::Warning>
                <p>{errors.not_received_what}</p>
                <p class="row"><CallLink/></p>
            </Inset>
        }
    });
    view! { {refused} {later} }.into_any()
}

/// The first step that still lacks something: a disabled button would leave the person alone.
fn missing(form: &RegisterForm) -> AnyView {
    let texts = ActionTexts::of(use_language());
    let mut steps = Step::ALL.into_iter();
    let step = steps
        .find(|step| form.parse_step(*step).is_err())
        .unwrap_or(Step::Who);
    view! { <LinkButton href=step_address(step)>{texts.go_on}</LinkButton> }.into_any()
}

fn send(draft: &view::Draft, errors: RwSignal<Vec<FieldError>>) -> AnyView {
    let language = use_language();
    let texts = RegisterTexts::of(language);
    let action = language.address(&use_site().county, "/register/send");
    let visit = draft.visit.as_ref().map(|visit| visit.visit);
    let id = draft.command;
    let kept = here::sent(draft, draft.visit.clone());
    let read = reader(draft.form.clone(), visit);
    let ordinary = (draft.refused.is_some() && visit.is_some()).then(|| {
        let read = reader(draft.form.clone(), None);
        let action = action.clone();
        let kept = here::sent(draft, None);
        view! {
            <CommandForm action id read errors kept=Some(kept)>
                <input type="hidden" name="ordinary" value="1"/>
                <Button kind=ButtonKind::Secondary>{NoticeTexts::of(language).register_ordinary}</Button>
            </CommandForm>
        }
    });
    view! {
        <p>{texts.consent} " " {texts.send_what}</p>
        <CommandForm action id read errors kept=Some(kept)>
            <Button>{texts.send}</Button>
        </CommandForm>
        {ordinary}
    }
    .into_any()
}

/// With a visit it is a registration, without one an ordinary matter.
fn reader(form: RegisterForm, visit: Option<VisitId>) -> ReadForm {
    Arc::new(move |_| {
        let filing = Box::new(form.parse()?);
        Ok(match visit {
            Some(visit) => CitizenCommand::Register { visit, filing },
            None => CitizenCommand::File { filing },
        })
    })
}

fn rows(draft: &view::Draft) -> Vec<SummaryRow> {
    let language = use_language();
    let texts = RegisterTexts::of(language);
    let form = &draft.form;
    let subject = domain::form::SUBJECTS
        .iter()
        .find(|(value, _)| *value == form.subject);
    let subject = subject.map_or("", |(_, subject)| subject_word(language, *subject));
    let row = |step: Step, label: &'static str, parts: &[&str]| {
        let parts: Vec<&str> = parts
            .iter()
            .copied()
            .filter(|part| !part.is_empty())
            .collect();
        SummaryRow::new(label, parts.join("\n")).change(step_address(step))
    };
    let village = place::name_of(&draft.divisions, &form.village);
    let place = place::name_of(&draft.divisions, &form.place);
    let danger = if form.danger == "on" {
        texts.danger
    } else {
        ""
    };
    let in_person = if form.in_person == "on" {
        texts.tell_in_person
    } else {
        ""
    };
    let following = taken(
        language,
        form.images.len(),
        usize::from(!form.recording.is_empty()),
    );
    let digits = match form.pin.trim().is_empty() {
        true => texts.digits_phone,
        false => texts.digits_own,
    };
    let filer = match form.for_whom.as_str() {
        "relative" => format!(
            "{} {}（{}）",
            texts.filer_name, form.filer_name, form.relation
        ),
        _ => String::new(),
    };
    let visit = draft
        .visit
        .as_ref()
        .map(|visit| SummaryRow::new(texts.for_visit, visit.title.to_string()));
    let needs = needs(form);
    let who = [
        &*form.name,
        &filer,
        &village,
        &form.address,
        &form.birth_year,
        &form.id_number,
    ];
    let answers = [
        row(Step::Who, texts.name, &who),
        row(
            Step::HowMany,
            texts.how_many,
            &[&form.people, &form.representatives, &needs],
        ),
        row(Step::Subject, texts.subject, &[kind(form, texts), subject]),
        row(
            Step::Matter,
            texts.matter,
            &[&form.statement, &following, in_person, &place, danger],
        ),
        row(
            Step::Reach,
            texts.reach,
            &[reach(form, texts), &form.phone, through(form), &form.hours],
        ),
        row(Step::Reach, texts.digits_chosen, &[digits]),
        row(Step::Secrecy, texts.secret_from, &[&secrecy(draft, texts)]),
    ];
    visit.into_iter().chain(answers).collect()
}

fn needs(form: &RegisterForm) -> String {
    let language = use_language();
    let ticked = domain::form::NEEDS.iter();
    let ticked = ticked.filter(|(value, _)| form.needs.iter().any(|ticked| ticked == value));
    let words: Vec<&str> = ticked.map(|(_, it)| need(language, *it)).collect();
    words.join("\n")
}

fn kind(form: &RegisterForm, texts: &'static RegisterTexts) -> &'static str {
    match form.kind.as_str() {
        "request" => texts.appeal,
        "suggestion" => texts.suggestion,
        "accusation" => texts.accusation,
        "question" => texts.ask,
        "thanks" => texts.thanks,
        _ => "",
    }
}

fn reach(form: &RegisterForm, texts: &'static RegisterTexts) -> &'static str {
    match form.reach.as_str() {
        "call" => texts.reach_call,
        "text" => texts.reach_text,
        "through" => texts.reach_through,
        "none" => texts.reach_none,
        _ => "",
    }
}

fn through(form: &RegisterForm) -> &str {
    match form.reach.as_str() {
        "through" => &form.through_name,
        _ => "",
    }
}

fn secrecy(draft: &view::Draft, texts: &'static RegisterTexts) -> String {
    let closed = draft.form.restricted.iter().map(|reader| {
        let (kind, code) = reader.split_once(':').unwrap_or((reader, ""));
        match kind {
            "agent" => texts.secret_agent.to_owned(),
            "unit" => {
                let mut units = draft.units.iter();
                units
                    .find(|(id, _)| id.to_string() == code)
                    .map(|(_, name)| name.to_string())
                    .unwrap_or_default()
            }
            _ => format!(
                "{}{}",
                place::name_of(&draft.divisions, code),
                texts.officials_of
            ),
        }
    });
    let mut closed: Vec<String> = closed.collect();
    if !draft.form.restricted_person.trim().is_empty() {
        closed.push(draft.form.restricted_person.clone());
    }
    match closed.is_empty() {
        true => texts.secret_nobody.to_owned(),
        false => closed.join("\n"),
    }
}
