//! What has just been sent, and exactly how far it is. The words never run ahead of the receipt.

use domain::{booking::Placement, provisional::ProvisionalNumber, receipt::Receipt};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use sync::outbox::Standing;

use super::{hand_over::use_handed_over, outbox, slip::written_code};
use crate::{
    components::*,
    i18n::{
        citizen::{OutboxTexts, ReceiptTexts},
        clock,
        common::{StateTexts, place_in_line},
        in_china, use_language,
    },
    qr,
    repository::{Doing, ShownItem, use_outbox},
};

#[component]
pub fn Sent() -> impl IntoView {
    let texts = OutboxTexts::of(use_language());
    let id = use_params_map().with_untracked(|path| path.get("item").unwrap_or_default());
    let shown = use_outbox();
    let handed_over = use_handed_over(shown.clone());
    let item = ArcMemo::new(move |_| {
        let shown = shown.get();
        let mut items = shown.items.into_iter();
        items.find(|shown| shown.item.id.to_string() == id)
    });
    view! {
        <Page title=texts.title place=Place::Register>
            {move || match item.get() {
                Some(item) => {
                    let handed_over = handed_over.read().contains(&item.item.id);
                    state(item, handed_over)
                }
                None => nothing(),
            }}
        </Page>
    }
    .into_any()
}

/// Not here: sent elsewhere, put away, or a page that was opened without scripts.
fn nothing() -> AnyView {
    let language = use_language();
    let texts = OutboxTexts::of(language);
    let mine = language.address(&use_site().county, "/mine");
    view! {
        <Heading>{texts.title}</Heading>
        <p>{texts.none_what}</p>
        <noscript><p>{texts.without_scripts}</p></noscript>
        <p><LinkButton href=mine>{ReceiptTexts::of(language).follow}</LinkButton></p>
    }
    .into_any()
}

fn state(shown: ShownItem, handed_over: bool) -> AnyView {
    match &shown.item.standing {
        Standing::Received { receipt } => received(&shown, receipt),
        Standing::NeedsYou { .. } => {
            let texts = OutboxTexts::of(use_language());
            view! {
                <Heading>{texts.needs_you}</Heading>
                {outbox::card(shown, handed_over)}
            }
            .into_any()
        }
        Standing::Kept | Standing::Tried | Standing::Delivered => waiting(&shown, handed_over),
    }
}

fn waiting(shown: &ShownItem, handed_over: bool) -> AnyView {
    let language = use_language();
    let texts = OutboxTexts::of(language);
    let rungs = StateTexts::of(language);
    let (word, what) = match (shown.doing, &shown.item.standing) {
        (Doing::Sending, _) => (rungs.sending, ""),
        (_, Standing::Kept) => (texts.kept_what, ""),
        _ => (outbox::tried(handed_over), texts.tried_what),
    };
    let at = clock(in_china(shown.item.kept_at).time());
    let outbox = language.address(&use_site().county, "/outbox");
    view! {
        <Heading>{rungs.saved_here}</Heading>
        <section class="slip stack-close">
            <p data-size="30" role="status"><StatusMark state=State::Waiting word/></p>
            <p data-size="26">{texts.saved_at} " " {at}</p>
            <p data-size="26">{texts.request_only}</p>
        </section>
        {(!what.is_empty()).then(|| view! { <p>{what}</p> })}
        {outbox::following(shown)}
        {outbox::truth(outbox::goes_without_a_page(shown))}
        <p class="row">
            {outbox::send_now(ButtonKind::Primary)}
            <LinkButton href=outbox kind=ButtonKind::Secondary>{texts.title}</LinkButton>
            <CallLink/>
        </p>
        {provisional(shown)}
    }
    .into_any()
}

/// What the office finds it by once it has it, before anybody knows a code.
fn provisional(shown: &ShownItem) -> AnyView {
    let texts = OutboxTexts::of(use_language());
    let number = ProvisionalNumber::of(shown.item.id).to_string();
    let code = qr::drawn(&number).map(|(path, size)| {
        view! { <QrCode path size label=texts.provisional>""</QrCode> }
    });
    view! {
        <section class="stack-close">
            <h2>{texts.provisional}</h2>
            <p data-size="30"><b class="number">{number}</b></p>
            <p>{texts.provisional_what}</p>
            {code}
        </section>
    }
    .into_any()
}

/// What the receipt itself says; the whole slip opens with the code this device keeps.
fn received(shown: &ShownItem, receipt: &Receipt) -> AnyView {
    let language = use_language();
    let texts = OutboxTexts::of(language);
    let words = ReceiptTexts::of(language);
    let states = StateTexts::of(language);
    let (number, sure, code) = match receipt {
        Receipt::Registered {
            serial,
            placement,
            code,
            ..
        } => {
            let number = serial.map(|serial| {
                view! { <SlipNumber label=words.serial number=serial.to_string()/> }.into_any()
            });
            let sure = match placement {
                Placement::Confirmed(_) | Placement::WalkIn(_) => {
                    (State::Done, words.confirmed.to_owned())
                }
                Placement::Waitlisted { position } => {
                    (State::Waiting, place_in_line(language, *position))
                }
            };
            (number, Some(sure), Some(code))
        }
        Receipt::Filed { number, code, .. } => {
            let number = number.to_string();
            let number = view! {
                <p data-size="26">{words.case_number}</p>
                <p data-size="40" class="case-number"><b>{number}</b></p>
            };
            (Some(number.into_any()), None, code.as_ref())
        }
        _ => (None, None, None),
    };
    let sure = sure.map(|(state, word)| view! { <p data-size="30"><StatusMark state word/></p> });
    let code = code.map(|code| {
        view! {
            <p data-size="26">{words.code}</p>
            <p><CodeDisplay code=written_code(code)/></p>
        }
    });
    view! {
        <Heading>{states.received}</Heading>
        <section class="slip stack-close">{number} {sure} {code}</section>
        {outbox::following(shown)}
        <p>{words.code_what}</p>
        {open_slip(shown.item.id.to_string(), texts)}
    }
    .into_any()
}

/// Opens the slip by itself while the network is there; the button is for when it was not.
#[cfg(feature = "hydrate")]
fn open_slip(id: String, texts: &'static OutboxTexts) -> AnyView {
    let language = use_language();
    let county = use_site().county;
    let opening = RwSignal::new(false);
    let open = move || {
        if opening.get_untracked() {
            return;
        }
        opening.set(true);
        let (id, county) = (id.clone(), county.clone());
        leptos::task::spawn_local(async move {
            if outbox::open(&id, &county).await {
                // The server's own page: the slip with its codes.
                let _ = window()
                    .location()
                    .assign(&language.address(&county, "/mine?sent=1"));
            } else {
                let _ = opening.try_set(false);
            }
        });
    };
    Effect::new(open.clone());
    let word = move || match opening.get() {
        true => texts.opening,
        false => texts.slip,
    };
    view! { <p><button class="button" on:click=move |_| open()>{word}</button></p> }.into_any()
}

#[cfg(not(feature = "hydrate"))]
fn open_slip(_id: String, _texts: &'static OutboxTexts) -> AnyView {
    ().into_any()
}
