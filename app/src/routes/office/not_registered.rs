//! Cases that have no number in the national register yet, oldest first.

use leptos::prelude::*;
use sync::{query, view::WorkRow};

use super::{frame::office, worklist::table};
use crate::{
    components::*,
    i18n::{
        office::{FrameTexts, WorklistTexts},
        use_language,
    },
    repository::use_view,
};

#[component]
pub fn NotRegistered() -> impl IntoView {
    let texts = FrameTexts::of(use_language());
    let view = use_view(|| query::NotRegistered {});
    office(texts.not_in_register, "/office/not-registered", view, list)
}

fn list(rows: Vec<WorkRow>) -> AnyView {
    let texts = WorklistTexts::of(use_language());
    if rows.is_empty() {
        return view! { <EmptyState title=texts.all_done><p>{texts.all_done_what}</p></EmptyState> }
            .into_any();
    }
    table(rows)
}
