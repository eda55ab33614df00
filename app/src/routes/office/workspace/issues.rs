//! What was asked for at the table, what was decided, and the citizen's own word about it.

use domain::case::{Issue, IssueAnswer, IssueOutcome};
use leptos::prelude::*;
use sync::view::Workspace as View;

use super::facts::said;
use crate::{
    i18n::{
        citizen::{MatterTexts, decided},
        day_with_year,
        office::CaseTexts,
        use_language,
    },
    routes::citizen::case::outcome::words,
};

pub(super) fn issues(view: &View) -> Option<AnyView> {
    let texts = CaseTexts::of(use_language());
    // A matter filed without a session has its words among the facts, and nothing decided.
    let decided = view.case.issues.iter().any(|issue| issue.outcome.is_some());
    decided.then(|| {
        let issues = view.case.issues.iter().map(one).collect_view();
        view! {
            <h2>{texts.issues}</h2>
            <ol class="issues">{issues}</ol>
        }
        .into_any()
    })
}

fn one(issue: &Issue) -> AnyView {
    let texts = CaseTexts::of(use_language());
    let asked: Vec<&str> = issue.statement.iter().filter_map(said).collect();
    let outcome = match &issue.outcome {
        Some(outcome) => outcome_of(outcome),
        None => texts.undecided.to_owned(),
    };
    let word = [issue.record, issue.settles].into_iter().flatten();
    let word: Vec<&str> = word.map(answer).collect();
    let word = match &word[..] {
        [] => texts.no_word.to_owned(),
        words => words.join("；"),
    };
    view! {
        <li class="stack-close">
            <p class="written">{asked.join("\n")}</p>
            <p><strong>{outcome}</strong></p>
            <p class="mute">{word}</p>
        </li>
    }
    .into_any()
}

fn outcome_of(outcome: &IssueOutcome) -> String {
    let language = use_language();
    let (word, what, by) = words(outcome, MatterTexts::of(language));
    let by = by.map(|by| day_with_year(language, by));
    decided(language, word, &what, by)
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
