//! Who, what, where, and who may know.

use domain::{
    case::{Assignment, AssignmentKind},
    filing::Statement,
    person::{Filer, ReachWay},
    readers::ReaderKey,
};
use sync::view::Workspace as View;

use super::{super::needs::needs_row, official_name};
use crate::{
    components::SummaryRow,
    i18n::{
        citizen::subject,
        day_with_year, in_china,
        office::{
            CaseActionTexts, CaseTexts, FrameTexts, WorklistTexts, category_name, channel_name,
            procedure, reader_name,
        },
        use_language,
    },
};

pub(super) fn rows(view: &View) -> Vec<SummaryRow> {
    let language = use_language();
    let texts = CaseTexts::of(language);
    let case = &view.case;
    let party = &case.filing.party;
    let names: Vec<String> = party
        .representatives
        .names()
        .iter()
        .map(ToString::to_string)
        .collect();
    let category = case
        .category
        .map(|category| category_name(language, category));
    let mut rows = vec![
        SummaryRow::new(WorklistTexts::of(language).number, case.number.to_string()),
        SummaryRow::new(texts.state, procedure(language, case.procedure)),
        SummaryRow::new(texts.petitioner, party.petitioner.name.to_string()),
        SummaryRow::new(texts.filer, filer(view)),
    ];
    if !names.is_empty() {
        rows.push(SummaryRow::new(texts.representatives, names.join("\n")));
    }
    rows.extend([
        SummaryRow::new(texts.contact, contact(view)),
        SummaryRow::new(texts.subject, subject(language, case.filing.subject)),
        SummaryRow::new(texts.place, view.place.clone().unwrap_or_default()),
        SummaryRow::new(texts.words, words(&case.filing.statement)),
        SummaryRow::new(texts.channel, channel_name(language, case.channel)),
    ]);
    rows.extend(needs_row(&case.filing.needs));
    rows.extend(received(view));
    rows.extend([
        SummaryRow::new(texts.category, category.unwrap_or_default()),
        SummaryRow::new(
            texts.restricted,
            readers(view, &case.filing.restricted_from),
        ),
        SummaryRow::new(texts.readers, readers(view, &case.readers.open_to)),
    ]);
    rows.extend(case.assignment.as_ref().map(unit).into_iter().flatten());
    if let Some(handler) = case.handler {
        rows.push(SummaryRow::new(texts.handler, official_name(view, handler)));
    }
    rows.push(SummaryRow::new(texts.national_number, numbers(view)));
    rows
}

/// The day it counts from, why that is not the day of entry, and the day of entry.
fn received(view: &View) -> Vec<SummaryRow> {
    let language = use_language();
    let texts = CaseTexts::of(language);
    let case = &view.case;
    let entered = in_china(case.opened_at).date();
    let mut rows = vec![SummaryRow::new(
        texts.received_on,
        day_with_year(language, case.received_on),
    )];
    if let Some(reason) = &case.received_reason {
        rows.push(SummaryRow::new(texts.received_because, reason.to_string()));
    }
    rows.push(SummaryRow::new(
        texts.entered_on,
        day_with_year(language, entered),
    ));
    rows
}

fn filer(view: &View) -> String {
    let texts = CaseTexts::of(use_language());
    match &view.case.filing.party.filer {
        Filer::Petitioner => texts.himself.to_owned(),
        Filer::Relative { name, relation } => format!("{name}（{relation}）"),
        Filer::Agent { agent, basis, .. } => format!("{}（{basis}）", official_name(view, *agent)),
        Filer::Desk { official } => format!("{}：{}", texts.desk, official_name(view, *official)),
    }
}

fn contact(view: &View) -> String {
    let language = use_language();
    let contact = &view.case.filing.contact;
    let way = match &contact.way {
        ReachWay::Call => crate::i18n::office::ToTellTexts::of(language)
            .call
            .to_owned(),
        ReachWay::Text => crate::i18n::office::ToTellTexts::of(language)
            .text
            .to_owned(),
        ReachWay::Through { name } => {
            let through = crate::i18n::office::ToTellTexts::of(language).through;
            format!("{through} {name}")
        }
        ReachWay::DoNotContact => crate::i18n::office::ToTellTexts::of(language)
            .asked_not
            .to_owned(),
    };
    let phone = contact
        .phone
        .as_ref()
        .map(|phone| phone.as_str().to_owned());
    let hours = contact.hours.as_ref().map(ToString::to_string);
    let parts: Vec<String> = [phone, Some(way), hours].into_iter().flatten().collect();
    parts.join(" · ")
}

pub(in crate::routes::office) fn words(statement: &[Statement]) -> String {
    if statement.is_empty() {
        return CaseTexts::of(use_language()).in_person.to_owned();
    }
    let parts: Vec<&str> = statement.iter().filter_map(said).collect();
    parts.join("\n")
}

/// Text as written; of an image or sound, what was typed of it.
pub(super) fn said(statement: &Statement) -> Option<&str> {
    match statement {
        Statement::Text(text) => Some(text.as_str()),
        Statement::Image { transcript, .. } | Statement::Audio { transcript, .. } => {
            transcript.as_ref().map(|text| text.as_str())
        }
    }
}

fn readers(view: &View, keys: &[ReaderKey]) -> String {
    let language = use_language();
    let named = |key: &ReaderKey| match key {
        ReaderKey::Unit(id) => {
            let mut units = view.units.iter();
            let unit = units.find(|unit| unit.id == *id);
            unit.map(|unit| unit.name.clone())
        }
        ReaderKey::Official(id) => Some(official_name(view, *id)),
        _ => None,
    };
    let names: Vec<String> = keys
        .iter()
        .map(|key| reader_name(language, key, named))
        .collect();
    names.join("\n")
}

fn unit(assignment: &Assignment) -> Vec<SummaryRow> {
    let language = use_language();
    let texts = CaseTexts::of(language);
    let kind = match assignment.kind {
        AssignmentKind::Transfer => CaseActionTexts::of(language).transfer,
        AssignmentKind::Assign { .. } => CaseActionTexts::of(language).assign,
    };
    let on = day_with_year(language, assignment.on);
    let unit = format!("{}（{kind} {on}）", assignment.unit_name);
    let mut rows = vec![SummaryRow::new(texts.unit, unit)];
    if let AssignmentKind::Assign { report_due } = assignment.kind {
        rows.push(SummaryRow::new(
            texts.report_due,
            day_with_year(language, report_due),
        ));
    }
    rows
}

/// Every number it has elsewhere; without one, that it is not entered.
fn numbers(view: &View) -> String {
    let language = use_language();
    if view.case.external.is_empty() {
        return FrameTexts::of(language).out_of_register.to_owned();
    }
    let numbers = view.case.external.iter().map(|known| {
        let on = day_with_year(language, known.entered_on);
        let by = official_name(view, known.by);
        format!("{} №{}（{on} {by}）", known.system, known.number)
    });
    let numbers: Vec<String> = numbers.collect();
    numbers.join("\n")
}
