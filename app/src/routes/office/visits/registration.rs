//! One party: what it brought at the left, what can be done with it now at the right.

use domain::{
    filing::{Danger, Filing, Statement},
    ids::RegistrationId,
    person::{Filer, ReachWay},
};
use leptos::prelude::*;
use sync::{query, view::RegistrationDetail};

use super::{
    PLACE, done_note, id_in_address,
    registration_acts::acts,
    registrations::{name, serial, status_mark, ticket},
};
use crate::{
    components::*,
    i18n::{
        citizen::{RegisterTexts, subject},
        clock, moment,
        office::{CaseTexts, FrameTexts, VisitTexts, WorklistTexts},
        use_language,
    },
    repository::use_view,
    routes::office::{
        frame::{address, office_with_forms},
        kept::Kept,
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
    let danger = view.filing.as_ref().map(|filing| filing.danger);
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
                {contacts}
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
    match &view.filing {
        Some(filing) => rows.extend(brought(filing, view.place.clone())),
        None => rows.push(SummaryRow::new(
            texts.party,
            format!("{}\n{}", name(row), texts.sealed),
        )),
    }
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
        SummaryRow::new(texts.request, said(filing)),
    ];
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
pub(super) fn said(filing: &Filing) -> String {
    let in_person = RegisterTexts::of(use_language()).tell_in_person;
    let texts: Vec<String> = filing
        .statement
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
