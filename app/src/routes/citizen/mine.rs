//! What a code opens: the slip or receipt, and the matters.

use std::sync::Arc;

use domain::{
    citizen::CitizenCommand,
    ids::{CommandId, RegistrationId},
};
use leptos::prelude::*;
use sync::{ReadProblem, query, view};

use super::{
    access,
    follow::Follow,
    loaded::{age, asked_for, problem_view},
    mistakes,
    own_here::{self, Acts},
    send::{CommandForm, Kept, ReadForm},
    slip,
};
use crate::{
    components::*,
    i18n::{
        citizen::{AccessTexts, FollowTexts, MatterTexts, OutboxTexts, ReceiptTexts, subject},
        clock,
        common::StateTexts,
        day_and_weekday, in_china, use_language,
    },
    repository::use_view,
};

/// Without a reading session this is where the code is asked for.
#[component]
pub fn Mine() -> impl IntoView {
    let view = use_view(|| query::Mine {});
    own_here::renew(view);
    let title = MatterTexts::of(use_language()).title;
    view! {
        <Suspense fallback=move || meanwhile(title)>
            {move || Suspend::new(async move {
                match view.await {
                    Ok(mine) => show(mine),
                    Err(ReadProblem::NotOpened) => view! { <Follow/> }.into_any(),
                    Err(ReadProblem::Unreachable) => without_a_network(),
                    Err(problem) => problem_view(problem, Place::Mine),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// Who waits longer than a moment sees what this device knows.
fn meanwhile(title: &'static str) -> AnyView {
    let long = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    set_timeout(
        move || {
            let _ = long.try_set(true);
        },
        std::time::Duration::from_secs(3),
    );
    view! {
        <Page title place=Place::Mine>
            <Heading>{title}</Heading>
            {move || long.get().then(|| own_here::own_here(Acts::Here))}
        </Page>
    }
    .into_any()
}

/// What this device knows, until the network is back.
fn without_a_network() -> AnyView {
    let language = use_language();
    let texts = OutboxTexts::of(language);
    view! {
        <Page title=MatterTexts::of(language).title place=Place::Mine>
            <Heading>{MatterTexts::of(language).title}</Heading>
            <p>{texts.no_signal}</p>
            {own_here::own_here(Acts::Here)}
            <p class="row">
                <LinkButton href=language.address(&use_site().county, "/outbox") kind=ButtonKind::Secondary>
                    {texts.title}
                </LinkButton>
                <CallLink/>
            </p>
        </Page>
    }
    .into_any()
}

fn show(mine: view::Mine) -> AnyView {
    own_here::see(&mine);
    let leave_nothing = own_here::leave_nothing(&mine);
    let language = use_language();
    let texts = MatterTexts::of(language);
    let receipt = ReceiptTexts::of(language);
    let sent = asked_for("sent")().is_some();
    let title = match (sent, &mine.slip) {
        (true, Some(_)) => receipt.title,
        (true, None) => receipt.received_title,
        (false, _) => texts.title,
    };
    let leave = language.address(&use_site().county, "/follow/leave");
    let slip = mine.slip.as_ref().map(slip::slip);
    let filed = mine.filed.as_ref().map(slip::filed);
    // A receipt names its one matter already; below a slip they are what came of it.
    let errors = RwSignal::new(access::of_typed(&mine));
    let access = access::access(&mine, errors, None);
    let heading = (mine.slip.is_some() && !mine.cases.is_empty())
        .then(|| view! { <h2>{receipt.matters}</h2> });
    let cases = mine.cases.into_iter().map(case_card).collect_view();
    let cancel = mine
        .slip
        .filter(|slip| slip.can_cancel)
        .map(|slip| cancel(slip.registration, mine.next_act, None));
    let told = told(mine.typed.as_ref());
    let closes = clock(in_china(mine.open_until).time());
    view! {
        <Page title=title place=Place::Mine as_of=age(mine.as_of)>
            <ErrorSummary errors/>
            <Heading>{title}</Heading>
            {told}
            {slip}
            {filed}
            {heading}
            {cases}
            {access}
            {cancel}
            <form method="post" action=leave class="no-print stack-close">
                <Button kind=ButtonKind::Secondary>{FollowTexts::of(language).leave}</Button>
                <p class="mute">{crate::i18n::citizen::open_until(language, &closes)}</p>
                {leave_nothing}
            </form>
        </Page>
    }
    .into_any()
}

/// What came of the act that led here.
fn told(typed: Option<&view::Typed>) -> AnyView {
    let language = use_language();
    let texts = MatterTexts::of(language);
    let access = AccessTexts::of(language);
    let done = asked_for("done")().map(|act| match act.as_str() {
        "grant" => view! { <p class="inset" role="status"><b>{access.granted}</b></p> }.into_any(),
        "revoke" => view! { <p class="inset" role="status"><b>{access.revoked}</b></p> }.into_any(),
        _ => {
            view! { <Inset title=texts.booking_cancelled><p>{texts.booking_cancelled_what}</p></Inset> }
                .into_any()
        }
    });
    let refused = typed.and_then(|typed| typed.refused.as_ref());
    let problem = asked_for("problem")().map(|act| {
        let what = match refused {
            Some(refused) => mistakes::refusal(refused, language),
            // Something is to be put right in the field itself, which the summary says.
            None if act == "grant" && typed.is_some() => return None,
            None => texts.not_done_what.to_owned(),
        };
        Some(view! { <Inset title=texts.not_done kind=InsetKind::Warning><p>{what}</p></Inset> })
    });
    let problem = problem.flatten();
    view! { {done} {problem} }.into_any()
}

pub(super) fn case_card(row: view::MyCaseRow) -> AnyView {
    let language = use_language();
    let texts = ReceiptTexts::of(language);
    let href = language.address(&use_site().county, &format!("/mine/cases/{}", row.case));
    let received = day_and_weekday(language, row.received_on);
    let mark = match row.unread_answer {
        true => view! { <StatusMark state=State::Answered word=texts.unread/> },
        false => {
            let (state, word) = procedure(row.procedure);
            view! { <StatusMark state word/> }
        }
    };
    view! {
        <Card title=subject(language, row.subject) href>
            <p>{StateTexts::of(language).received} " " {received}</p>
            <p class="mute">{texts.case_number} " " {row.number.to_string()}</p>
            <p>{mark}</p>
        </Card>
    }
    .into_any()
}

/// Where a matter stands, as a shape and a word.
fn procedure(procedure: domain::case::Procedure) -> (State, &'static str) {
    use domain::case::Procedure;
    let states = StateTexts::of(use_language());
    match procedure {
        Procedure::Registered => (State::Waiting, states.received),
        Procedure::Transferred => (State::Waiting, states.passed_on),
        Procedure::Assigned => (State::Waiting, states.assigned),
        Procedure::Accepted => (State::Waiting, states.accepted),
        Procedure::InHandling => (State::Waiting, states.in_handling),
        Procedure::Replied => (State::Answered, states.answered),
        Procedure::NotAccepted => (State::Answered, states.not_accepted),
        Procedure::ResolvedOnSpot => (State::Answered, states.settled_on_the_day),
        Procedure::Withdrawn => (State::Answered, states.withdrawn),
    }
}

pub(super) fn cancel(registration: RegistrationId, id: CommandId, kept: Option<Kept>) -> AnyView {
    let language = use_language();
    let texts = MatterTexts::of(language);
    let action = language.address(&use_site().county, "/mine/cancel");
    let read: ReadForm = Arc::new(move |_| Ok(CitizenCommand::CancelRegistration { registration }));
    let errors = RwSignal::new(Vec::new());
    view! {
        <div class="no-print">
            <Details summary=texts.cancel_booking>
                <p>{texts.cancel_booking_what}</p>
                <CommandForm action id read errors kept>
                    <input type="hidden" name="registration" value=registration.to_string()/>
                    <Button kind=ButtonKind::Danger>{texts.cancel_booking_confirm}</Button>
                </CommandForm>
            </Details>
        </div>
    }
    .into_any()
}
