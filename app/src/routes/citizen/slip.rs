//! What a citizen takes along: the slip of a registration, or the receipt of a matter filed without
//! a visit. Readable at arm's length, printed, or kept as a picture.

use domain::{booking::Placement, code::AccessCode, registration::RegistrationStatus};
use leptos::prelude::*;
use sync::view::{Filed, Qr, Slip};

use crate::{
    components::*,
    i18n::{
        citizen::{FollowTexts, MediaTexts, ReceiptTexts, come_at, room_and_number},
        clock,
        common::{self, StateTexts},
        day_and_weekday, moment, use_language,
    },
    routes::attachments::attachments,
};

pub(super) fn slip(slip: &Slip) -> AnyView {
    let language = use_language();
    let texts = ReceiptTexts::of(language);
    let (state, word, what) = sureness(slip);
    let what = (!what.is_empty()).then(|| view! { <p data-size="26">{what}</p> });
    let serial = slip
        .serial
        .map(|serial| view! { <SlipNumber label=texts.serial number=serial.to_string()/> });
    let gate = slip.gate.clone().map(|code| {
        let label = texts.gate_qr;
        let number = slip.serial.unwrap_or_default();
        view! {
            <QrCode path=code.path size=code.size label>
                {label} " " <b>{number}</b> <br/> {texts.gate_qr_what}
            </QrCode>
        }
    });
    let going = matches!(
        slip.status,
        RegistrationStatus::Confirmed
            | RegistrationStatus::Waitlisted
            | RegistrationStatus::Arrived
    );
    let next = going.then(|| view! { <p>{texts.next_visit}</p> });
    view! {
        <Letterhead/>
        <section class="slip stack-close">
            <p data-size="30"><b>{slip.visit.title.to_string()}</b></p>
            {serial}
            <p data-size="30"><StatusMark state word/></p>
            {what}
            {where_and_when(slip)}
            {slip.code.as_ref().map(code)}
            <div class="row codes">{gate} {private(slip.private.clone())}</div>
        </section>
        {slip.code.is_some().then(keep)}
        {next}
        {attachments(MediaTexts::of(language).sent, slip.registration.0, &slip.attachments)}
        {contacts(slip)}
    }
    .into_any()
}

pub(super) fn filed(filed: &Filed) -> AnyView {
    let texts = ReceiptTexts::of(use_language());
    view! {
        <Letterhead/>
        <section class="slip stack-close">
            <p data-size="26">{texts.case_number}</p>
            <p data-size="40" class="case-number"><b>{filed.number.to_string()}</b></p>
            {code(&filed.code)}
            <div class="row codes">{private(filed.private.clone())}</div>
        </section>
        {keep()}
        <p>{texts.next_ordinary}</p>
    }
    .into_any()
}

/// Exactly how sure it is, and what follows from it.
fn sureness(slip: &Slip) -> (State, String, &'static str) {
    let language = use_language();
    let texts = ReceiptTexts::of(language);
    match slip.status {
        RegistrationStatus::Confirmed => (State::Done, texts.confirmed.to_owned(), ""),
        RegistrationStatus::Waitlisted => {
            let word = match slip.placement {
                Placement::Waitlisted { position } => common::place_in_line(language, position),
                _ => StateTexts::of(language).waitlisted.to_owned(),
            };
            (State::Waiting, word, texts.waitlisted_what)
        }
        RegistrationStatus::Cancelled => (
            State::Overdue,
            StateTexts::of(language).cancelled.to_owned(),
            texts.cancelled_what,
        ),
        RegistrationStatus::Arrived => (State::Answered, texts.arrived.to_owned(), ""),
        RegistrationStatus::Done => (State::Done, texts.received_on_the_day.to_owned(), ""),
        RegistrationStatus::BecameCase => (State::Answered, texts.became_case.to_owned(), ""),
    }
}

fn where_and_when(slip: &Slip) -> AnyView {
    let language = use_language();
    let texts = ReceiptTexts::of(language);
    let room = slip
        .ticket
        .map(|ticket| room_and_number(language, u32::from(ticket.room), u32::from(ticket.number)));
    let day = day_and_weekday(language, slip.visit.date);
    let time = slip
        .place
        .map(|place| come_at(language, &clock(place.time)));
    let bring: Vec<String> = slip.bring.iter().map(ToString::to_string).collect();
    let who = format!(
        "{} · {}",
        slip.name,
        common::people(language, u32::from(slip.people))
    );
    let lines = [
        (texts.time, format!("{day} {}", time.unwrap_or_default())),
        (texts.place, slip.visit.venue.to_string()),
        (texts.room, room.unwrap_or_default()),
        (texts.who, who),
        (texts.bring, bring.join("；")),
    ];
    let lines = lines
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| {
            view! { <p data-size="28"><span class="mute">{label} " "</span><b>{value}</b></p> }
        });
    lines.collect_view().into_any()
}

/// A code's characters.
pub(super) fn written_code(code: &AccessCode) -> String {
    match code {
        AccessCode::Short(code) => code.as_str().to_owned(),
        AccessCode::Sealed(code) => code.as_str().to_owned(),
    }
}

/// The code to write down: one code for life.
fn code(code: &AccessCode) -> AnyView {
    let texts = ReceiptTexts::of(use_language());
    let (title, what) = match code {
        AccessCode::Short(_) => (texts.code, texts.code_what),
        AccessCode::Sealed(_) => (texts.long_code, texts.long_code_what),
    };
    let code = written_code(code);
    view! {
        <p data-size="26">{title}</p>
        <p data-size="48"><CodeDisplay code/></p>
        <p data-size="24">{what}</p>
    }
    .into_any()
}

fn private(code: Option<Qr>) -> AnyView {
    let texts = ReceiptTexts::of(use_language());
    code.map(|code| {
        view! {
            <QrCode path=code.path size=code.size label=texts.private_qr>
                {texts.private_qr} <br/> <b>{texts.private_qr_what}</b>
            </QrCode>
        }
    })
    .into_any()
}

fn keep() -> AnyView {
    let language = use_language();
    let texts = ReceiptTexts::of(language);
    view! {
        <p class="row no-print">
            <DeviceButton act=DeviceAct::Picture word=texts.save_picture done=texts.picture_saved hold=texts.picture_hold
                what=format!("{}.png", texts.picture_name)/>
            <DeviceButton act=DeviceAct::Print word=texts.print/>
        </p>
        <p class="mute no-print">{texts.code_lost} " " {FollowTexts::of(language).session}</p>
    }
    .into_any()
}

/// Any contact of an office before the visit is the registrant's to know.
fn contacts(slip: &Slip) -> AnyView {
    let language = use_language();
    let lines = slip.contacts.iter();
    let lines: Vec<_> = lines
        .map(|(at, what)| view! { <li>{moment(language, *at)} " " {what.to_string()}</li> })
        .collect();
    (!lines.is_empty())
        .then(|| {
            view! {
                <Inset title=ReceiptTexts::of(language).contacts>
                    <ul>{lines}</ul>
                </Inset>
            }
        })
        .into_any()
}
