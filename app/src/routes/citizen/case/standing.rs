//! One sentence: where it stands, who must act, by when. The day count opens as a small calendar.

use domain::{
    case::{CaseClock, Procedure},
    clock::Standing,
};
use leptos::prelude::*;
use sync::view::{CitizenAct, MyCase};

use crate::{
    components::*,
    i18n::{
        citizen::{StandingTexts, days_late, who_by_when},
        common, day, use_language,
    },
};

pub fn standing(case: &MyCase) -> AnyView {
    let language = use_language();
    let texts = StandingTexts::of(language);
    let where_it_is = match case.procedure {
        Procedure::Registered => texts.received,
        Procedure::Transferred | Procedure::Assigned => texts.passed_on,
        Procedure::Accepted | Procedure::InHandling => texts.accepted,
        Procedure::Replied => texts.answered,
        Procedure::NotAccepted => texts.not_accepted,
        Procedure::ResolvedOnSpot => texts.settled_on_the_day,
        Procedure::Withdrawn => texts.withdrawn,
    };
    let is_petitioner = case.can.contains(&CitizenAct::LetIn);
    let unread = is_petitioner
        && case
            .replies
            .iter()
            .filter(|reply| reply.kind.is_answer())
            .any(|reply| reply.service.is_none() && reply.withdrawn.is_none());
    let Some(running) = running(case) else {
        let next = if unread {
            texts.answer_to_read
        } else {
            texts.nothing_to_do
        };
        return view! { <p class="standing"><b>{where_it_is}</b> " " {next}</p> }.into_any();
    };
    let unit = case
        .unit
        .as_ref()
        .map_or_else(|| use_site().sponsor, ToString::to_string);
    let due = day(language, running.counted.due);
    let due = if running.counted.provisional {
        common::provisional(language, &due)
    } else {
        due
    };
    let who = who_by_when(language, running.kind, &unit, &due);
    let (state, left) = match running.standing {
        Standing::Overdue { days } => (State::Overdue, days_late(language, days)),
        Standing::DueToday => (State::DueSoon, common::days_left(language, 0)),
        Standing::Running { days_left } if running.standing.is_amber() => (
            State::DueSoon,
            common::days_left(language, i64::from(days_left)),
        ),
        Standing::Running { days_left } => (
            State::Waiting,
            common::days_left(language, i64::from(days_left)),
        ),
        Standing::NotStarted | Standing::Met { .. } => (State::Waiting, String::new()),
    };
    let late = matches!(running.standing, Standing::Overdue { .. })
        .then(|| view! { <p>{texts.overdue}</p> });
    view! {
        <p class="standing"><b>{where_it_is}</b> " " {who}</p>
        <p><StatusMark state word=left/></p>
        {late}
        <DayCount counted=running.counted.clone()/>
    }
    .into_any()
}

/// The clock that somebody must meet next.
fn running(case: &MyCase) -> Option<&CaseClock> {
    case.clocks.iter().rev().find(|clock| {
        matches!(
            clock.standing,
            Standing::Running { .. } | Standing::DueToday | Standing::Overdue { .. }
        )
    })
}
