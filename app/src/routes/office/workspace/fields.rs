//! What each act asks for. The names are those of [`domain::form::CaseActForm`].

use domain::{
    case::{ReplyContent, Service, ServiceWay},
    form::{CATEGORIES, DISPOSITIONS, ISSUED, SERVICE_WAYS, value_of},
    ids::ReplyId,
    office::{CaseActKind, Offer},
    readers::{ReaderKey, Secrecy},
};
use leptos::prelude::*;
use sync::view::Workspace as View;

use super::{super::kept::Typed, corrections, seen::first_words};
use crate::{
    components::*,
    i18n::{
        office::{CaseActionTexts, FrameTexts, category_name, disposition_name},
        use_language,
    },
};

pub(super) fn fields(view: &View, offer: &Offer, typed: &Typed) -> AnyView {
    let texts = CaseActionTexts::of(use_language());
    let reply = offer.reply.map(hidden_reply);
    match offer.act {
        CaseActKind::Classify => categories(view, typed),
        CaseActKind::Transfer => {
            view! { {unit(view, typed)} {notice(view, offer, typed)} }.into_any()
        }
        CaseActKind::Assign => {
            let due = date(
                typed,
                "report_due",
                texts.assign_due,
                view.answer_by.to_string(),
            );
            view! { {unit(view, typed)} {due} {notice(view, offer, typed)} }.into_any()
        }
        CaseActKind::Accept => notice(view, offer, typed),
        CaseActKind::NotAccept => view! {
            {reason(typed)}
            {line(typed, "ask", texts.where_to_go)}
            {notice(view, offer, typed)}
        }
        .into_any(),
        CaseActKind::NameHandler => handlers(view, typed),
        CaseActKind::DraftReply => view! { {reply} {opinion(view, offer, typed)} }.into_any(),
        CaseActKind::SignReply => view! { {reply} <p>{texts.sign_what}</p> }.into_any(),
        CaseActKind::IssueReply => view! { {reply} <p>{texts.issue_what}</p> }.into_any(),
        CaseActKind::RecordService => view! { {reply} {service(view, offer, typed)} }.into_any(),
        CaseActKind::CorrectService => {
            view! { {reply} {service(view, offer, typed)} {reason(typed)} }.into_any()
        }
        CaseActKind::WithdrawReply => {
            view! { {reply} <p>{texts.revoke_what}</p> {reason(typed)} }.into_any()
        }
        CaseActKind::AskCitizen => view! {
            <TextArea name="text" label=texts.question value=typed.value("text")
                error=typed.error("text")/>
            {date(typed, "by_date", texts.ask_by, view.accept_by.to_string())}
        }
        .into_any(),
        CaseActKind::WidenReaders => view! { {readers(view, typed)} {reason(typed)} }.into_any(),
        CaseActKind::RecordExternal => external(view, typed),
        CaseActKind::ReplaceAccess => replacement(typed),
        CaseActKind::CorrectDecision => {
            view! { {corrections::decision(view, typed)} {reason(typed)} }.into_any()
        }
        CaseActKind::TakeBack => {
            view! { {corrections::taken_back(view, typed)} {reason(typed)} }.into_any()
        }
    }
}

/// The button that does it; what cannot be taken back says so.
pub(super) fn button(act: CaseActKind) -> AnyView {
    let texts = CaseActionTexts::of(use_language());
    match act {
        CaseActKind::SignReply => view! { <Button>{texts.commit_sign}</Button> }.into_any(),
        CaseActKind::IssueReply => view! { <Button>{texts.commit_issue}</Button> }.into_any(),
        CaseActKind::DraftReply => view! { <Button>{texts.save_draft}</Button> }.into_any(),
        CaseActKind::WithdrawReply => {
            view! { <Button kind=ButtonKind::Danger>{texts.commit_revoke}</Button> }.into_any()
        }
        _ => view! { <Button>{texts.commit}</Button> }.into_any(),
    }
}

fn hidden_reply(reply: ReplyId) -> AnyView {
    view! { <input type="hidden" name="reply" value=reply.to_string()/> }.into_any()
}

fn categories(view: &View, typed: &Typed) -> AnyView {
    let language = use_language();
    let texts = CaseActionTexts::of(language);
    let sealed = view.case.readers.secrecy == Secrecy::Sealed;
    let possible = CATEGORIES
        .iter()
        .filter(|(name, _)| !sealed || *name == "accusation");
    let choices = possible.map(|(name, category)| {
        let choice = Choice::new(*name, category_name(language, *category));
        match *name {
            "petition" => choice.hint(texts.petition_what),
            "accusation" => choice.hint(texts.accusation_what),
            _ => choice,
        }
    });
    view! {
        <RadioGroup name="category" label=texts.classify choices=choices.collect()
            chosen=typed.value("category") error=typed.error("category")/>
    }
    .into_any()
}

/// Units the petitioner closed it to are not offered.
fn unit(view: &View, typed: &Typed) -> AnyView {
    let texts = CaseActionTexts::of(use_language());
    let open = view
        .units
        .iter()
        .filter(|unit| !view.case.readers.excludes(&ReaderKey::Unit(unit.id)));
    let choices = open
        .map(|unit| Choice::new(unit.id.to_string(), &unit.name))
        .collect();
    view! {
        <Select name="unit" label=texts.to_unit choices chosen=typed.value("unit")
            empty=texts.choose error=typed.error("unit")/>
    }
    .into_any()
}

fn notice(view: &View, offer: &Offer, typed: &Typed) -> AnyView {
    let texts = CaseActionTexts::of(use_language());
    view! {
        <TextArea name="plain" label=texts.plain_notice hint=texts.plain_notice_hint limit=150
            value=first_words(view, offer, typed) error=typed.error("plain")/>
    }
    .into_any()
}

fn handlers(view: &View, typed: &Typed) -> AnyView {
    let texts = CaseActionTexts::of(use_language());
    let choices = view
        .handlers
        .iter()
        .map(|known| Choice::new(known.id.to_string(), &known.name))
        .collect();
    let known = view.case.handler.map(|id| id.to_string());
    view! {
        <Select name="handler" label=texts.name_handler choices empty=texts.choose
            chosen=typed.value_or("handler", known.unwrap_or_default())
            error=typed.error("handler")/>
    }
    .into_any()
}

fn opinion(view: &View, offer: &Offer, typed: &Typed) -> AnyView {
    let language = use_language();
    let texts = CaseActionTexts::of(language);
    let draft = offer.reply.and_then(|id| view.case.reply(id));
    let draft = draft.map(|reply| &reply.content);
    let known =
        |part: fn(&ReplyContent) -> Option<String>| draft.and_then(part).unwrap_or_default();
    let choices = DISPOSITIONS
        .iter()
        .map(|(name, choice)| Choice::new(*name, disposition_name(language, *choice)))
        .collect();
    let disposition = known(|content| {
        let known = content.disposition.as_ref()?;
        Some(value_of(&DISPOSITIONS, known).to_owned())
    });
    let evidence = known(|content| {
        let lines: Vec<String> = content.evidence.iter().map(ToString::to_string).collect();
        Some(lines.join("\n"))
    });
    let facts = known(|content| content.facts.as_ref().map(ToString::to_string));
    let basis = known(|content| content.basis.as_ref().map(ToString::to_string));
    let remedies = known(|content| content.remedies.as_ref().map(ToString::to_string));
    let body = known(|content| content.body.as_ref().map(ToString::to_string));
    view! {
        <TextArea name="plain" label=texts.plain hint=texts.plain_hint limit=150
            value=first_words(view, offer, typed) error=typed.error("plain")/>
        <RadioGroup name="disposition" label=texts.disposition choices
            chosen=typed.value_or("disposition", disposition) error=typed.error("disposition")/>
        <TextArea name="facts" label=texts.facts value=typed.value_or("facts", facts)
            error=typed.error("facts")/>
        <TextArea name="basis" label=texts.basis value=typed.value_or("basis", basis)
            error=typed.error("basis")/>
        <TextArea name="evidence" label=texts.evidence hint=texts.evidence_hint
            value=typed.value_or("evidence", evidence) error=typed.error("evidence")/>
        <TextArea name="remedies" label=texts.remedies hint=texts.remedies_hint
            value=typed.value_or("remedies", remedies) error=typed.error("remedies")/>
        <TextArea name="body" label=texts.full limit=10_000 value=typed.value_or("body", body)
            error=typed.error("body")/>
    }
    .into_any()
}

fn service(view: &View, offer: &Offer, typed: &Typed) -> AnyView {
    let texts = CaseActionTexts::of(use_language());
    let reply = offer.reply.and_then(|id| view.case.reply(id));
    let known = reply.and_then(|reply| reply.service.as_ref());
    let (way, slip) = known.map(served).unwrap_or_default();
    let on = known.map_or(view.today, |service| service.on);
    let words = [texts.by_hand, texts.by_post, texts.by_visit];
    let choices = SERVICE_WAYS
        .iter()
        .zip(words)
        .map(|((name, _), word)| Choice::new(*name, word))
        .collect();
    view! {
        <RadioGroup name="way" label=texts.service_way choices chosen=typed.value_or("way", way)
            error=typed.error("way")/>
        <TextField name="slip" label=texts.slip value=typed.value_or("slip", slip)
            error=typed.error("slip")/>
        {date(typed, "on", texts.served_on, on.to_string())}
    }
    .into_any()
}

/// A recorded service as its form has it.
fn served(service: &Service) -> (&'static str, String) {
    match &service.way {
        ServiceWay::ByHand => ("by_hand", String::new()),
        ServiceWay::Post { slip } => ("post", slip.to_string()),
        ServiceWay::HomeVisit { slip } => ("home_visit", slip.to_string()),
        ServiceWay::Acknowledged => ("", String::new()),
    }
}

/// Whoever cannot read it yet; a sealed matter opens to single officials only.
fn readers(view: &View, typed: &Typed) -> AnyView {
    let texts = CaseActionTexts::of(use_language());
    let readers = &view.case.readers;
    let new = |key: &ReaderKey| !readers.open_to.contains(key) || readers.excludes(key);
    let units = view
        .units
        .iter()
        .filter(|unit| readers.secrecy == Secrecy::Ordinary && new(&ReaderKey::Unit(unit.id)))
        .map(|unit| Choice::new(format!("unit:{}", unit.id), &unit.name));
    let officials = view
        .officials
        .iter()
        .filter(|official| new(&ReaderKey::Official(official.id)))
        .map(|official| Choice::new(format!("official:{}", official.id), &official.name));
    let choices = units.chain(officials).collect();
    view! {
        <Select name="reader" label=texts.reader choices chosen=typed.value("reader")
            empty=texts.choose error=typed.error("reader")/>
    }
    .into_any()
}

fn external(view: &View, typed: &Typed) -> AnyView {
    let texts = CaseActionTexts::of(use_language());
    view! {
        <TextField name="system" label=texts.system
            value=typed.value_or("system", texts.national_system) error=typed.error("system")/>
        <TextField name="number" label=texts.number value=typed.value("number")
            error=typed.error("number")/>
        {date(typed, "entered_on", texts.number_on, view.today.to_string())}
    }
    .into_any()
}

fn replacement(typed: &Typed) -> AnyView {
    let texts = CaseActionTexts::of(use_language());
    let words = [texts.replace_desk, texts.replace_call];
    let choices = ISSUED
        .iter()
        .zip(words)
        .map(|((name, _), word)| Choice::new(*name, word))
        .collect();
    view! {
        <p>{texts.replace_what}</p>
        <RadioGroup name="how" label=texts.replace_how choices chosen=typed.value("how")
            error=typed.error("how")/>
        <TextField name="pin" label=texts.new_pin kind=InputKind::Secret error=typed.error("pin")/>
    }
    .into_any()
}

fn reason(typed: &Typed) -> AnyView {
    let texts = FrameTexts::of(use_language());
    view! {
        <TextField name="reason" label=texts.reason hint=texts.reason_hint
            value=typed.value("reason") error=typed.error("reason")/>
    }
    .into_any()
}

fn line(typed: &Typed, name: &'static str, label: &'static str) -> AnyView {
    view! { <TextField name label value=typed.value(name) error=typed.error(name)/> }.into_any()
}

pub(super) fn date(
    typed: &Typed,
    name: &'static str,
    label: &'static str,
    known: String,
) -> AnyView {
    view! {
        <TextField name label kind=InputKind::Date value=typed.value_or(name, known)
            error=typed.error(name)/>
    }
    .into_any()
}
