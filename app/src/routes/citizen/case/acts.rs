//! What the citizen can do now; each a plain form.

use domain::case::{ReplyKind, Talk};
use leptos::prelude::*;
use sync::view::{CitizenAct, MyCase};

use crate::{
    components::*,
    i18n::{citizen::MatterTexts, use_language},
};

pub fn acts(case: &MyCase) -> AnyView {
    let texts = MatterTexts::of(use_language());
    let can = |act: CitizenAct| case.can.contains(&act);
    let waiting = case.replies.iter().find(|reply| {
        reply.service.is_none()
            && reply.withdrawn.is_none()
            && reply.kind != ReplyKind::WithdrawalConfirmation
    });
    let acknowledge = waiting.filter(|_| can(CitizenAct::Acknowledge)).map(|reply| {
        let fields = hidden("reply", reply.id.to_string());
        form(case, "acknowledge", view! { {fields} <p>{texts.confirm_receipt_what}</p> <Button>{texts.confirm_receipt}</Button> }.into_any())
    });
    let questions = case.talk.iter().filter_map(|talk| match talk {
        Talk::Question {
            id,
            text,
            answer: None,
            ..
        } => Some((id.to_string(), text.to_string())),
        _ => None,
    });
    let questions: Vec<AnyView> = questions
        .map(|(id, text)| question(case, id, text))
        .collect();
    let settle = can(CitizenAct::Settle).then(|| settle(case));
    let note = can(CitizenAct::Add).then(|| {
        let field = view! { <TextArea name="text" label=texts.add_note hint=texts.add_note_hint/> <Button kind=ButtonKind::Secondary>{texts.send_note}</Button> };
        let form = form(case, "note", field.into_any());
        view! { <Details summary=texts.add_note>{form}</Details> }
    });
    let withdraw = can(CitizenAct::Withdraw).then(|| {
        let button = view! { <p>{texts.withdraw_what}</p> <Button kind=ButtonKind::Danger>{texts.withdraw_confirm}</Button> };
        let form = form(case, "withdraw", button.into_any());
        view! { <Details summary=texts.withdraw>{form}</Details> }
    });
    view! { {acknowledge} {questions} {settle} {note} {withdraw} }.into_any()
}

fn question(case: &MyCase, id: String, text: String) -> AnyView {
    let texts = MatterTexts::of(use_language());
    let fields = view! {
        {hidden("question", id)}
        <p>{text}</p>
        <TextArea name="text" label=texts.your_answer/>
        <Button>{texts.send_answer}</Button>
    };
    let form = form(case, "answer", fields.into_any());
    view! { <h2>{texts.question}</h2> {form} }.into_any()
}

/// Two equal buttons.
fn settle(case: &MyCase) -> AnyView {
    let texts = MatterTexts::of(use_language());
    let issues = case
        .issues
        .iter()
        .filter(|issue| issue.outcome.is_some() && issue.settles.is_none());
    let forms: Vec<AnyView> = issues
        .map(|issue| {
            let fields = view! {
                {hidden("issue", issue.id.to_string())}
                <p>{texts.settled_question}</p>
                <p class="row">
                    <Button kind=ButtonKind::Secondary name="settled" value="yes">{texts.settled_yes}</Button>
                    <Button kind=ButtonKind::Secondary name="settled" value="no">{texts.still_open}</Button>
                </p>
            };
            form(case, "settle", fields.into_any())
        })
        .collect();
    forms.into_any()
}

fn hidden(name: &'static str, value: String) -> AnyView {
    view! { <input type="hidden" name=name value=value/> }.into_any()
}

/// One act; the page's id for it makes a double tap one.
fn form(case: &MyCase, act: &'static str, fields: AnyView) -> AnyView {
    let action = use_language().address(
        &use_site().county,
        &format!("/mine/cases/{}/{act}", case.case),
    );
    let id = case.next_act.to_string();
    view! {
        <form method="post" action=action>
            <input type="hidden" name="id" value=id/>
            {fields}
        </form>
    }
    .into_any()
}
