//! What the day came to: 批次, 人次, 问题 and 件 are four counts, each in a row of its own.

use leptos::prelude::*;
use sync::view::VisitFigures;

use crate::{
    components::*,
    i18n::{citizen::NoticeTexts, use_language},
};

pub(super) fn figures(figures: VisitFigures) -> AnyView {
    let texts = NoticeTexts::of(use_language());
    let rows = [
        (texts.batches, figures.batches),
        (texts.person_visits, figures.person_visits),
        (texts.issues, figures.issues),
        (texts.on_spot, figures.on_spot),
        (texts.registered, figures.registered),
        (texts.cases, figures.cases),
        (texts.answered, figures.answered),
        (texts.rooms_count, figures.rooms),
        (texts.departments_count, figures.departments),
    ]
    .map(|(label, count)| SummaryRow::new(label, count.to_string()));
    view! {
        <h2>{texts.result}</h2>
        <SummaryList rows=rows.to_vec()/>
    }
    .into_any()
}
