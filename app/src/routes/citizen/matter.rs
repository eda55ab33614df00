//! One public matter: the promises, each step with its date, what came of them. No identity.

use leptos::prelude::*;
use sync::{query, view};

use domain::{
    ids::MatterId,
    matter::{Commitment, MatterChange, MatterStatus, Milestone, Published},
};

use super::{
    loaded::{age, id_in_address, loaded},
    matters::two_marks,
};
use crate::{
    components::*,
    i18n::{
        citizen::{PublicMatterTexts, subject},
        common::{StateTexts, people},
        day_with_year, moment, use_language,
    },
    repository::use_view,
};

#[component]
pub fn Matter() -> impl IntoView {
    let texts = PublicMatterTexts::of(use_language());
    let id = id_in_address("matter");
    let view = use_view(move || query::Matter {
        matter: MatterId(id()),
    });
    loaded(texts.title, Place::Village, view, page)
}

fn page(matter: view::MatterPage) -> AnyView {
    let title = matter.title.to_string();
    view! {
        <Page title=title.clone() place=Place::Village as_of=age(matter.as_of)>
            <Heading>{title}</Heading>
            {content(matter)}
        </Page>
    }
    .into_any()
}

/// Everything below the title; the office looks at it before it becomes public.
pub(in crate::routes) fn content(matter: view::MatterPage) -> AnyView {
    let language = use_language();
    let texts = PublicMatterTexts::of(language);
    let places: Vec<String> = matter.places.into_iter().map(|place| place.name).collect();
    let done = matter.status == MatterStatus::Fulfilled;
    let overdue = !done
        && matter
            .commitments
            .iter()
            .any(|promise| promise.planned < matter.today);
    let answer = matter.answered.clone().map(|(answer, on)| {
        let title = format!("{} · {}", texts.answered, day_with_year(language, on));
        view! { <Inset title>{answer.to_string()}</Inset> }
    });
    let concerned = matter
        .population
        .map(|count| format!(" · {}", people(language, count)));
    let promises = matter.commitments.into_iter().map(promise).collect_view();
    let changes = matter.changes.iter().map(change).collect_view();
    let raised = matter.summary.map(|summary| {
        view! {
            <h2>{texts.raised}</h2>
            <p>{summary.to_string()}</p>
        }
    });
    view! {
        <p class="mute">
            {subject(language, matter.subject)} " · " {places.join(" · ")} {concerned}
        </p>
        {changes}
        {two_marks(matter.answered.is_some(), done, overdue)}
        {raised}
        {answer}
        {promises}
        <p class="mute">{texts.no_identity}</p>
    }
    .into_any()
}

/// What was put right or taken back, at the top: mistakes are mended in the open.
fn change(change: &MatterChange) -> AnyView {
    let language = use_language();
    let texts = PublicMatterTexts::of(language);
    let what = match change.what {
        None => texts.page_corrected,
        Some(Published::Page) => texts.page_taken_back,
        Some(Published::Answer) => texts.answer_taken_back,
        Some(Published::Step { .. }) => texts.step_taken_back,
        Some(Published::Fulfilment { .. }) => texts.fulfilment_taken_back,
    };
    let title = format!("{} {what}", moment(language, change.at));
    let reason = change.reason.to_string();
    view! { <Inset title><p>{reason}</p></Inset> }.into_any()
}

fn promise(promise: Commitment) -> AnyView {
    let language = use_language();
    let texts = PublicMatterTexts::of(language);
    let states = StateTexts::of(language);
    let (kind, word, on) = match promise.fulfilled_on {
        Some(on) => (SealKind::Kept, states.kept, on),
        None => (SealKind::Promised, states.promised, promise.planned),
    };
    let measure = promise.indicator.map(|indicator| {
        let rows = vec![
            SummaryRow::new(texts.before, indicator.before.to_string()),
            SummaryRow::new(texts.after, indicator.after.to_string()),
        ];
        view! {
            <h3>{indicator.name.to_string()}</h3>
            <SummaryList rows/>
        }
    });
    let steps = if promise.milestones.is_empty() {
        view! { <p>{texts.no_milestones_what}</p> }.into_any()
    } else {
        let steps = promise.milestones.into_iter().map(step).collect_view();
        view! { <Timeline>{steps}</Timeline> }.into_any()
    };
    view! {
        <h2>{texts.promise} "：" {promise.promise.to_string()}</h2>
        <p>{promise.unit_name.to_string()}</p>
        <Seal kind word day=day_with_year(language, on)/>
        {measure}
        {steps}
    }
    .into_any()
}

fn step(step: Milestone) -> AnyView {
    let language = use_language();
    let texts = PublicMatterTexts::of(language);
    let (on, moment) = match &step.done {
        Some(done) => (done.on, Moment::Past),
        None => (step.planned, Moment::Ahead),
    };
    let word = match step.done {
        Some(_) => texts.actual,
        None => texts.planned,
    };
    let delays = step
        .delays
        .into_iter()
        .map(|delay| {
            let from = day_with_year(language, delay.from);
            let until = day_with_year(language, delay.until);
            view! {
                <p>{texts.delayed} " " {from} " → " {until} " · " {delay.reason.to_string()}</p>
            }
        })
        .collect_view();
    let evidence = step
        .done
        .map(|done| view! { <p class="mute">{done.evidence.to_string()}</p> });
    view! {
        <TimelineItem
            when=format!("{word} {}", day_with_year(language, on))
            datetime=on.to_string()
            title=step.title.to_string()
            moment
        >
            {evidence}
            {delays}
        </TimelineItem>
    }
    .into_any()
}
