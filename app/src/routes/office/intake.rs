//! Counter, call or letter on one page, in the order in which people tell it.

use domain::form::{CHANNELS, KINDS, SUBJECTS};
use leptos::prelude::*;
use sync::{
    query,
    view::{DivisionLevel, IntakeDesk},
};

use super::{
    frame::{address, office_with_forms},
    kept::{Kept, Typed},
    needs::needs_choices,
};
use crate::{
    components::*,
    i18n::{
        citizen::{NeedTexts, RegisterTexts, subject},
        office::{IntakeTexts, channel_name, kind_name},
        use_language,
    },
    repository::use_view,
};

#[component]
pub fn Intake() -> impl IntoView {
    let title = IntakeTexts::of(use_language()).title;
    let view = use_view(|| query::IntakeDesk {});
    office_with_forms(title, "/office/intake", view, show)
}

fn show(desk: IntakeDesk, kept: &Kept) -> AnyView {
    let texts = IntakeTexts::of(use_language());
    let typed = kept.form("intake");
    let fields = view! {
        <div class="halves">
            <div class="stack">{who(&typed)} {reach(&typed)}</div>
            <div class="stack">{what(&desk, &typed)} {received(&desk, &typed)}</div>
        </div>
        {more(&desk, &typed)}
        <p><Button>{texts.save_and_print}</Button></p>
    };
    typed.form(address("/office/intake"), None, fields)
}

fn who(typed: &Typed) -> AnyView {
    let language = use_language();
    let texts = IntakeTexts::of(language);
    let channels = CHANNELS
        .iter()
        .map(|(name, channel)| Choice::new(*name, channel_name(language, *channel)))
        .collect();
    view! {
        <RadioGroup name="channel" label=texts.channel choices=channels
            chosen=typed.value_or("channel", "counter") error=typed.error("channel")/>
        <TextField name="name" label=texts.petitioner value=typed.value("name")
            error=typed.error("name")/>
        <NumberField name="people" label=texts.people value=typed.value_or("people", "1")
            error=typed.error("people")/>
    }
    .into_any()
}

fn reach(typed: &Typed) -> AnyView {
    let language = use_language();
    let (texts, register) = (IntakeTexts::of(language), RegisterTexts::of(language));
    let ways = vec![
        Choice::new("call", register.reach_call),
        Choice::new("text", register.reach_text),
        Choice::new("through", register.reach_through),
        Choice::new("none", register.reach_none),
    ];
    view! {
        <TextField name="phone" label=register.phone kind=InputKind::Telephone
            value=typed.value("phone") error=typed.error("phone")/>
        <RadioGroup name="reach" label=register.reach choices=ways
            chosen=typed.value_or("reach", "call") error=typed.error("reach")/>
        <TextField name="through_name" label=register.through_whom
            value=typed.value("through_name") error=typed.error("through_name")/>
        <TextField name="pin" label=register.second_factor hint=texts.pin_hint
            kind=InputKind::Secret value=typed.value("pin") error=typed.error("pin")/>
    }
    .into_any()
}

fn what(desk: &IntakeDesk, typed: &Typed) -> AnyView {
    let language = use_language();
    let texts = IntakeTexts::of(language);
    let kinds = KINDS
        .iter()
        .map(|(name, kind)| Choice::new(*name, kind_name(language, *kind)))
        .collect();
    let subjects = SUBJECTS
        .iter()
        .map(|(name, known)| Choice::new(*name, subject(language, *known)))
        .collect();
    let places = desk
        .places
        .iter()
        .filter(|place| place.level != DivisionLevel::County)
        .map(|place| Choice::new(place.code.to_string(), &place.name))
        .collect();
    view! {
        <TextArea name="statement" label=texts.matter hint=texts.matter_hint
            value=typed.value("statement") error=typed.error("statement")/>
        <Select name="kind" label=texts.kind choices=kinds chosen=typed.value_or("kind", "request")
            error=typed.error("kind")/>
        <Select name="subject" label=texts.subject choices=subjects empty=texts.choose
            chosen=typed.value("subject") error=typed.error("subject")/>
        <Select name="place" label=texts.place choices=places empty=texts.choose
            chosen=typed.value("place") error=typed.error("place")/>
        <Checkbox name="danger" label=texts.danger checked=typed.value("danger") == "on"
            error=typed.error("danger")/>
    }
    .into_any()
}

fn received(desk: &IntakeDesk, typed: &Typed) -> AnyView {
    let texts = IntakeTexts::of(use_language());
    let today = desk.today.to_string();
    view! {
        <TextField name="received_on" label=texts.received_on hint=texts.received_on_hint
            kind=InputKind::Date value=typed.value_or("received_on", today)
            error=typed.error("received_on")/>
        <TextField name="received_reason" label=texts.received_on_source
            value=typed.value("received_reason") error=typed.error("received_reason")/>
    }
    .into_any()
}

/// What is seldom needed; open when there is something in it.
fn more(desk: &IntakeDesk, typed: &Typed) -> AnyView {
    let language = use_language();
    let (texts, register) = (IntakeTexts::of(language), RegisterTexts::of(language));
    let units = desk
        .units
        .iter()
        .map(|unit| Choice::new(format!("unit:{}", unit.id), &unit.name));
    let closed = std::iter::once(Choice::new("agent", register.secret_agent));
    let choices = closed.chain(units).collect();
    view! {
        <fieldset class="halves">
            <legend class="caption">{texts.more}</legend>
            <div class="stack">
                <TextField name="id_number" label=texts.id_number value=typed.value("id_number")
                    error=typed.error("id_number")/>
                <TextField name="birth_year" label=texts.birth_year
                    value=typed.value("birth_year") error=typed.error("birth_year")/>
                <TextField name="address" label=texts.address value=typed.value("address")
                    error=typed.error("address")/>
                <TextField name="representatives" label=texts.representatives
                    hint=texts.representatives_hint value=typed.value("representatives")
                    error=typed.error("representatives")/>
                <CheckboxGroup name="needs" label=NeedTexts::of(language).short
                    choices=needs_choices() chosen=typed.values("needs")
                    error=typed.error("needs")/>
            </div>
            <div class="stack">
                <CheckboxGroup name="restricted" label=texts.secret_from choices
                    chosen=typed.values("restricted") error=typed.error("restricted")/>
                <TextField name="restricted_person" label=register.secret_person
                    value=typed.value("restricted_person")
                    error=typed.error("restricted_person")/>
                <TextField name="hours" label=register.hours value=typed.value("hours")
                    error=typed.error("hours")/>
            </div>
        </fieldset>
    }
    .into_any()
}
