//! A form that makes a PIN, and what is common to those that ask for one.

use std::{future::Future, ops::RangeInclusive};

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use web_sys::HtmlFormElement;

use super::citizen::send::{fields, form_of};
use crate::{
    components::*,
    i18n::{citizen::SpacesTexts, use_language},
};

const DIGITS: RangeInclusive<usize> = 6..=20;

/// The name and the PIN, or what is wrong with the form.
pub fn read(
    form: &HtmlFormElement,
    characters: RangeInclusive<usize>,
    name_wrong: &'static str,
    texts: &SpacesTexts,
) -> Result<(String, String), Vec<FieldError>> {
    let fields = fields(form);
    let name = fields.one("name").trim().to_owned();
    let (pin, again) = (digits(&fields.one("new_pin")), digits(&fields.one("again")));
    let mut wrong = Vec::new();
    if !characters.contains(&name.chars().count()) {
        wrong.push(FieldError::new("name", name_wrong));
    }
    if !DIGITS.contains(&pin.len()) || !pin.bytes().all(|it| it.is_ascii_digit()) {
        wrong.push(FieldError::new("new_pin", texts.pin_wrong));
    } else if pin != again {
        wrong.push(FieldError::new("again", texts.again_wrong));
    }
    match wrong.is_empty() {
        true => Ok((name, pin)),
        false => Err(wrong),
    }
}

/// The form of a space that is locked. `open` says what is wrong with the PIN; nothing where it opened.
pub fn asks<W>(
    place: usize,
    errors: RwSignal<Vec<FieldError>>,
    open: impl Fn(String) -> W + Send + 'static,
) -> AnyView
where
    W: Future<Output = Option<String>> + 'static,
{
    let texts = SpacesTexts::of(use_language());
    let busy = RwSignal::new(false);
    let field = match place {
        1 => "pin".to_owned(),
        place => format!("pin-{place}"),
    };
    let error = {
        let field = field.clone();
        Signal::derive(move || FieldError::of(&errors.read(), &field))
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(form) = form_of(&event) else { return };
        let field = field.clone();
        let opening = open(digits(&fields(&form).one("pin")));
        once(busy, async move {
            let wrong = opening.await;
            errors.set(
                wrong
                    .map(|wrong| FieldError::new(field, wrong))
                    .into_iter()
                    .collect(),
            );
        });
    };
    view! {
        <form on:submit=submit novalidate class="stack-close" autocomplete="off">
            <TextField name="pin" row=place label=texts.pin kind=InputKind::Pin error/>
            <p><button class="button" disabled=move || busy.get()>{texts.open}</button></p>
        </form>
    }
    .into_any()
}

/// Full-width digits of a Chinese keyboard are digits too; spaces do not count.
pub fn digits(typed: &str) -> String {
    let typed = typed.chars().filter(|it| !it.is_whitespace());
    typed
        .map(|it| match it {
            '０'..='９' => char::from(b'0' + (it as u32 - '０' as u32) as u8),
            it => it,
        })
        .collect()
}

/// A second tap while the first is at work does nothing.
pub fn once(busy: RwSignal<bool>, work: impl Future<Output = ()> + 'static) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    spawn_local(async move {
        work.await;
        let _ = busy.try_set(false);
    });
}
