//! Cases that have no number in the national register yet: today's first, then the older ones. The
//! number is entered here, from the sheet to copy.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sync::{
    query,
    view::{RegisterGap, RegisterGapFilter, WorkRow},
};

use super::{
    frame::{address, filtered, office_with_forms, pagination},
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

/// Where this list is, for the rail.
const PLACE: &str = "/office/not-registered";

#[component]
pub fn NotRegistered() -> impl IntoView {
    let texts = FrameTexts::of(use_language());
    let asked = use_query_map();
    let filter = move || {
        let asked = asked.read();
        RegisterGapFilter {
            when: asked.get("when").unwrap_or_default(),
            page: asked
                .get("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or_default(),
        }
    };
    let view = use_view(move || query::NotRegistered { filter: filter() });
    office_with_forms(texts.not_in_register, PLACE, view, list)
}

fn list(gap: RegisterGap, kept: &Kept) -> AnyView {
    let texts = RegisterGapTexts::of(use_language());
    let pages = (gap.filter.page, gap.total(), gap.page_size);
    let pagination = pagination(pages, |page| {
        shown_by(&RegisterGapFilter {
            page,
            ..gap.filter.clone()
        })
    });
    let rows = if gap.rows.is_empty() {
        empty(&gap)
    } else {
        table(&gap, kept)
    };
    view! {
        <p class="mute">{texts.what}</p>
        <Tabs label=texts.title tabs=tabs(&gap)/>
        {rows}
        {pagination}
    }
    .into_any()
}

fn tabs(gap: &RegisterGap) -> Vec<Tab> {
    let texts = RegisterGapTexts::of(use_language());
    let tab = |word: &'static str, when: &str, count| Tab {
        word: word.to_owned(),
        href: shown_by(&RegisterGapFilter {
            when: when.to_owned(),
            page: 1,
        }),
        count: Some(count),
        current: gap.filter.is_earlier() == (when == "earlier"),
    };
    vec![
        tab(texts.today, "", gap.today),
        tab(texts.earlier, "earlier", gap.earlier),
    ]
}

fn shown_by(filter: &RegisterGapFilter) -> String {
    filtered(PLACE, &filter.query())
}

fn empty(gap: &RegisterGap) -> AnyView {
    let texts = RegisterGapTexts::of(use_language());
    let title = if gap.today + gap.earlier == 0 {
        texts.none
    } else if gap.filter.is_earlier() {
        texts.none_earlier
    } else {
        texts.none_today
    };
    view! { <EmptyState title=title><p>{texts.none_what}</p></EmptyState> }.into_any()
}

fn table(gap: &RegisterGap, kept: &Kept) -> AnyView {
    let language = use_language();
    let (texts, columns) = (RegisterGapTexts::of(language), WorklistTexts::of(language));
    let columns = vec![
        Column::Text(columns.number),
        Column::Text(columns.petitioner),
        Column::Text(columns.about),
        Column::Text(columns.received),
        Column::Text(texts.copy_sheet),
        Column::Text(texts.number),
    ];
    let rows = gap.rows.iter();
    let cells = rows.map(|row| cells(row, &gap.filter, kept)).collect();
    view! { <Table caption=texts.title columns rows=cells/> }.into_any()
}

fn cells(row: &WorkRow, filter: &RegisterGapFilter, kept: &Kept) -> Vec<AnyView> {
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
        number(row, filter, &typed),
    ]
}

/// One field and its button; only the row that was sent back carries the field's id.
fn number(row: &WorkRow, filter: &RegisterGapFilter, typed: &Typed) -> AnyView {
    let language = use_language();
    let texts = RegisterGapTexts::of(language);
    let label = format!("{} {}", texts.number, row.number);
    let error = typed.error("number");
    let wrong = error.is_some().then_some("true");
    let system = CaseActionTexts::of(language).national_system;
    let action = address(&format!("/office/cases/{}/record_external", row.case));
    let fields = view! {
        <input type="hidden" name="back" value="not-registered"/>
        <input type="hidden" name="when" value=filter.when.clone()/>
        <input type="hidden" name="page" value=filter.page.to_string()/>
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
