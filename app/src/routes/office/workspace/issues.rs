//! What was asked for at the table, what was decided, and the citizen's own word about it.

use domain::case::{Issue, IssueAnswer, IssueOutcome};
use leptos::prelude::*;
use sync::view::Workspace as View;

use super::facts::said;
use crate::{
    components::*,
    i18n::{
        common::StateTexts,
        day_with_year,
        office::{CaseActionTexts, CaseTexts},
        use_language,
    },
};

pub(super) fn issues(view: &View) -> Option<AnyView> {
    let texts = CaseTexts::of(use_language());
    // A matter filed without a session has its words among the facts, and nothing decided.
    let decided = view.case.issues.iter().any(|issue| issue.outcome.is_some());
    decided.then(|| {
        let rows = view.case.issues.iter().map(row).collect();
        view! {
            <h2>{texts.issues}</h2>
            <SummaryList rows/>
        }
        .into_any()
    })
}

fn row(issue: &Issue) -> SummaryRow {
    let texts = CaseTexts::of(use_language());
    let asked: Vec<&str> = issue.statement.iter().filter_map(said).collect();
    let outcome = match &issue.outcome {
        Some(outcome) => decided(outcome),
        None => texts.undecided.to_owned(),
    };
    let word = [issue.record, issue.settles].into_iter().flatten();
    let word: Vec<&str> = word.map(answer).collect();
    let word = match &word[..] {
        [] => texts.no_word.to_owned(),
        words => words.join("；"),
    };
    SummaryRow::new(asked.join("\n"), format!("{outcome}\n{word}"))
}

fn decided(outcome: &IssueOutcome) -> String {
    let language = use_language();
    let texts = CaseActionTexts::of(language);
    match outcome {
        IssueOutcome::ResolvedOnSpot { decision } => {
            format!(
                "{}：{decision}",
                StateTexts::of(language).settled_on_the_day
            )
        }
        IssueOutcome::WillDo { promise, by } => {
            let by = day_with_year(language, *by);
            format!("{}：{promise} {by}", texts.commitment)
        }
        IssueOutcome::WillStudy { promise, by } => {
            let by = day_with_year(language, *by);
            format!("{}：{promise} {by}", texts.commitment_reply)
        }
        IssueOutcome::NotPossible { reason } => format!("{}：{reason}", texts.commitment_no),
    }
}

fn answer(answer: IssueAnswer) -> &'static str {
    let texts = CaseTexts::of(use_language());
    match answer {
        IssueAnswer::RecordRight => texts.record_right,
        IssueAnswer::RecordNotConfirmed => texts.record_not_confirmed,
        IssueAnswer::Settled => texts.settles,
        IssueAnswer::NotSettled => texts.settles_not,
    }
}
