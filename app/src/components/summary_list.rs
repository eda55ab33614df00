use leptos::prelude::*;

use crate::i18n::{common::ActionTexts, use_language};

/// A question and its answer.
#[derive(Clone, Debug, Default)]
pub struct SummaryRow {
    pub label: String,
    /// Line breaks are kept.
    pub value: String,
    /// Where the answer can be changed; empty where it cannot.
    pub change: String,
}

impl SummaryRow {
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            change: String::new(),
        }
    }

    #[must_use]
    pub fn change(mut self, href: impl Into<String>) -> Self {
        self.change = href.into();
        self
    }
}

/// Answers to check before sending, or the facts of a matter. An empty answer says 未填.
#[component]
pub fn SummaryList(rows: Vec<SummaryRow>) -> impl IntoView {
    let texts = ActionTexts::of(use_language());
    view! { <dl class="summary">{rows.into_iter().map(|row| summary_row(row, texts)).collect_view()}</dl> }
        .into_any()
}

fn summary_row(row: SummaryRow, texts: &'static ActionTexts) -> AnyView {
    let value = if row.value.is_empty() {
        view! { <dd class="mute">{texts.none_given}</dd> }.into_any()
    } else {
        view! { <dd>{row.value}</dd> }.into_any()
    };
    let change = (!row.change.is_empty()).then(|| {
        view! {
            <dd class="change">
                <a href=row.change>
                    {texts.change}
                    <span class="unseen">" "{row.label.clone()}</span>
                </a>
            </dd>
        }
    });
    view! {
        <div>
            <dt>{row.label.clone()}</dt>
            {value}
            {change}
        </div>
    }
    .into_any()
}
