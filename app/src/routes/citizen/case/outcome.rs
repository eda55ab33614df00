//! What was said at the table about each request, and what the citizen said of it.

use domain::case::{Issue, IssueAnswer, IssueOutcome};
use leptos::prelude::*;

use crate::{
    components::*,
    i18n::{citizen::MatterTexts, day_with_year, use_language},
};

pub fn outcomes(issues: &[Issue]) -> AnyView {
    let texts = MatterTexts::of(use_language());
    let told: Vec<AnyView> = issues.iter().filter_map(outcome).collect();
    (!told.is_empty())
        .then(|| {
            view! {
                <h2>{texts.decided_at_table}</h2>
                {told}
            }
        })
        .into_any()
}

fn outcome(issue: &Issue) -> Option<AnyView> {
    let language = use_language();
    let texts = MatterTexts::of(language);
    let outcome = issue.outcome.as_ref()?;
    let (word, what, by) = words(outcome, texts);
    let by = by.map(|by| view! { <p>{texts.by} " " {day_with_year(language, by)}</p> });
    let said = match issue.settles {
        Some(IssueAnswer::Settled) => Some(texts.you_said_settled),
        Some(IssueAnswer::NotSettled) => Some(texts.you_said_open),
        _ => None,
    };
    let said = said.map(|said| view! { <p><b>{said}</b></p> });
    Some(
        view! {
            <Inset title=word>
                <p class="written">{what}</p>
                {by}
                {said}
            </Inset>
        }
        .into_any(),
    )
}

/// The kind of answer, its words, and the day that was promised.
pub(crate) fn words(
    outcome: &IssueOutcome,
    texts: &'static MatterTexts,
) -> (&'static str, String, Option<chrono::NaiveDate>) {
    match outcome {
        IssueOutcome::ResolvedOnSpot { decision } => (texts.on_spot, decision.to_string(), None),
        IssueOutcome::WillDo { promise, by } => (texts.will_do, promise.to_string(), Some(*by)),
        IssueOutcome::WillStudy { promise, by } => {
            (texts.will_study, promise.to_string(), Some(*by))
        }
        IssueOutcome::NotPossible { reason } => (texts.cannot, reason.to_string(), None),
    }
}
