//! Cases that have no number in the national register yet, oldest first: the number is entered here,
//! from the sheet to copy.

use leptos::prelude::*;
use sync::{query, view::WorkRow};

use super::{
    frame::{address, office_with_forms},
    kept::{Kept, Typed},
};
use crate::{
    components::*,
    i18n::{
        citizen::subject,
        day,
        office::{CaseActionTexts, FrameTexts, RegisterGapTexts, WorklistTexts},
        use_language,
    },
    repository::use_view,
};

#[component]
pub fn NotRegistered() -> impl IntoView {
    let texts = FrameTexts::of(use_language());
    let view = use_view(|| query::NotRegistered {});
    office_with_forms(texts.not_in_register, "/office/not-registered", view, list)
}

fn list(rows: Vec<WorkRow>, kept: &Kept) -> AnyView {
    let language = use_language();
    let (texts, columns) = (RegisterGapTexts::of(language), WorklistTexts::of(language));
    if rows.is_empty() {
        return view! { <EmptyState title=texts.none><p>{texts.none_what}</p></EmptyState> }
            .into_any();
    }
    let columns = vec![
        Column::Text(columns.number),
        Column::Text(columns.petitioner),
        Column::Text(columns.about),
        Column::Text(columns.received),
        Column::Text(texts.copy_sheet),
        Column::Text(texts.number),
    ];
    let cells = rows.iter().map(|row| cells(row, kept)).collect();
    view! {
        <p class="mute">{texts.what}</p>
        <Table caption=texts.title columns rows=cells/>
    }
    .into_any()
}

fn cells(row: &WorkRow, kept: &Kept) -> Vec<AnyView> {
    let language = use_language();
    let texts = RegisterGapTexts::of(language);
    let case = address(&format!("/office/cases/{}", row.case));
    let sheet = format!("{case}/sheet");
    let typed = kept.form(&format!("case/{}/record_external", row.case));
    vec![
        view! { <a href=case class="number">{row.number.to_string()}</a> }.into_any(),
        row.name.clone().into_any(),
        subject(language, row.subject).into_any(),
        day(language, row.received_on).into_any(),
        view! { <a href=sheet>{texts.copy_sheet}</a> }.into_any(),
        number(row, &typed),
    ]
}

/// One field and its button; only the row that was sent back carries the field's id.
fn number(row: &WorkRow, typed: &Typed) -> AnyView {
    let language = use_language();
    let texts = RegisterGapTexts::of(language);
    let label = format!("{} {}", texts.number, row.number);
    let error = typed.error("number");
    let wrong = error.is_some().then_some("true");
    let system = CaseActionTexts::of(language).national_system;
    let action = address(&format!("/office/cases/{}/record_external", row.case));
    let fields = view! {
        <input type="hidden" name="back" value="not-registered"/>
        <input type="hidden" name="system" value=system/>
        {error.map(|error| view! { <p class="error" id="number-error">{error}</p> })}
        <div class="row">
            <input
                class="code"
                name="number"
                id=typed.is_kept().then_some("number")
                aria-label=label
                aria-invalid=wrong
                aria-describedby=wrong.map(|_| "number-error")
                autocomplete="off"
                value=typed.value("number")
            />
            <Button kind=ButtonKind::Secondary>{texts.save}</Button>
        </div>
    };
    typed.form(action, None, fields)
}
