//! Somebody came without registering: a short form at the desk, and a slip with the code.

use domain::{
    filing::MatterKind,
    form::{KINDS, REACH, Reach, SUBJECTS},
    ids::VisitId,
};
use leptos::prelude::*;
use sync::{query, view::Registrations};

use super::{PLACE, id_in_address};
use crate::{
    components::*,
    i18n::{
        citizen::{NeedTexts, RegisterTexts, subject},
        day_and_weekday,
        office::VisitTexts,
        use_language,
    },
    repository::use_view,
    routes::office::{
        frame::{address, office_with_forms},
        kept::Kept,
        needs::needs_choices,
    },
};

#[component]
pub fn WalkIn() -> impl IntoView {
    let id = id_in_address("visit");
    let view = use_view(move || query::Registrations {
        visit: VisitId(id()),
        filter: sync::view::DeskFilter::default(),
    });
    let title = VisitTexts::of(use_language()).walk_in;
    office_with_forms(title, PLACE, view, show)
}

fn show(view: Registrations, kept: &Kept) -> AnyView {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let asked = RegisterTexts::of(language);
    let id = view.visit.visit;
    let typed = kept.form(&format!("walk-in {id}"));
    let list = address(&format!("/office/visits/{id}/registrations"));
    let kinds = KINDS
        .iter()
        .filter_map(|(value, kind)| kind_word(*kind).map(|word| Choice::new(*value, word)));
    let subjects = SUBJECTS.iter();
    let subjects = subjects.map(|(value, about)| Choice::new(*value, subject(language, *about)));
    let reach = REACH.iter();
    let reach = reach.map(|(value, way)| Choice::new(*value, reach_word(*way)));
    let fields = view! {
        <TextField name="name" label=asked.name value=typed.value("name")
            error=typed.error("name")/>
        <NumberField name="people" label=asked.how_many hint=asked.how_many_hint
            value=typed.value_or("people", "1") error=typed.error("people")/>
        <CheckboxGroup name="needs" label=NeedTexts::of(language).short choices=needs_choices()
            chosen=typed.values("needs") error=typed.error("needs")/>
        <Select name="kind" label=asked.kind choices=kinds.collect()
            chosen=typed.value_or("kind", "request") error=typed.error("kind")/>
        <Select name="subject" label=asked.subject choices=subjects.collect()
            chosen=typed.value("subject") empty=asked.choose_one error=typed.error("subject")/>
        <TextArea name="statement" label=asked.matter hint=asked.matter_hint
            value=typed.value("statement") error=typed.error("statement")/>
        <Checkbox name="in_person" label=asked.tell_in_person
            checked=typed.value_or("in_person", "on") == "on" error=typed.error("in_person")/>
        <Select name="reach" label=asked.reach choices=reach.collect()
            chosen=typed.value_or("reach", "call") error=typed.error("reach")/>
        <TextField name="phone" label=asked.phone hint=asked.phone_hint
            kind=InputKind::Telephone value=typed.value("phone") error=typed.error("phone")/>
        <TextField name="through_name" label=asked.through_whom
            value=typed.value("through_name") error=typed.error("through_name")/>
        <TextField name="pin" label=asked.second_factor hint=asked.second_factor_hint
            kind=InputKind::Secret value=typed.value("pin") error=typed.error("pin")/>
        <Checkbox name="danger" label=asked.danger hint=asked.danger_hint
            checked=typed.value("danger") == "on" error=typed.error("danger")/>
        <Button>{texts.walk_in_send}</Button>
    };
    let action = address(&format!("/office/visits/{id}/walk-in"));
    let form = typed.form(action, None, fields);
    let (title, when) = (
        view.visit.title.to_string(),
        day_and_weekday(language, view.visit.date),
    );
    view! {
        <p><b>{title}</b> " " {when}</p>
        <p>{texts.walk_in_what}</p>
        {form}
        <p><a class="target" href=list>{texts.to_the_list}</a></p>
    }
    .into_any()
}

/// What a party comes with. Thanks need no room.
fn kind_word(kind: MatterKind) -> Option<&'static str> {
    let asked = RegisterTexts::of(use_language());
    match kind {
        MatterKind::Request => Some(asked.appeal),
        MatterKind::Suggestion => Some(asked.suggestion),
        MatterKind::Accusation => Some(asked.accusation),
        MatterKind::Question | MatterKind::Thanks => None,
    }
}

fn reach_word(way: Reach) -> &'static str {
    let asked = RegisterTexts::of(use_language());
    match way {
        Reach::Call => asked.reach_call,
        Reach::Text => asked.reach_text,
        Reach::Through => asked.reach_through,
        Reach::None => asked.reach_none,
    }
}
