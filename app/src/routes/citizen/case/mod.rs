//! One's own matter: where it stands, the answer, what one can do, what happened.

mod acts;
pub(crate) mod history;

use domain::{case::Procedure, clock::Standing, ids::CaseId};
use leptos::prelude::*;
use sync::{query, view};

use super::{
    loaded::{age, id_in_address, loaded},
    mine::code,
};
use crate::{
    components::*,
    i18n::{
        citizen::{MatterTexts, StandingTexts},
        common, day, day_and_weekday, use_language,
    },
    repository::use_view,
};

#[component]
pub fn Case() -> impl IntoView {
    let id = id_in_address("case");
    let view = use_view(move || query::MyCase { case: CaseId(id()) });
    loaded(
        MatterTexts::of(use_language()).title,
        Place::Mine,
        view,
        case,
    )
}

fn case(case: view::MyCase) -> AnyView {
    let language = use_language();
    let texts = MatterTexts::of(language);
    let standing = standing(&case);
    let rows = vec![
        SummaryRow::new(texts.number, case.number.to_string()),
        SummaryRow::new(texts.standing, standing),
    ];
    let answers: Vec<AnyView> = case.replies.iter().filter_map(answer).collect();
    let code = case.code.as_ref().map(code);
    let acts = acts::acts(&case);
    let history = history::history(&case.timeline);
    view! {
        <Page title=texts.title place=Place::Mine as_of=age(case.as_of)>
            <Heading>{texts.title}</Heading>
            <SummaryList rows/>
            {answers}
            {acts}
            <h2>{texts.history}</h2>
            {history}
            {code}
        </Page>
    }
    .into_any()
}

/// One sentence: where it stands, who must act, by when.
fn standing(case: &view::MyCase) -> String {
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
    let running = case.clocks.iter().rev().find(|clock| {
        matches!(
            clock.standing,
            Standing::Running { .. } | Standing::DueToday | Standing::Overdue { .. }
        )
    });
    let Some(running) = running else {
        return where_it_is.to_owned();
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
    let late = matches!(running.standing, Standing::Overdue { .. })
        .then_some(texts.overdue)
        .unwrap_or_default();
    format!(
        "{where_it_is}{}{late}",
        common::answer_due(language, &unit, &due)
    )
}

/// The plain sentence first and large, the document below.
fn answer(reply: &view::MyReply) -> Option<AnyView> {
    let language = use_language();
    let texts = MatterTexts::of(language);
    let issued = day_and_weekday(language, crate::i18n::in_china(reply.issued_at).date());
    let Some(content) = &reply.content else {
        let reason = reply
            .withdrawn
            .as_ref()
            .map(|(_, reason)| reason.to_string())
            .unwrap_or_default();
        return Some(
            view! { <Inset title=reason kind=InsetKind::Warning><p>{issued}</p></Inset> }
                .into_any(),
        );
    };
    let parts = [&content.facts, &content.basis, &content.remedies];
    let parts: Vec<_> = parts
        .into_iter()
        .flatten()
        .map(|part| view! { <p>{part.to_string()}</p> })
        .collect();
    let full =
        (!parts.is_empty()).then(|| view! { <Details summary=texts.full_text>{parts}</Details> });
    let by = reply
        .unit
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    Some(
        view! {
            <h2>{texts.answer}</h2>
            <p class="plain-answer"><strong>{content.plain.to_string()}</strong></p>
            <p>{by} " " {issued}</p>
            {full}
        }
        .into_any(),
    )
}
