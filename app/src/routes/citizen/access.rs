//! Who else can see it: the petitioner lets in one more person, and ends it.

use std::sync::Arc;

use domain::{
    actor::HolderRole,
    citizen::CitizenCommand,
    form::{AccessForm, DELEGATES},
    ids::CommandId,
};
use leptos::prelude::*;
use sync::view::{Access, LetIn, Mine, Typed};

use super::{
    case::history::history,
    mistakes,
    send::{CommandForm, Kept, ReadForm, error_of},
    slip::written_code,
};
use crate::{
    components::*,
    i18n::{
        citizen::{AccessTexts, MatterTexts, RegisterErrors, TimelineTexts, seen_until},
        day_with_year, in_china, use_language,
    },
};

type Errors = RwSignal<Vec<FieldError>>;

/// Days that are offered at first.
const OFFERED_DAYS: i64 = 90;

/// Nothing for those who were let in themselves. On a page that only this device made, `kept` leads to where it is
/// said how far it is.
pub fn access(mine: &Mine, errors: Errors, kept: Option<&Kept>) -> AnyView {
    let Some(access) = &mine.access else {
        return ().into_any();
    };
    let language = use_language();
    let texts = AccessTexts::of(language);
    let people = access.people.iter();
    let people: Vec<AnyView> = people
        .map(|person| let_in(person, access, mine.next_act, kept.cloned()))
        .collect();
    let can_see = (!people.is_empty()).then(|| view! { <h2>{texts.can_see}</h2> });
    let more = match access.can_grant {
        true => grant(access, mine, errors, kept.cloned()),
        false => view! { <p>{texts.full}</p> }.into_any(),
    };
    let events = (!access.history.is_empty()).then(|| {
        let history = history(&access.history, TimelineTexts::of(language));
        view! { <Details summary=MatterTexts::of(language).history>{history}</Details> }
    });
    view! {
        <section id="access" class="stack no-print">
            {can_see}
            {people}
            <Details summary=texts.title open=mine.typed.is_some() || kept.is_some()>{more}</Details>
            {events}
        </section>
    }
    .into_any()
}

fn let_in(person: &LetIn, access: &Access, id: CommandId, kept: Option<Kept>) -> AnyView {
    let language = use_language();
    let texts = AccessTexts::of(language);
    let (opens, grant) = (access.opens, person.grant);
    let until = person
        .until
        .map(|day| seen_until(language, &day_with_year(language, day)));
    let code = person.code.as_ref().map(|code| {
        view! {
            <p>{texts.code}</p>
            <p data-size="40"><CodeDisplay code=written_code(code)/></p>
            <p>{texts.code_what}</p>
        }
    });
    let read: ReadForm = Arc::new(move |_| Ok(CitizenCommand::RevokeAccess { opens, grant }));
    let action = language.address(&use_site().county, "/mine/access/revoke");
    let take_back = format!("{} {}", texts.take_back, person.name);
    view! {
        <div class="stack-close">
            <p><b>{person.name.to_string()}</b> " · " {role(person.holder, texts)} " · " {until}</p>
            {code}
            <CommandForm action id read errors=RwSignal::new(Vec::new()) kept>
                <input type="hidden" name="grant" value=grant.to_string()/>
                <Button kind=ButtonKind::Secondary>{take_back}</Button>
            </CommandForm>
        </div>
    }
    .into_any()
}

fn grant(access: &Access, mine: &Mine, errors: Errors, kept: Option<Kept>) -> AnyView {
    let language = use_language();
    let texts = AccessTexts::of(language);
    let opens = access.opens;
    let typed = mine.typed.as_ref().and_then(|typed| typed.access.clone());
    let typed = typed.unwrap_or_else(|| {
        let until = in_china(mine.as_of).date() + chrono::TimeDelta::days(OFFERED_DAYS);
        AccessForm {
            until: until.min(access.latest).to_string(),
            ..AccessForm::default()
        }
    });
    let read: ReadForm = Arc::new(move |fields| {
        let form = AccessForm {
            who: fields.one("who"),
            name: fields.one("name"),
            until: fields.one("until"),
            pin: fields.one("pin"),
        };
        form.parse(opens)
    });
    let choices = DELEGATES.iter();
    let choices = choices
        .map(|(value, holder)| Choice::new(*value, role(*holder, texts)))
        .collect();
    let action = language.address(&use_site().county, "/mine/access/grant");
    view! {
        <p>{texts.what}</p>
        <CommandForm action id=mine.next_act read errors kept>
            <div class="stack">
                <RadioGroup name="who" label=texts.who choices chosen=typed.who
                    error=error_of(errors, "who")/>
                <TextField name="name" label=texts.name value=typed.name
                    error=error_of(errors, "name")/>
                <TextField name="until" label=texts.until hint=texts.until_hint value=typed.until
                    kind=InputKind::Date error=error_of(errors, "until")/>
                <TextField name="pin" label=texts.pin hint=texts.pin_hint kind=InputKind::Secret
                    error=error_of(errors, "pin")/>
                <Button>{texts.give}</Button>
            </div>
        </CommandForm>
    }
    .into_any()
}

fn role(holder: HolderRole, texts: &'static AccessTexts) -> &'static str {
    match holder {
        HolderRole::Representative => texts.representative,
        HolderRole::Agent => texts.agent,
        HolderRole::Relative | HolderRole::Petitioner => texts.relative,
    }
}

/// The mistakes in what was typed, beside the field it stands in again. The four digits are never
/// kept, so they are asked for anew.
pub fn of_typed(mine: &Mine) -> Vec<FieldError> {
    let (
        Some(access),
        Some(Typed {
            access: Some(form),
            refused: None,
            ..
        }),
    ) = (&mine.access, &mine.typed)
    else {
        return Vec::new();
    };
    match form.parse(access.opens) {
        Ok(_) => Vec::new(),
        Err(errors) => mistakes::words(&errors, use_language()),
    }
}

/// What is said beside a field that is only here.
pub fn word(field: &str, language: crate::Language) -> Option<&'static str> {
    let texts = AccessTexts::of(language);
    Some(match field {
        "who" => texts.who_needed,
        "until" => texts.day,
        "pin" => RegisterErrors::of(language).second_factor,
        _ => return None,
    })
}
