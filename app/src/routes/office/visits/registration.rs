//! One party: what it brought at the left, what can be done with it now at the right.

use domain::{
    filing::{Danger, Filing, Statement},
    ids::RegistrationId,
    person::{Filer, ReachWay},
};
use leptos::prelude::*;
use sync::{
    query,
    view::{Brief, RegistrationDetail},
};

use super::{
    PLACE, done_note, id_in_address,
    registration_acts::acts,
    registrations::{name, serial, status_mark, ticket},
};
use crate::{
    components::*,
    i18n::{
        citizen::{MediaTexts, RegisterTexts, subject},
        clock, moment,
        office::{CaseTexts, FrameTexts, VisitTexts, WorklistTexts},
        use_language,
    },
    repository::use_view,
    routes::{
        attachments::attachments,
        office::{
            frame::{address, office_with_forms},
            kept::Kept,
            needs::needs_row,
        },
    },
};

#[component]
pub fn Registration() -> impl IntoView {
    let id = id_in_address("registration");
    let view = use_view(move || query::RegistrationDetail {
        registration: RegistrationId(id()),
    });
    let title = VisitTexts::of(use_language()).registration;
    office_with_forms(title, PLACE, view, show)
}

fn show(view: RegistrationDetail, kept: &Kept) -> AnyView {
    let texts = VisitTexts::of(use_language());
    let list = address(&format!(
        "/office/visits/{}/registrations",
        view.visit.visit
    ));
    let (facts, contacts, acts) = (facts(&view), contacts(&view), acts(&view, kept));
    let names_shown = names_shown(&view);
    let sent = MediaTexts::of(use_language()).sent;
    let sent = attachments(sent, view.row.registration.0, &view.attachments);
    let danger = match (&view.filing, &view.brief) {
        (Some(filing), _) => Some(filing.danger),
        (None, brief) => brief.as_ref().map(|brief| brief.danger),
    };
    let danger = (danger == Some(Danger::Now)).then(|| {
        let word = WorklistTexts::of(use_language()).in_danger;
        view! { <StatusMark state=State::Overdue word/> }
    });
    view! {
        {done_note()}
        <p class="row">
            {status_mark(view.row.status)}
            {danger}
            <a class="target" href=list>{texts.to_the_list}</a>
        </p>
        <div class="workspace">
            <section class="stack-close">
                <SummaryList rows=facts/>
                {sent}
                {contacts}
                {names_shown}
            </section>
            <section class="stack">
                <h2>{texts.what_to_do}</h2>
                {acts}
            </section>
        </div>
    }
    .into_any()
}

fn facts(view: &RegistrationDetail) -> Vec<SummaryRow> {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let row = &view.row;
    let time = row.time.map(clock).unwrap_or_default();
    let mut rows = vec![
        SummaryRow::new(texts.serial, serial(row)),
        SummaryRow::new(texts.ticket, ticket(row)),
        SummaryRow::new(texts.time, time),
        SummaryRow::new(texts.people, row.people.to_string()),
    ];
    match (&view.filing, &view.brief) {
        (Some(filing), _) => rows.extend(brought(filing, view.place.clone())),
        (None, Some(brief)) => rows.extend(masked(view, brief)),
        (None, None) => rows.push(SummaryRow::new(
            texts.party,
            format!("{}\n{}", name(row), texts.sealed),
        )),
    }
    rows
}

/// What it is about, until the names are opened.
fn masked(view: &RegistrationDetail, brief: &Brief) -> Vec<SummaryRow> {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let about = view.row.subject.map(|about| subject(language, about));
    let mut rows = vec![
        SummaryRow::new(texts.party, name(&view.row)),
        SummaryRow::new(texts.subject, about.unwrap_or_default()),
        SummaryRow::new(
            RegisterTexts::of(language).place,
            view.place.clone().unwrap_or_default(),
        ),
        SummaryRow::new(texts.request, said(&brief.statement)),
    ];
    rows.extend(needs_row(&brief.needs));
    rows
}

fn brought(filing: &Filing, place: Option<String>) -> Vec<SummaryRow> {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let case = CaseTexts::of(language);
    let asked = RegisterTexts::of(language);
    let representatives: Vec<String> = filing
        .party
        .representatives
        .names()
        .iter()
        .map(ToString::to_string)
        .collect();
    let mut rows = vec![
        SummaryRow::new(texts.party, filing.party.petitioner.name.to_string()),
        SummaryRow::new(case.contact, contact(filing)),
        SummaryRow::new(texts.subject, subject(language, filing.subject)),
        SummaryRow::new(asked.place, place.unwrap_or_default()),
        SummaryRow::new(texts.request, said(&filing.statement)),
    ];
    rows.extend(needs_row(&filing.needs));
    if !representatives.is_empty() {
        rows.push(SummaryRow::new(
            case.representatives,
            representatives.join("、"),
        ));
    }
    if let Filer::Relative { name, relation } = &filing.party.filer {
        rows.push(SummaryRow::new(case.filer, format!("{name}（{relation}）")));
    }
    rows
}

/// What the person wants to say, or that it is said face to face.
pub(super) fn said(statement: &[Statement]) -> String {
    let in_person = RegisterTexts::of(use_language()).tell_in_person;
    let texts: Vec<String> = statement
        .iter()
        .filter_map(|part| match part {
            Statement::Text(text) => Some(text.to_string()),
            Statement::Image { transcript, .. } | Statement::Audio { transcript, .. } => {
                transcript.as_ref().map(ToString::to_string)
            }
        })
        .collect();
    if texts.is_empty() {
        in_person.to_owned()
    } else {
        texts.join("\n")
    }
}

/// The way the person asked for comes first.
fn contact(filing: &Filing) -> String {
    let asked = RegisterTexts::of(use_language());
    let contact = &filing.contact;
    let way = match &contact.way {
        ReachWay::Call => asked.reach_call.to_owned(),
        ReachWay::Text => asked.reach_text.to_owned(),
        ReachWay::Through { name } => format!("{} {name}", asked.reach_through),
        ReachWay::DoNotContact => asked.reach_none.to_owned(),
    };
    let phone = contact
        .phone
        .as_ref()
        .map(|phone| phone.as_str().to_owned());
    let hours = contact.hours.as_ref().map(ToString::to_string);
    let parts: Vec<String> = [Some(way), phone, hours].into_iter().flatten().collect();
    parts.join("\n")
}

fn names_shown(view: &RegistrationDetail) -> AnyView {
    let language = use_language();
    let lines = view.names_shown.iter().map(|(at, name)| {
        let line = format!("{} {name}", moment(language, *at));
        view! { <li>{line}</li> }
    });
    let lines = lines.collect_view();
    (!view.names_shown.is_empty())
        .then(|| {
            view! {
                <h2>{VisitTexts::of(language).names_shown}</h2>
                <ul>{lines}</ul>
            }
        })
        .into_any()
}

fn contacts(view: &RegistrationDetail) -> AnyView {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let lines = view.contacts.iter().map(|(at, what)| {
        let line = format!("{} {what}", moment(language, *at));
        view! { <li>{line}</li> }
    });
    let lines = lines.collect_view();
    let seen = FrameTexts::of(language).reason_hint;
    (!view.contacts.is_empty())
        .then(|| {
            view! {
                <h2>{texts.contacts}</h2>
                <ul>{lines}</ul>
                <p class="mute">{seen}</p>
            }
        })
        .into_any()
}
