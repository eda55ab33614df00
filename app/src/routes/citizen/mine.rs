//! The slip, and the matters born of it.

use domain::{booking::Placement, code::AccessCode, registration::RegistrationStatus};
use leptos::prelude::*;
use sync::{ReadProblem, query, view};

use super::{
    follow::Follow,
    loaded::{age, asked_for},
};
use crate::{
    components::*,
    i18n::{
        citizen::{FollowTexts, MatterTexts, ReceiptTexts, come_at, room_and_number},
        clock, common, day_and_weekday, use_language,
    },
    repository::use_view,
};

/// Without a reading session this is where the code is asked for.
#[component]
pub fn Mine() -> impl IntoView {
    let view = use_view(|| query::Mine {});
    let title = MatterTexts::of(use_language()).title;
    view! {
        <Suspense fallback=move || view! { <Page title place=Place::Mine><Heading>{title}</Heading></Page> }>
            {move || Suspend::new(async move {
                match view.await {
                    Ok(mine) => show(mine),
                    Err(ReadProblem::NotOpened) => view! { <Follow/> }.into_any(),
                    Err(problem) => super::loaded::problem_view(problem, Place::Mine),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn show(mine: view::Mine) -> AnyView {
    let language = use_language();
    let texts = MatterTexts::of(language);
    let receipt = ReceiptTexts::of(language);
    let sent = asked_for("sent")().is_some();
    let title = match (sent, &mine.slip) {
        (true, Some(_)) => receipt.title,
        (true, None) => receipt.received_title,
        (false, _) => texts.title,
    };
    let county = use_site().county;
    let leave = language.address(&county, "/follow/leave");
    let cases = mine.cases.into_iter().map(|row| {
        let href = language.address(&county, &format!("/mine/cases/{}", row.case));
        let received = day_and_weekday(language, row.received_on);
        view! { <Card title=row.number.to_string() href><p>{received}</p></Card> }
    });
    let cases = cases.collect_view();
    let slip = mine.slip.map(slip);
    view! {
        <Page title=title place=Place::Mine as_of=age(mine.as_of)>
            <Heading>{title}</Heading>
            {slip}
            {cases}
            <form method="post" action=leave>
                <Button kind=ButtonKind::Secondary>{FollowTexts::of(language).leave}</Button>
            </form>
        </Page>
    }
    .into_any()
}

fn slip(slip: view::Slip) -> AnyView {
    let language = use_language();
    let texts = ReceiptTexts::of(language);
    let matter = MatterTexts::of(language);
    let status = status(&slip);
    let mut rows = vec![
        SummaryRow::new(texts.status, status),
        SummaryRow::new(
            texts.visit,
            format!(
                "{} {}",
                slip.visit.title,
                day_and_weekday(language, slip.visit.date)
            ),
        ),
        SummaryRow::new(texts.place, slip.visit.venue.to_string()),
    ];
    if let Some(ticket) = slip.ticket {
        let room = room_and_number(language, u32::from(ticket.room), u32::from(ticket.number));
        rows.push(SummaryRow::new(texts.room, room));
    }
    if let Some(place) = slip.place {
        rows.push(SummaryRow::new(
            texts.time,
            come_at(language, &clock(place.time)),
        ));
    }
    let bring: Vec<String> = slip.bring.iter().map(ToString::to_string).collect();
    rows.push(SummaryRow::new(texts.bring, bring.join("；")));
    let serial = slip
        .serial
        .map(|serial| view! { <SlipNumber label=texts.serial number=serial.to_string()/> });
    let cancel = slip.can_cancel.then(|| {
        let action = language.address(&use_site().county, "/mine/cancel");
        view! {
            <Details summary=matter.cancel_booking>
                <p>{matter.cancel_booking_what}</p>
                <form method="post" action=action>
                    <input type="hidden" name="registration" value=slip.registration.to_string()/>
                    <Button kind=ButtonKind::Danger>{matter.cancel_booking_confirm}</Button>
                </form>
            </Details>
        }
    });
    view! {
        {serial}
        {code(&slip.code)}
        <SummaryList rows/>
        <p>{texts.next_visit}</p>
        {cancel}
    }
    .into_any()
}

/// Exactly how sure it is.
fn status(slip: &view::Slip) -> String {
    let language = use_language();
    let texts = ReceiptTexts::of(language);
    let matter = MatterTexts::of(language);
    match (slip.status, slip.placement) {
        (RegistrationStatus::Confirmed, _) => texts.confirmed.to_owned(),
        (RegistrationStatus::Waitlisted, Placement::Waitlisted { position }) => {
            common::place_in_line(language, position)
        }
        (RegistrationStatus::Cancelled, _) => matter.withdraw_confirm.to_owned(),
        _ => texts.received_title.to_owned(),
    }
}

/// The code to write down: one code for life.
pub(super) fn code(code: &AccessCode) -> AnyView {
    let texts = ReceiptTexts::of(use_language());
    match code {
        AccessCode::Short(code) => view! {
            <h2>{texts.code}</h2>
            <CodeDisplay code=code.to_string()/>
            <p>{texts.code_what}</p>
        }
        .into_any(),
        AccessCode::Sealed(code) => view! {
            <h2>{texts.long_code}</h2>
            <p><code>{code.to_string()}</code></p>
            <p>{texts.long_code_what}</p>
        }
        .into_any(),
    }
}
