//! The photos and recordings of a matter, to those who may read it.

use domain::attachment::{AttachmentKind, AttachmentState, Unfit};
use leptos::prelude::*;
use sync::view::Attachment;
use uuid::Uuid;

use crate::{
    components::*,
    i18n::{citizen::MediaTexts, use_language},
};

/// With a heading; nothing where there are none. `of` is the case or registration that is shown.
pub(super) fn attachments(title: &'static str, of: Uuid, list: &[Attachment]) -> AnyView {
    let texts = MediaTexts::of(use_language());
    let mut photos = 0;
    let shown = list.iter().map(|attachment| {
        let name = match attachment.kind {
            AttachmentKind::Image => {
                photos += 1;
                format!("{} {photos}", texts.photo)
            }
            AttachmentKind::Audio => texts.voice.to_owned(),
        };
        one(of, attachment, name)
    });
    let shown: Vec<_> = shown.collect();
    (!shown.is_empty())
        .then(|| {
            view! {
                <h2>{title}</h2>
                <ul class="taken">{shown}</ul>
            }
        })
        .into_any()
}

fn one(of: Uuid, attachment: &Attachment, name: String) -> AnyView {
    let texts = MediaTexts::of(use_language());
    let county = use_site().county;
    let address = format!("/{county}/attachments/{of}/{}", attachment.attachment);
    let cannot_be_seen = RwSignal::new(false);
    let fails = move |_| cannot_be_seen.set(true);
    let received = matches!(attachment.state, AttachmentState::Received { .. });
    let seen = match (received, attachment.kind) {
        (false, _) => ().into_any(),
        // A file, not a screen: the browser shows it.
        (true, AttachmentKind::Image) => view! {
            <a href=address.clone() rel="external" target="_blank">
                <img src=address.clone() alt=name.clone() loading="lazy" on:error=fails/>
            </a>
        }
        .into_any(),
        (true, AttachmentKind::Audio) => {
            view! { <audio controls preload="none" src=address on:error=fails></audio> }.into_any()
        }
    };
    // A page that a device kept shows them only with a signal, and while the matter is open.
    let cannot = move || cannot_be_seen.get().then_some(texts.not_now);
    let (state, word, why) = match attachment.state {
        AttachmentState::Expected => (State::Waiting, texts.on_the_phone, ""),
        AttachmentState::Arriving { .. } => (State::Waiting, texts.arriving, ""),
        AttachmentState::Checking => (State::Waiting, texts.checking, ""),
        AttachmentState::Received { .. } => (State::Answered, texts.received, ""),
        AttachmentState::Refused { reason } => (State::Overdue, texts.refused, why(reason)),
    };
    let why = (!why.is_empty()).then(|| view! { <span>{why} " " {texts.refused_what}</span> });
    let class = match attachment.kind {
        AttachmentKind::Image => "photo",
        AttachmentKind::Audio => "voice",
    };
    view! {
        <li class=class>
            {seen}
            <span>{name} " " <StatusMark state word/></span>
            <span class="mute" role="status">{cannot}</span>
            {why}
        </li>
    }
    .into_any()
}

/// Why the server cannot keep one.
pub(super) fn why(reason: Unfit) -> &'static str {
    let texts = MediaTexts::of(use_language());
    match reason {
        Unfit::NotAnImage => texts.not_an_image,
        Unfit::Heic => texts.heic,
        Unfit::TooManyPixels => texts.too_large,
        Unfit::NotARecording => texts.no_recording,
        Unfit::TooLong => texts.too_long,
        Unfit::Damaged => texts.damaged,
    }
}
