//! What the official can do now: the domain says what, the address says which form is open.

use domain::office::{CaseActKind, Offer};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sync::view::Workspace as View;

use super::{super::frame::address, super::kept::Kept, fields, queued, seen};
use crate::{
    components::*,
    i18n::{
        office::{CaseTexts, act_name, refusal, reply_name},
        use_language,
    },
};

/// What is opened when the address names no act: the step that brings the case furthest on.
const NEXT: [CaseActKind; 9] = [
    CaseActKind::SignReply,
    CaseActKind::IssueReply,
    CaseActKind::Accept,
    CaseActKind::Transfer,
    CaseActKind::Classify,
    CaseActKind::NameHandler,
    CaseActKind::DraftReply,
    CaseActKind::RecordService,
    CaseActKind::RecordExternal,
];

/// What this tablet found to be put right, and how far the act is that was tapped.
pub(super) type Here = (RwSignal<Option<Kept>>, RwSignal<queued::Progress>);

/// Follows the address: with scripts, another act is opened without fetching the page.
pub(super) fn acts(view: View, kept: Kept) -> AnyView {
    let query = use_query_map();
    // What this tablet found to be put right, as the server would have.
    let wrong = RwSignal::new(None::<Kept>);
    let progress = RwSignal::new(queued::Progress::Waits);
    let (case, sign_in, here) = (view.id, view.me.sign_in, (wrong, progress));
    let shown = move || {
        let query = query.read();
        let part = |name| query.get(name).unwrap_or_default();
        let kept = wrong.get().unwrap_or_else(|| kept.clone());
        listed(&view, &kept, here, &part("act"), &part("reply"))
    };
    queued::before((case, sign_in), here, shown)
}

fn listed(view: &View, kept: &Kept, here: Here, act: &str, reply: &str) -> AnyView {
    let texts = CaseTexts::of(use_language());
    let can: Vec<&Offer> = view
        .offers
        .iter()
        .filter(|offer| offer.refused.is_none())
        .collect();
    let open = open(&can, act, reply);
    let links: Vec<AnyView> = can
        .iter()
        .map(|offer| link(view, offer, open == Some(*offer)))
        .collect();
    let links = if links.is_empty() {
        view! { <p class="mute">{texts.nothing_to_do}</p> }.into_any()
    } else {
        view! { <nav aria-label=texts.what_to_do><ul class="acts" role="list">{links}</ul></nav> }
            .into_any()
    };
    let form = open.map(|offer| form(view, kept, offer, here));
    let summary = here.0.read_untracked().as_ref().map(Kept::summary);
    let sheet = address(&format!("/office/cases/{}/sheet", view.id));
    view! {
        <h2>{texts.what_to_do}</h2>
        {links}
        <p><a href=sheet>{texts.copy_sheet}</a></p>
        {summary}
        {form}
        {refused(view)}
    }
    .into_any()
}

/// The form that is open: the address's, or the next step.
fn open<'o>(can: &[&'o Offer], act: &str, reply: &str) -> Option<&'o Offer> {
    let about = |offer: &Offer| offer.reply.map(|id| id.to_string()).unwrap_or_default();
    let named = |exactly: bool| {
        can.iter().find(|offer| {
            offer.act.name() == act && (!exactly || reply.is_empty() || about(offer) == reply)
        })
    };
    let next = || {
        NEXT.iter()
            .find_map(|next| can.iter().rev().find(|offer| offer.act == *next))
    };
    named(true).or_else(|| named(false)).or_else(next).copied()
}

fn link(view: &View, offer: &Offer, current: bool) -> AnyView {
    let mut href = address(&format!(
        "/office/cases/{}?act={}",
        view.id,
        offer.act.name()
    ));
    if let Some(reply) = offer.reply {
        href.push_str(&format!("&reply={reply}"));
    }
    href.push_str("#act");
    let name = name(view, offer);
    view! { <li><a href=href aria-current=current.then_some("true")>{name}</a></li> }.into_any()
}

/// "记录送达：受理告知书": an act, and which document it is about.
fn name(view: &View, offer: &Offer) -> String {
    let language = use_language();
    let act = act_name(language, offer.act);
    match offer.reply.and_then(|id| view.case.reply(id)) {
        Some(reply) => format!("{act}：{}", reply_name(language, reply.kind)),
        None => act.to_owned(),
    }
}

fn form(view: &View, kept: &Kept, offer: &Offer, here: Here) -> AnyView {
    let act = offer.act.name();
    let name_kept = format!("case/{}/{act}", view.id);
    let typed = kept.form(&name_kept);
    let action = address(&format!("/office/cases/{}/{act}", view.id));
    let plain = RwSignal::new(seen::first_words(view, offer, &typed));
    let fields = fields::fields(view, offer, &typed);
    let sees = seen::citizen_sees(view, offer, plain);
    let form = typed.form(
        action,
        Some(view.version),
        view! {
            {fields}
            {sees}
            <p>{fields::button(offer.act)}</p>
        },
    );
    let heading = name(view, offer);
    let sending = queued::Sending::of(view, offer.act, name_kept, here);
    let progress = here.1;
    view! {
        <section id="act" class="act stack" on:input=move |event| seen::follow(&event, plain)
            on:submit=move |event| queued::send(&sending, &event)>
            <h3>{heading}</h3>
            {form}
            <p role="status">{move || queued::said(progress.get())}</p>
        </section>
    }
    .into_any()
}

/// What belongs to the official's roles and cannot be done now, with the reason.
fn refused(view: &View) -> Option<AnyView> {
    let language = use_language();
    let texts = CaseTexts::of(language);
    let rows: Vec<SummaryRow> = view
        .offers
        .iter()
        .filter_map(|offer| {
            let why = offer.refused.as_ref()?;
            Some(SummaryRow::new(name(view, offer), refusal(language, why)))
        })
        .collect();
    (!rows.is_empty())
        .then(|| view! { <Details summary=texts.not_now><SummaryList rows/></Details> }.into_any())
}
