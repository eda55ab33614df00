//! What the citizen can do now, each a form of its own; and why the rest cannot be done.

use std::sync::Arc;

use domain::{
    case::{ReplyKind, Talk},
    citizen::{CitizenCommand, SettlesAnswer},
    form::{FormErrors, NoteForm},
    ids::{IssueId, NoteId},
    text::Paragraph,
};
use leptos::prelude::*;
use sync::view::{CitizenAct, MyCase, MyReply, Typed};

use super::answer::name;
use crate::{
    components::*,
    i18n::{
        citizen::{AccessTexts, MatterTexts, RefusalTexts},
        day, use_language,
    },
    routes::citizen::send::{self, CommandForm, Fields, ReadForm, error_of},
};

type Errors = RwSignal<Vec<FieldError>>;

pub fn acts(case: &MyCase, typed: Option<&Typed>, errors: Errors) -> AnyView {
    let can = |act: CitizenAct| case.can.contains(&act);
    let words = |act: &str| {
        typed
            .filter(|typed| typed.act == act)
            .map(|typed| typed.text.clone())
            .unwrap_or_default()
    };
    // One at a time, and the answer before notices of steps on the way.
    let waiting = case.replies.iter().filter(|reply| {
        reply.service.is_none()
            && reply.withdrawn.is_none()
            && reply.kind != ReplyKind::WithdrawalConfirmation
    });
    let acknowledge = waiting
        .max_by_key(|reply| reply.kind.is_answer())
        .filter(|_| can(CitizenAct::Acknowledge))
        .map(|reply| acknowledge(case, reply, errors));
    // One question at a time: the oldest that is open.
    let question = case.talk.iter().find_map(|talk| match talk {
        Talk::Question {
            id,
            text,
            by_date,
            answer: None,
            ..
        } => Some(question(case, *id, text, *by_date, words("answer"), errors)),
        _ => None,
    });
    let settle = can(CitizenAct::Settle).then(|| settle(case, errors));
    let note = can(CitizenAct::Add).then(|| note(case, words("note"), errors));
    let withdraw = can(CitizenAct::Withdraw).then(|| withdraw(case, errors));
    let let_in = can(CitizenAct::LetIn).then(let_in);
    view! {
        <div class="stack no-print">
            {acknowledge} {question} {settle} {note} {let_in} {withdraw} {impossible(case)}
        </div>
    }
    .into_any()
}

fn acknowledge(case: &MyCase, reply: &MyReply, errors: Errors) -> AnyView {
    let texts = MatterTexts::of(use_language());
    let (id, kind, reply) = (case.case, reply.kind, reply.id);
    // Only the opinion's service opens the way to a review (art. 35).
    let what = match kind {
        ReplyKind::HandlingOpinion => texts.confirm_receipt_what,
        _ => texts.confirm_notice_what,
    };
    let button = if kind.is_answer() {
        texts.confirm_receipt
    } else {
        texts.confirm_notice
    };
    let read: ReadForm =
        Arc::new(move |_| Ok(CitizenCommand::AcknowledgeReply { case: id, reply }));
    let fields = view! {
        {hidden("reply", reply.to_string())}
        <p><strong>{name(kind, texts)}</strong></p>
        <p>{what}</p>
        <Button>{button}</Button>
    };
    form(case, "acknowledge", read, errors, fields.into_any())
}

fn question(
    case: &MyCase,
    question: NoteId,
    text: &Paragraph,
    by: chrono::NaiveDate,
    typed: String,
    errors: Errors,
) -> AnyView {
    let language = use_language();
    let texts = MatterTexts::of(language);
    let id = case.case;
    let read: ReadForm = Arc::new(move |fields| {
        Ok(CitizenCommand::AnswerQuestion {
            case: id,
            question,
            text: text_of(fields, "answer")?,
        })
    });
    let fields = view! {
        {hidden("question", question.to_string())}
        <p class="written">{text.to_string()}</p>
        <p class="mute">{texts.by} " " {day(language, by)}</p>
        <TextArea name="answer" label=texts.your_answer value=typed error=error_of(errors, "answer")/>
        <Button>{texts.send_answer}</Button>
    };
    let form = form(case, "answer", read, errors, fields.into_any());
    view! {
        <h2>{texts.question}</h2>
        {form}
    }
    .into_any()
}

/// Two equal buttons: dissatisfied takes no more taps than satisfied.
fn settle(case: &MyCase, errors: Errors) -> AnyView {
    let texts = MatterTexts::of(use_language());
    let open = case
        .issues
        .iter()
        .filter(|issue| issue.outcome.is_some() && issue.settles.is_none());
    let asked: Vec<AnyView> = open
        .map(|issue| {
            view! {
                <h2>{texts.settled_question}</h2>
                <div class="row">
                    {settled(case, issue.id, SettlesAnswer::Settled, errors)}
                    {settled(case, issue.id, SettlesAnswer::NotSettled, errors)}
                </div>
            }
            .into_any()
        })
        .collect();
    asked.into_any()
}

fn settled(case: &MyCase, issue: IssueId, answer: SettlesAnswer, errors: Errors) -> AnyView {
    let texts = MatterTexts::of(use_language());
    let (value, word) = match answer {
        SettlesAnswer::Settled => ("yes", texts.settled_yes),
        SettlesAnswer::NotSettled => ("no", texts.still_open),
    };
    let id = case.case;
    let read: ReadForm = Arc::new(move |_| {
        Ok(CitizenCommand::AnswerIssue {
            case: id,
            issue,
            answer,
        })
    });
    let fields = view! {
        {hidden("issue", issue.to_string())}
        {hidden("settled", value.to_owned())}
        <Button kind=ButtonKind::Secondary>{word}</Button>
    };
    form(case, "settle", read, errors, fields.into_any())
}

fn note(case: &MyCase, typed: String, errors: Errors) -> AnyView {
    let texts = MatterTexts::of(use_language());
    let id = case.case;
    let read: ReadForm = Arc::new(move |fields| {
        Ok(CitizenCommand::AddNote {
            case: id,
            text: text_of(fields, "note")?,
        })
    });
    let fields = view! {
        <TextArea name="note" label=texts.add_note hint=texts.add_note_hint value=typed error=error_of(errors, "note")/>
        <Button kind=ButtonKind::Secondary>{texts.send_note}</Button>
    };
    form(case, "note", read, errors, fields.into_any())
}

/// It cannot be taken back, so what will happen is said first.
fn withdraw(case: &MyCase, errors: Errors) -> AnyView {
    let texts = MatterTexts::of(use_language());
    let id = case.case;
    let read: ReadForm = Arc::new(move |_| Ok(CitizenCommand::WithdrawCase { case: id }));
    let fields = view! {
        <p>{texts.withdraw_what}</p>
        <Button kind=ButtonKind::Danger>{texts.withdraw_confirm}</Button>
    };
    let form = form(case, "withdraw", read, errors, fields.into_any());
    view! { <Details summary=texts.withdraw>{form}</Details> }.into_any()
}

/// Where one more person is let in.
fn let_in() -> AnyView {
    let language = use_language();
    let href = language.address(&use_site().county, "/mine#access");
    view! { <p><a href=href>{AccessTexts::of(language).title}</a></p> }.into_any()
}

/// Why something cannot be done now, or when it can.
fn impossible(case: &MyCase) -> AnyView {
    let texts = MatterTexts::of(use_language());
    let can = |act: CitizenAct| case.can.contains(&act);
    if !can(CitizenAct::LetIn) {
        // Somebody who was let in: the rest is the petitioner's.
        return view! { <p>{RefusalTexts::of(use_language()).not_yours}</p> }.into_any();
    }
    let acknowledge = match case.replies.is_empty() {
        true => texts.cannot_acknowledge,
        false => texts.cannot_acknowledge_again,
    };
    let review = case
        .replies
        .iter()
        .all(|reply| reply.review_until.is_none());
    let why = [
        (!can(CitizenAct::Acknowledge), acknowledge),
        (!can(CitizenAct::Withdraw), texts.cannot_withdraw),
        (!can(CitizenAct::Settle), texts.cannot_settle),
        (review, texts.cannot_review),
    ];
    let why = why.into_iter().filter(|(applies, _)| *applies);
    let why: Vec<_> = why.map(|(_, why)| view! { <li>{why}</li> }).collect();
    (!why.is_empty())
        .then(|| {
            view! {
                <Details summary=texts.not_possible>
                    <ul>{why}</ul>
                </Details>
            }
        })
        .into_any()
}

fn text_of(fields: &Fields, field: &'static str) -> Result<Paragraph, FormErrors> {
    let form = NoteForm {
        text: fields.one(field),
    };
    form.parse().map_err(|errors| under(errors, field))
}

/// The mistakes of a text under the name of the field it stands in.
pub(super) fn under(errors: FormErrors, field: &'static str) -> FormErrors {
    let mut errors = errors;
    for error in &mut errors.0 {
        error.field = field;
    }
    errors
}

fn hidden(name: &'static str, value: String) -> AnyView {
    view! { <input type="hidden" name=name value=value/> }.into_any()
}

/// One act; the page's id for it makes a double tap one.
fn form(
    case: &MyCase,
    act: &'static str,
    read: ReadForm,
    errors: Errors,
    fields: AnyView,
) -> AnyView {
    let action = use_language().address(
        &use_site().county,
        &format!("/mine/cases/{}/{act}", case.case),
    );
    let typed = kept_words(case, act);
    view! {
        <CommandForm action id=case.next_act read errors typed>
            <div class="stack-close">{fields}</div>
        </CommandForm>
    }
    .into_any()
}

/// Words are kept on one's own device while they are written: a page that ends loses none of them.
#[cfg(feature = "hydrate")]
fn kept_words(case: &MyCase, act: &'static str) -> send::Typed {
    use crate::repository::words;
    use leptos::task::spawn_local;
    use wasm_bindgen::JsCast;
    use web_sys::HtmlTextAreaElement;

    let case = case.case.to_string();
    let of = case.clone();
    Effect::new(move || {
        let case = of.clone();
        spawn_local(async move {
            let Some(kept) = words::kept(&case, act).await else {
                return;
            };
            let area = document().query_selector(&format!("textarea[name={act}]"));
            let area = area.ok().flatten();
            if let Some(area) = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok())
                && area.value().is_empty()
            {
                area.set_value(&kept);
            }
        });
    });
    Arc::new(move |fields: Fields| {
        let (case, text) = (case.clone(), fields.one(act));
        spawn_local(async move { words::keep(&case, act, &text).await });
    })
}

#[cfg(not(feature = "hydrate"))]
fn kept_words(_case: &MyCase, _act: &'static str) -> send::Typed {
    Arc::new(|_| ())
}
