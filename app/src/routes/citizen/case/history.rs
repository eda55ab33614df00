//! What happened, newest first, in the words of whoever reads it.

use leptos::prelude::*;
use sync::view::{Entry, Happened};

use crate::{
    components::*,
    i18n::{
        citizen::{MatterTexts, TimelineTexts, decided, seen_until},
        day, day_with_year, in_china, moment, use_language,
    },
};

pub fn history(entries: &[Entry], texts: &TimelineTexts) -> AnyView {
    let language = use_language();
    let items = entries.iter().map(|entry| {
        let (title, more) = words(&entry.happened, texts);
        let datetime = in_china(entry.at)
            .format("%Y-%m-%dT%H:%M+08:00")
            .to_string();
        let more = (!more.is_empty()).then(|| view! { <p class="written">{more}</p> });
        view! { <TimelineItem when=moment(language, entry.at) datetime title>{more}</TimelineItem> }
    });
    let items = items.collect_view();
    view! { <Timeline>{items}</Timeline> }.into_any()
}

fn words(happened: &Happened, texts: &TimelineTexts) -> (&'static str, String) {
    let language = use_language();
    match happened {
        Happened::Received { reason, .. } => (
            texts.registered,
            reason.as_ref().map(ToString::to_string).unwrap_or_default(),
        ),
        Happened::Read => (texts.classified, String::new()),
        Happened::Sent {
            unit,
            assigned: true,
        } => (texts.assigned, unit.to_string()),
        Happened::Sent {
            unit,
            assigned: false,
        } => (texts.passed_on, unit.to_string()),
        Happened::Accepted => (texts.accepted, String::new()),
        Happened::HandlerNamed => (texts.handler_named, String::new()),
        Happened::NotAccepted { reason, ask } => (texts.not_accepted, format!("{reason} {ask}")),
        Happened::Issued { kind, .. } if kind.is_answer() => (texts.answered, String::new()),
        Happened::Issued { .. } => (texts.notified, String::new()),
        Happened::Served { on, kind, .. } if kind.is_answer() => (texts.served, day(language, *on)),
        Happened::Served { on, .. } => (texts.notice_served, day(language, *on)),
        Happened::ServiceCorrected { on, reason, .. } => {
            (texts.corrected, format!("{} {reason}", day(language, *on)))
        }
        Happened::ReplyWithdrawn { reason, .. } => (texts.withdrawn_act, reason.to_string()),
        Happened::Decided { outcome } => (texts.received_in_person, decision(outcome)),
        Happened::Answered { answer } => (answered(*answer, texts), String::new()),
        Happened::Note { text } => (texts.you_added, text.to_string()),
        Happened::Asked { text, by_date } => {
            (texts.asked, format!("{text} {}", day(language, *by_date)))
        }
        Happened::AnsweredQuestion { text } => (texts.you_answered, text.to_string()),
        Happened::Withdrawn => (texts.withdrawn, String::new()),
        Happened::ReadersWidened { reason, .. } => (texts.readers_widened, reason.to_string()),
        Happened::DecisionCorrected { outcome, reason } => {
            (texts.corrected, format!("{} {reason}", decision(outcome)))
        }
        Happened::TakenBack { act, reason } => (taken_back(act, texts), reason.to_string()),
        Happened::CodeReplaced => (texts.code_replaced, String::new()),
        Happened::AccessGranted { name, until } => {
            let until = until.map(|until| seen_until(language, &day_with_year(language, until)));
            let until = until.unwrap_or_default();
            (texts.access_granted, format!("{name} {until}"))
        }
        Happened::AccessRevoked { name } => (texts.access_revoked, name.to_string()),
    }
}

fn decision(outcome: &domain::case::IssueOutcome) -> String {
    let language = use_language();
    let (word, what, by) = super::outcome::words(outcome, MatterTexts::of(language));
    decided(language, word, &what, by.map(|by| day(language, by)))
}

fn taken_back(act: &domain::case::OfficialAct, texts: &TimelineTexts) -> &'static str {
    use domain::case::OfficialAct as Act;
    match act {
        Act::Question { .. } => texts.question_taken_back,
        Act::Widening { .. } => texts.readers_narrowed,
        Act::ExternalNumber { .. } => texts.withdrawn_act,
    }
}

fn answered(answer: domain::case::IssueAnswer, texts: &TimelineTexts) -> &'static str {
    use domain::case::IssueAnswer as Answer;
    match answer {
        Answer::NotSettled => texts.reopened,
        Answer::Settled => texts.settled,
        Answer::RecordRight => texts.record_right,
        Answer::RecordNotConfirmed => texts.record_wrong,
    }
}
