//! What an official can do with a notice. Only what fits its state is shown; the domain decides.

use domain::{
    ids::VisitId,
    visit::{PendingStage, Visit},
};
use leptos::prelude::*;
use sync::view::VisitEditor;

use super::{approves, writes};
use crate::{
    components::*,
    i18n::{
        citizen::NoticeTexts,
        day_with_year,
        office::{NoticeEditorErrors, NoticeEditorTexts},
        use_language,
    },
    routes::office::{
        frame::address,
        kept::{Kept, Typed},
    },
};

pub(super) fn acts(view: &VisitEditor, kept: &Kept) -> AnyView {
    let Some(id) = view.id else {
        return ().into_any();
    };
    let texts = NoticeEditorTexts::of(use_language());
    let visit = &view.visit;
    let over = visit.cancelled.is_some() || visit.concluded_at.is_some();
    let stage = visit.pending.as_ref().map(|pending| pending.stage);
    let (author, approver) = (writes(&view.me), approves(&view.me));
    let form = |act: &str| kept.form(&format!("{act} {id}"));
    let registrations = visit.live.is_some().then(|| {
        let href = address(&format!("/office/visits/{id}/registrations"));
        view! {
            <p><LinkButton href kind=ButtonKind::Secondary>{texts.registrations}</LinkButton></p>
        }
    });
    let submit = (author && !over && stage == Some(PendingStage::Draft))
        .then(|| submit(view, id, &form("submit")));
    let decide = (approver && !over && stage == Some(PendingStage::UnderApproval))
        .then(|| decide(view, id, &form("approve"), &form("return")));
    let edit = (author && !over).then(|| {
        let href = address(&format!("/office/visits/{id}/edit"));
        let word = match visit.live {
            Some(_) => texts.change,
            None => texts.edit,
        };
        view! { <p><LinkButton href kind=ButtonKind::Secondary>{word}</LinkButton></p> }
    });
    let conclude = (author && can_conclude(view)).then(|| {
        let fields = view! {
            <p>{texts.conclude_what}</p>
            <Button>{texts.conclude}</Button>
        };
        let form = form("conclude").form(to(id, "conclude"), Some(view.version), fields);
        view! { <Details summary=texts.conclude>{form}</Details> }
    });
    let cancel =
        (approver && !over && visit.live.is_some()).then(|| cancel(view, id, &form("cancel")));
    view! { {decide} {submit} {edit} {registrations} {conclude} {cancel} }.into_any()
}

fn to(id: VisitId, act: &str) -> String {
    address(&format!("/office/visits/{id}/{act}"))
}

fn can_conclude(view: &VisitEditor) -> bool {
    let Visit {
        live,
        cancelled,
        concluded_at,
        ..
    } = &view.visit;
    let day = live.as_ref().map(|live| live.notice.date);
    cancelled.is_none() && concluded_at.is_none() && day.is_some_and(|day| day <= view.today)
}

fn submit(view: &VisitEditor, id: VisitId, typed: &Typed) -> AnyView {
    let texts = NoticeEditorTexts::of(use_language());
    let pending = view.visit.pending.as_ref();
    let late = pending.is_some_and(|pending| pending.notice.is_late(view.today));
    let reason = late.then(|| {
        view! {
            <TextField name="short_lead" label=texts.late_reason hint=texts.late_hint
                value=typed.value("short_lead") error=typed.error("short_lead")/>
        }
    });
    let fields = view! {
        {reason}
        <p>{texts.ask_approval_what}</p>
        <Button>{texts.ask_approval}</Button>
    };
    let form = typed.form(to(id, "submit"), Some(view.version), fields);
    view! {
        <h2>{texts.ask_approval}</h2>
        {form}
    }
    .into_any()
}

/// Approve, or give back; never by who wrote it.
fn decide(view: &VisitEditor, id: VisitId, approve: &Typed, give_back: &Typed) -> AnyView {
    let language = use_language();
    let texts = NoticeEditorTexts::of(language);
    if view.author == Some(view.me.id) {
        let why = NoticeEditorErrors::of(language).own_approval;
        return view! { <Inset title=texts.waiting_approval><p>{why}</p></Inset> }.into_any();
    }
    let late = view.visit.pending.as_ref();
    let late = late.and_then(|pending| pending.short_lead.as_ref());
    let late = late.map(|reason| {
        let reason = reason.to_string();
        view! { <p>{NoticeTexts::of(language).late} {reason}</p> }
    });
    let fields = view! {
        {late}
        <p>{texts.approve_what}</p>
        <Button>{texts.approve}</Button>
    };
    let approve = approve.form(to(id, "approve"), Some(view.version), fields);
    let fields = view! {
        <TextField name="reason" label=texts.give_back_reason value=give_back.value("reason")
            error=give_back.error("reason")/>
        <Button kind=ButtonKind::Secondary>{texts.give_back}</Button>
    };
    let open = give_back.is_kept();
    let give_back = give_back.form(to(id, "return"), Some(view.version), fields);
    view! {
        <h2>{texts.approve}</h2>
        {approve}
        <details open=open>
            <summary>{texts.give_back}</summary>
            <div class="stack-close">{give_back}</div>
        </details>
    }
    .into_any()
}

fn cancel(view: &VisitEditor, id: VisitId, typed: &Typed) -> AnyView {
    let language = use_language();
    let texts = NoticeEditorTexts::of(language);
    let sees = NoticeTexts::of(language);
    let offers = view.offers.iter().map(|row| {
        let word = format!("{} {}", day_with_year(language, row.date), row.title);
        Choice::new(row.visit.to_string(), word)
    });
    let fields = view! {
        <p>{texts.cancel_what}</p>
        <TextField name="cancel_reason" label=texts.cancel_reason
            value=typed.value("cancel_reason") error=typed.error("cancel_reason")/>
        <Select name="offered" label=texts.offered choices=offers.collect()
            chosen=typed.value("offered") empty=texts.offered_none error=typed.error("offered")/>
        <CitizenSees>
            <p><b>{sees.cancelled}</b></p>
            <p>{sees.cancelled_what}</p>
        </CitizenSees>
        <Button kind=ButtonKind::Danger>{texts.cancel}</Button>
    };
    let open = typed.is_kept();
    let form = typed.form(to(id, "cancel"), Some(view.version), fields);
    view! {
        <details open=open>
            <summary>{texts.cancel}</summary>
            <div class="stack-close">{form}</div>
        </details>
    }
    .into_any()
}
