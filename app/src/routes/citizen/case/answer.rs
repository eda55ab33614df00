//! Answers and notices: the plain sentence first and large, the document below.

use domain::case::{ReplyContent, ReplyKind, Service};
use leptos::prelude::*;
use sync::view::MyReply;

use crate::{
    components::*,
    i18n::{
        citizen::{MatterTexts, review_until},
        common, day, day_and_weekday, day_with_year, in_china, use_language,
    },
};

/// Newest first.
pub fn answers(replies: &[MyReply]) -> AnyView {
    let answers: Vec<AnyView> = replies.iter().map(answer).collect();
    answers.into_any()
}

fn answer(reply: &MyReply) -> AnyView {
    let texts = MatterTexts::of(use_language());
    match &reply.content {
        Some(content) => shown(reply, content),
        None => withdrawn(reply, texts),
    }
}

/// The place stays with its date and reason; the text is gone.
fn withdrawn(reply: &MyReply, texts: &'static MatterTexts) -> AnyView {
    let language = use_language();
    let why = reply.withdrawn.as_ref().map(|(at, reason)| {
        let on = day_with_year(language, in_china(*at).date());
        format!("{on} {reason}")
    });
    let name = name(reply.kind, texts);
    view! {
        <Inset title=texts.answer_withdrawn kind=InsetKind::Warning>
            <p>{name} " " {why}</p>
        </Inset>
    }
    .into_any()
}

fn shown(reply: &MyReply, content: &ReplyContent) -> AnyView {
    let language = use_language();
    let texts = MatterTexts::of(language);
    let issued = day_and_weekday(language, in_china(reply.issued_at).date());
    let by = reply
        .unit
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let review = reply.review_until.as_ref().map(|counted| {
        let until = day(language, counted.due);
        let until = match counted.provisional {
            true => common::provisional(language, &until),
            false => until,
        };
        view! { <p>{review_until(language, &until)}</p> }
    });
    view! {
        <section class="answer stack-close">
            <h2>{name(reply.kind, texts)}</h2>
            <p class="plain-answer">{content.plain.to_string()}</p>
            <p class="mute">{by} " " {issued} {served(reply.service.as_ref())}</p>
            {review}
            {document(content, texts)}
        </section>
    }
    .into_any()
}

fn served(service: Option<&Service>) -> String {
    let language = use_language();
    let texts = MatterTexts::of(language);
    service
        .map(|service| format!(" · {} {}", texts.served_on, day(language, service.on)))
        .unwrap_or_default()
}

fn document(content: &ReplyContent, texts: &'static MatterTexts) -> AnyView {
    let part = |title: &'static str, text: String| {
        view! {
            <h3>{title}</h3>
            <p class="written">{text}</p>
        }
        .into_any()
    };
    let body = content
        .body
        .as_ref()
        .map(|body| view! { <p class="written">{body.to_string()}</p> }.into_any());
    let parts = [
        (texts.facts, &content.facts),
        (texts.basis, &content.basis),
        (texts.remedies, &content.remedies),
    ];
    let parts = parts
        .into_iter()
        .filter_map(|(title, text)| Some(part(title, text.as_ref()?.to_string())));
    let evidence = content.evidence.iter().map(ToString::to_string);
    let evidence: Vec<String> = evidence.collect();
    let evidence = (!evidence.is_empty()).then(|| part(texts.documents, evidence.join("\n")));
    let whole: Vec<AnyView> = body.into_iter().chain(parts).chain(evidence).collect();
    (!whole.is_empty())
        .then(|| view! { <Details summary=texts.full_text>{whole}</Details> })
        .into_any()
}

pub(super) fn name(kind: ReplyKind, texts: &'static MatterTexts) -> &'static str {
    match kind {
        ReplyKind::TransferNotice => texts.transfer_notice,
        ReplyKind::AcceptanceNotice => texts.acceptance_notice,
        ReplyKind::NonAcceptanceNotice => texts.non_acceptance_notice,
        ReplyKind::HandlingOpinion => texts.opinion,
        ReplyKind::OnSpotRecord => texts.on_spot_record,
        ReplyKind::WithdrawalConfirmation => texts.withdrawal_confirmation,
    }
}
