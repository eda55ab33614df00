//! A case in the order of the national register's fields, to copy from the screen or on paper.

use domain::{case::AssignmentKind, filing::Filing, ids::CaseId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use sync::{query, view::Workspace};
use uuid::Uuid;

use super::{frame::address, frame::office, workspace::words};
use crate::{
    components::*,
    i18n::{
        citizen::subject,
        day_with_year, in_china,
        office::{RegisterGapTexts, SheetTexts, category_name, channel_name, kind_name},
        use_language,
    },
    repository::use_view,
};

#[component]
pub fn CopySheet() -> impl IntoView {
    let path = use_params_map();
    let case = move || {
        let id = path.read().get("case").unwrap_or_default();
        CaseId(Uuid::parse_str(&id).unwrap_or_default())
    };
    let view = use_view(move || query::Workspace { case: case() });
    office(
        RegisterGapTexts::of(use_language()).copy_sheet,
        "",
        view,
        show,
    )
}

fn show(view: Workspace) -> AnyView {
    let texts = RegisterGapTexts::of(use_language());
    let mut rows = person(&view.case.filing);
    rows.extend(matter(&view));
    let case = address(&format!("/office/cases/{}?act=record_external", view.id));
    view! {
        <p class="mute no-print">{texts.what}</p>
        <SummaryList rows/>
        <p class="row no-print">
            <DeviceButton act=DeviceAct::Print word=texts.print/>
            <LinkButton href=case kind=ButtonKind::Secondary>{texts.number}</LinkButton>
        </p>
    }
    .into_any()
}

fn person(filing: &Filing) -> Vec<SummaryRow> {
    let texts = SheetTexts::of(use_language());
    let petitioner = &filing.party.petitioner;
    let id = petitioner.id_number.as_ref();
    let phone = filing.contact.phone.as_ref();
    let born = petitioner.birth_year.map(|year| year.to_string());
    let address = petitioner.address.as_ref().map(ToString::to_string);
    let names = filing.party.representatives.names();
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    vec![
        SummaryRow::new(texts.name, petitioner.name.to_string()),
        SummaryRow::new(texts.id_number, id.map_or("", |id| id.as_str())),
        SummaryRow::new(texts.birth_year, born.unwrap_or_default()),
        SummaryRow::new(texts.phone, phone.map_or("", |phone| phone.as_str())),
        SummaryRow::new(texts.address, address.unwrap_or_default()),
        SummaryRow::new(texts.people, filing.party.size.get().to_string()),
        SummaryRow::new(texts.representatives, names.join("、")),
    ]
}

fn matter(view: &Workspace) -> Vec<SummaryRow> {
    let language = use_language();
    let texts = SheetTexts::of(language);
    let case = &view.case;
    let category = case
        .category
        .map(|category| category_name(language, category));
    let entered = in_china(case.opened_at).date();
    let unit = case.assignment.as_ref().map(|assignment| {
        let due = match assignment.kind {
            AssignmentKind::Transfer => String::new(),
            AssignmentKind::Assign { report_due } => day_with_year(language, report_due),
        };
        format!("{} {due}", assignment.unit_name)
    });
    vec![
        SummaryRow::new(texts.channel, channel_name(language, case.channel)),
        SummaryRow::new(texts.received_on, day_with_year(language, case.received_on)),
        SummaryRow::new(texts.entered_on, day_with_year(language, entered)),
        SummaryRow::new(texts.purpose, kind_name(language, case.filing.kind)),
        SummaryRow::new(texts.subject, subject(language, case.filing.subject)),
        SummaryRow::new(texts.place, view.place.clone().unwrap_or_default()),
        SummaryRow::new(texts.content, words(&case.filing.statement)),
        SummaryRow::new(texts.category, category.unwrap_or_default()),
        SummaryRow::new(texts.unit, unit.unwrap_or_default()),
        SummaryRow::new(texts.our_number, case.number.to_string()),
    ]
}
